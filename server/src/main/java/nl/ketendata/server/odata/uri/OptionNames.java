package nl.ketendata.server.odata.uri;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Nearest;

/** The names of OData's options: since 4.01 in any case and with or without the dollar sign. */
final class OptionNames {
  /** Options that make no sense for a single row. */
  static final Set<String> ROWS_ONLY =
      Set.of("$apply", "$filter", "$search", "$orderby", "$top", "$skip", "$count");

  private static final Set<String> KNOWN =
      Set.of(
          "$select",
          "$filter",
          "$orderby",
          "$expand",
          "$top",
          "$skip",
          "$count",
          "$format",
          "$skiptoken",
          "$search",
          "$apply",
          "$compute",
          "$levels",
          "$index",
          "$id",
          "$deltatoken",
          "$schemaversion");

  private OptionNames() {}

  /** OData's own name of an option, or nothing when it is a custom one, to be passed over. */
  static Optional<String> system(String written) {
    boolean dollar = written.startsWith("$");
    String name = (dollar ? "" : "$") + written.toLowerCase(Locale.ROOT);
    // Without the dollar, "id" is far more likely a custom option than the address of an entity.
    if (KNOWN.contains(name) && (dollar || !name.equals("$id"))) {
      return Optional.of(name);
    }
    if (dollar) {
      throw unknown(written);
    }
    return Optional.empty();
  }

  /** OData's own name of an option inside an expand, where nothing custom can be. */
  static String nested(String written) {
    return system(written).orElseThrow(() -> unknown(written));
  }

  private static Failure unknown(String written) {
    Failure failure = Failure.of(Code.UNKNOWN_OPTION, Excerpt.of(written));
    return Nearest.to(written, KNOWN).map(failure::meaning).orElse(failure);
  }
}
