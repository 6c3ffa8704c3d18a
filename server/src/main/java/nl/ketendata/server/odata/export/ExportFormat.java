package nl.ketendata.server.odata.export;

import java.util.Locale;
import java.util.Optional;

/** The forms. */
public enum ExportFormat {
  CSV("text/csv", ";charset=utf-8;header=present"),
  XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ""),
  ARROW("application/vnd.apache.arrow.stream", "");

  private final String mediaType;
  private final String parameters;

  ExportFormat(String mediaType, String parameters) {
    this.mediaType = mediaType;
    this.parameters = parameters;
  }

  /** By the name in {@code $format}, or by its media type. */
  public static Optional<ExportFormat> of(String wanted) {
    String name = wanted.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    for (ExportFormat format : values()) {
      if (name.equals(format.extension()) || name.equals(format.mediaType)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  public String mediaType() {
    return mediaType;
  }

  public String contentType() {
    return mediaType + parameters;
  }

  /** What the name of a file ends with. */
  public String extension() {
    return name().toLowerCase(Locale.ROOT);
  }
}
