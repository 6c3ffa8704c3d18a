package nl.ketendata.server.ingest.csv;

/**
 * What the bytes of a whole file say. A sample would not do: the first ë may stand in the last row.
 *
 * @param bytes size of the file
 * @param marked whether it begins with a UTF-8 byte order mark
 * @param characters characters beyond ASCII that are valid UTF-8
 * @param strange places that are not valid UTF-8
 * @param ends what ends the lines
 * @param blankStart whether it begins with an empty line
 */
public record Probe(
    long bytes, boolean marked, long characters, long strange, LineEnds ends, boolean blankStart) {
  /** What ends the lines of a file, quoted line breaks included. */
  public enum LineEnds {
    NONE("-"),
    LF("LF"),
    CRLF("CRLF"),
    CR("CR"),
    MIXED("gemengd");

    private final String shown;

    LineEnds(String shown) {
      this.shown = shown;
    }

    public String shown() {
      return shown;
    }
  }

  /** Whether there is nothing in it. */
  public boolean empty() {
    return bytes <= (marked ? 3 : 0);
  }

  /** The encoding: Windows-1252 only when nothing in it can be UTF-8. */
  public Encoding encoding() {
    return strange > 0 && characters == 0 && !marked ? Encoding.WINDOWS_1252 : Encoding.UTF_8;
  }
}
