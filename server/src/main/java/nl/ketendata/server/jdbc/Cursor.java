package nl.ketendata.server.jdbc;

import java.time.Instant;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta.Frame;

/** Rows cut into frames. Gives the rows back as soon as the last one is read. */
final class Cursor implements AutoCloseable {
  private static final int ROWS = 5_000;
  private static final int MOST_ROWS = 50_000;

  /** Larger frames are slower: they outlive a collection of the client's young objects. */
  private static final int BYTES = 128 * 1024;

  private final Rows rows;
  private final long limit;
  private long offset;
  private boolean more;
  private Instant lastUse;

  /**
   * @param limit most rows in all; 0 or less for no limit
   */
  Cursor(Rows rows, long limit, Instant now) {
    this.rows = rows;
    this.limit = limit <= 0 ? Long.MAX_VALUE : limit;
    this.lastUse = now;
    try {
      this.more = step();
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  /** The number of rows given so far. */
  long offset() {
    return offset;
  }

  boolean idleSince(Instant moment) {
    return lastUse.isBefore(moment);
  }

  boolean more() {
    return more;
  }

  /**
   * The next frame.
   *
   * @param wanted most rows; our own choice when 0 or less, and when it is the number that the
   *     stock driver sends for a program that asks for nothing
   */
  Frame frame(int wanted, Instant now) {
    lastUse = now;
    boolean ours = wanted <= 0 || wanted == AvaticaStatement.DEFAULT_FETCH_SIZE;
    int most = ours ? ROWS : Math.min(wanted, MOST_ROWS);
    RowBytes frame = new RowBytes();
    long first = offset;
    while (more && frame.rows() < most && frame.size() < BYTES) {
      rows.write(frame);
      offset++;
      more = step();
    }
    return new SlimFrame(first, !more, frame);
  }

  private boolean step() {
    if (offset < limit && rows.next()) {
      return true;
    }
    close();
    return false;
  }

  @Override
  public void close() {
    more = false;
    rows.close();
  }
}
