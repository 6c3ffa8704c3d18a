package nl.ketendata.server.ingest.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** How the characters of a file are written as bytes. */
public enum Encoding {
  UTF_8("UTF-8", StandardCharsets.UTF_8),
  WINDOWS_1252("Windows-1252", Charset.forName("windows-1252"));

  private final String shown;
  private final Charset charset;

  Encoding(String shown, Charset charset) {
    this.shown = shown;
    this.charset = charset;
  }

  public String shown() {
    return shown;
  }

  Charset charset() {
    return charset;
  }
}
