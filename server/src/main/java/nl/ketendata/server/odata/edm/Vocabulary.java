package nl.ketendata.server.odata.edm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;

/** The terms that the metadata uses, as documents of our own below the service root. */
public final class Vocabulary {
  /** Where they are, relative to the service root. */
  public static final String PATH = "vocabularies/";

  private static final Set<String> NAMES =
      Set.of(
          Annotations.CORE + ".xml",
          Annotations.CAPABILITIES + ".xml",
          Annotations.AGGREGATION + ".xml");

  private Vocabulary() {}

  /** The document of this name, such as {@code Org.OData.Core.V1.xml}. */
  public static Optional<byte[]> document(String name) {
    if (!NAMES.contains(name)) {
      return Optional.empty();
    }
    try (InputStream in = Vocabulary.class.getResourceAsStream(name)) {
      return Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
