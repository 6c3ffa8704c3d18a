package nl.ketendata.server.odata;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.server.odata.json.Style.Metadata;

/**
 * The JSON that a client wants.
 *
 * @param metadata how much control information
 * @param numbersAsText whether Int64 and Decimal are strings
 * @param echoed parameters without effect on us, repeated in the content type
 */
record JsonFormat(Metadata metadata, boolean numbersAsText, String echoed) {
  /** A format with any other parameter is one that we do not have (Protocol, 8.2.1). */
  private static final Set<String> KNOWN =
      Set.of(
          "odata.metadata",
          "metadata",
          "odata.streaming",
          "streaming",
          "ieee754compatible",
          "exponentialdecimals",
          "charset",
          "odata");

  static final JsonFormat PLAIN = new JsonFormat(Metadata.MINIMAL, false, "");

  /** The format that a media type's parameters ask for; empty when there is no such format. */
  static Optional<JsonFormat> of(Map<String, String> parameters) {
    if (!KNOWN.containsAll(parameters.keySet())) {
      return Optional.empty();
    }
    String wanted =
        parameters.getOrDefault("odata.metadata", parameters.getOrDefault("metadata", "minimal"));
    boolean numbersAsText =
        Boolean.parseBoolean(parameters.getOrDefault("ieee754compatible", "false"));
    return metadata(wanted, parameters)
        .map(metadata -> new JsonFormat(metadata, numbersAsText, echoed(parameters)));
  }

  private static Optional<Metadata> metadata(String wanted, Map<String, String> parameters) {
    // Clients that also speak version 3 say odata=fullmetadata; "verbose" gets what there is.
    String old = parameters.getOrDefault("odata", "");
    if (old.equals("fullmetadata")) {
      return Optional.of(Metadata.FULL);
    }
    if (old.equals("nometadata")) {
      return Optional.of(Metadata.NONE);
    }
    return switch (wanted.toLowerCase(Locale.ROOT)) {
      case "none" -> Optional.of(Metadata.NONE);
      case "minimal" -> Optional.of(Metadata.MINIMAL);
      case "full" -> Optional.of(Metadata.FULL);
      default -> Optional.empty();
    };
  }

  private static String echoed(Map<String, String> parameters) {
    StringBuilder echoed = new StringBuilder();
    String streaming =
        parameters.getOrDefault("odata.streaming", parameters.getOrDefault("streaming", ""));
    if (streaming.equals("true") || streaming.equals("false")) {
      echoed.append(";odata.streaming=true");
    }
    if (parameters.containsKey("charset")) {
      echoed.append(";charset=utf-8");
    }
    return echoed.toString();
  }

  String contentType() {
    return "application/json;odata.metadata="
        + metadata.name().toLowerCase(Locale.ROOT)
        + (numbersAsText ? ";IEEE754Compatible=true" : "")
        + echoed;
  }
}
