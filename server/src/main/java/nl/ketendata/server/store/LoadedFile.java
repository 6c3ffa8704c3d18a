package nl.ketendata.server.store;

import java.util.Set;

/**
 * What became of the rows of a file.
 *
 * @param accepted rows that could be placed
 * @param added of those, rows with a new key
 * @param known of those, rows that were there with the same content
 * @param replaced of those, rows that took the place of older content
 * @param overruled of those, rows that newer content is kept above
 * @param unread whether the engine could not read all of it; then it took none
 * @param withoutKey rows without a row key
 * @param doubleKeys row keys that occur twice in the file; their first row counts
 * @param doubles rows left out for that reason
 * @param flawed accepted rows with a value that does not fit its column
 * @param odd accepted rows that something else must be looked at in
 */
public record LoadedFile(
    long accepted,
    long added,
    long known,
    long replaced,
    long overruled,
    boolean unread,
    long withoutKey,
    Set<String> doubleKeys,
    long doubles,
    long flawed,
    long odd) {

  /** Rows without a key of their own. */
  public long refused() {
    return withoutKey + doubles;
  }

  /** A file that has to be read with more care. */
  static LoadedFile unreadable() {
    return new LoadedFile(0, 0, 0, 0, 0, true, 0, Set.of(), 0, 0, 0);
  }
}
