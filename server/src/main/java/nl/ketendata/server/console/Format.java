package nl.ketendata.server.console;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.query.OutputColumn;

/** The forms that an answer is written in. */
enum Format {
  JSON("application/json", "application/json; charset=utf-8", JsonRows::new),
  CSV("text/csv", "text/csv; charset=utf-8; header=present", CsvRows::new),
  ARROW(
      "application/vnd.apache.arrow.stream", "application/vnd.apache.arrow.stream", ArrowRows::new);

  private final String media;
  private final String contentType;
  private final Maker maker;

  Format(String media, String contentType, Maker maker) {
    this.media = media;
    this.contentType = contentType;
    this.maker = maker;
  }

  /** Makes a writer. */
  interface Maker {
    RowsWriter make(OutputStream out, List<OutputColumn> columns) throws IOException;
  }

  /**
   * The form that is asked for by name, or else by the {@code Accept} header; JSON for who asks for
   * nothing, or for something else too.
   *
   * @throws Failure KD563 for an unknown name, KD505 when none is accepted
   */
  static Format of(Optional<String> name, Optional<String> accept) {
    if (name.isPresent()) {
      return Arrays.stream(values())
          .filter(format -> format.id().equals(name.get().toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(() -> unknown(name.get()));
    }
    String accepted = accept.orElse("*/*").toLowerCase(Locale.ROOT);
    boolean any = accepted.contains("*/*") || accepted.contains("application/*");
    return Arrays.stream(values())
        .filter(format -> accepted.contains(format.media))
        .findFirst()
        .or(() -> any ? Optional.of(JSON) : Optional.empty())
        .orElseThrow(() -> Failure.of(Code.NOT_ACCEPTABLE, accept.orElse(""), all()));
  }

  private static Failure unknown(String name) {
    String shown = name.length() > 30 ? name.substring(0, 30) + "…" : name;
    return Failure.of(
        Code.BODY_FIELD,
        "format",
        shown,
        String.join(", ", Arrays.stream(values()).map(Format::id).toList()));
  }

  private static String all() {
    return String.join(", ", Arrays.stream(values()).map(format -> format.media).toList());
  }

  private String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  String contentType() {
    return contentType;
  }

  RowsWriter writer(OutputStream out, List<OutputColumn> columns) throws IOException {
    return maker.make(out, columns);
  }
}
