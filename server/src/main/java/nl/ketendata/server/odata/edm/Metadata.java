package nl.ketendata.server.odata.edm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.odata.model.Model;
import org.apache.olingo.commons.api.edmx.EdmxReference;
import org.apache.olingo.commons.api.edmx.EdmxReferenceInclude;
import org.apache.olingo.commons.api.ex.ODataException;
import org.apache.olingo.commons.api.format.ContentType;
import org.apache.olingo.server.api.OData;
import org.apache.olingo.server.api.ServiceMetadata;

/** The metadata documents of one model, each written once. Safe for many threads. */
public final class Metadata {
  // Vocabularies are served below the root itself: clients fetch every reference, and a closed
  // network does not reach OASIS.
  private static final String ROOT = "http://root.invalid/";

  private static final Map<String, String> ALIASES =
      Map.of(
          Annotations.CORE,
          "Core",
          Annotations.CAPABILITIES,
          "Capabilities",
          Annotations.AGGREGATION,
          "Aggregation");

  private final Model model;
  private final Catalogue catalogue;
  private final Map<Form, String> documents = new ConcurrentHashMap<>();

  /**
   * A way to write the document.
   *
   * @param json CSDL JSON; otherwise XML
   * @param annotated with descriptions and capabilities; otherwise the bare model
   */
  public record Form(boolean json, boolean annotated) {}

  public Metadata(Model model, Catalogue catalogue) {
    this.model = model;
    this.catalogue = catalogue;
  }

  /** The document for a service root, which ends with a slash. */
  public byte[] document(Form form, String root) {
    return documents
        .computeIfAbsent(form, this::write)
        .replace(ROOT, form.json() ? root : root.replace("&", "&amp;"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private String write(Form form) {
    Provider provider = new Provider(model, catalogue, form.annotated());
    List<EdmxReference> references = form.annotated() ? references() : List.of();
    return form.json()
        ? new CsdlJson(ALIASES).write(provider.getSchemas().get(0), references)
        : xml(provider, references);
  }

  private static String xml(Provider provider, List<EdmxReference> references) {
    OData olingo = OData.newInstance();
    ServiceMetadata metadata = olingo.createServiceMetadata(provider, references);
    try (InputStream content =
        olingo
            .createSerializer(ContentType.APPLICATION_XML)
            .metadataDocument(metadata)
            .getContent()) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (ODataException e) {
      throw Failure.of(Code.INTERNAL, "$metadata").causedBy(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<EdmxReference> references() {
    return List.of(
        reference(Annotations.CORE),
        reference(Annotations.CAPABILITIES),
        reference(Annotations.AGGREGATION));
  }

  private static EdmxReference reference(String namespace) {
    return new EdmxReference(URI.create(ROOT + Vocabulary.PATH + namespace + ".xml"))
        .addInclude(new EdmxReferenceInclude(namespace, ALIASES.get(namespace)));
  }
}
