package nl.ketendata.server.store;

import java.util.List;
import java.util.Set;

/**
 * What became of the rows of a file.
 *
 * @param accepted rows that could be placed
 * @param added of those, rows with a new key
 * @param known of those, rows that were there with the same content
 * @param replaced of those, rows that took the place of older content
 * @param overruled of those, rows that newer content is kept above
 * @param rejects rows that the engine could not read
 * @param withoutKey rows without a row key
 * @param doubleKeys row keys that occur twice in the file; their first row counts
 * @param doubles rows left out for that reason
 * @param flawed accepted rows with a value that does not fit its column
 */
public record LoadedFile(
    long accepted,
    long added,
    long known,
    long replaced,
    long overruled,
    List<Reject> rejects,
    long withoutKey,
    Set<String> doubleKeys,
    long doubles,
    long flawed) {

  /** Rows that could not be placed. */
  public long refused() {
    return rejects.size() + withoutKey + doubles;
  }

  /**
   * A row that the engine could not read.
   *
   * @param line its line in the file
   * @param text the line as it is
   * @param kind why
   */
  public record Reject(long line, String text, Kind kind) {
    /** Why a row cannot be read. */
    public enum Kind {
      FIELD_COUNT,
      QUOTING,
      ENCODING
    }
  }
}
