package nl.ketendata.server.odata;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.odata.export.ExportFormat;
import nl.ketendata.server.odata.uri.Excerpt;

/**
 * Chooses the form of an answer. {@code $format} wins over {@code Accept}. Who accepts HTML is a
 * browser and gets JSON, which it shows; Atom is never chosen.
 */
final class Negotiation {
  private static final String JSON = "application/json";
  private static final String XML = "application/xml";
  private static final Set<String> ANY_JSON =
      Set.of(JSON, "application/*", "*/*", "text/html", "text/json", "text/*");
  private static final Set<String> ANY_XML =
      Set.of(XML, "text/xml", "application/*", "*/*", "text/html", "text/*");
  private static final Set<String> ANY_TEXT =
      Set.of("text/plain", "text/*", "*/*", "text/html", JSON, "application/*");

  private final Optional<String> format;
  private final String accept;
  private final List<MediaRange> accepted;

  Negotiation(Optional<String> format, Optional<String> accept) {
    this.format = format;
    this.accept = accept.filter(header -> !header.isBlank()).orElse("*/*");
    this.accepted = MediaRange.parse(this.accept);
  }

  /**
   * @throws Failure KD505 when the client does not take JSON
   */
  JsonFormat json() {
    if (format.isPresent()) {
      return named(format.get());
    }
    if (MediaRange.refuses(accept, JSON)) {
      throw refused(JSON);
    }
    return accepted.stream()
        .filter(range -> ANY_JSON.contains(range.type()))
        .flatMap(range -> JsonFormat.of(range.parameters()).stream())
        .findFirst()
        .orElseThrow(() -> refused(JSON));
  }

  /** The form of a file, when the client asks for that rather than for JSON. */
  Optional<ExportFormat> export() {
    if (format.isPresent()) {
      return ExportFormat.of(format.get());
    }
    return accepted.stream()
        .map(MediaRange::type)
        .filter(type -> ANY_JSON.contains(type) || ExportFormat.of(type).isPresent())
        .findFirst()
        .flatMap(ExportFormat::of);
  }

  private JsonFormat named(String wanted) {
    if (wanted.equalsIgnoreCase("json")) {
      return JsonFormat.PLAIN;
    }
    return MediaRange.parse(wanted).stream()
        .filter(range -> range.type().equals(JSON))
        .flatMap(range -> JsonFormat.of(range.parameters()).stream())
        .findFirst()
        .orElseThrow(() -> refused(JSON));
  }

  /**
   * Whether the metadata is wanted as JSON: only when asked by name or when nothing else is taken,
   * for clients that put JSON first cannot all read it.
   *
   * @throws Failure KD505 when the client takes neither
   */
  boolean metadataAsJson() {
    if (format.isPresent()) {
      String wanted = format.get();
      if (wanted.equalsIgnoreCase("xml") || wanted.startsWith(XML)) {
        return false;
      }
      named(wanted);
      return true;
    }
    if (accepted.stream().anyMatch(range -> ANY_XML.contains(range.type()))) {
      return false;
    }
    if (accepted.stream().anyMatch(range -> range.type().equals(JSON))) {
      return true;
    }
    throw refused(XML + ", " + JSON);
  }

  /**
   * @throws Failure KD505 when the client does not take text
   */
  void text() {
    boolean taken =
        format.isPresent() || accepted.stream().anyMatch(range -> ANY_TEXT.contains(range.type()));
    if (!taken) {
      throw refused("text/plain");
    }
  }

  private Failure refused(String available) {
    return Failure.of(Code.NOT_ACCEPTABLE, Excerpt.of(format.orElse(accept)), available)
        .about(format.isPresent() ? "$format" : "Accept");
  }
}
