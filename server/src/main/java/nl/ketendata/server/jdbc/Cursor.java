package nl.ketendata.server.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta.Frame;

/** Rows cut into frames. Gives the rows back as soon as the last one is read. */
final class Cursor implements AutoCloseable {
  private static final int ROWS = 5_000;
  private static final int MOST_ROWS = 50_000;
  private static final int COST = 1 << 20;
  private static final int COST_OF_A_VALUE = 16;

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
    List<Object> frame = new ArrayList<>(Math.min(most, ROWS));
    long first = offset;
    int cost = 0;
    while (more && frame.size() < most && cost < COST) {
      Object[] values = rows.values();
      cost += cost(values);
      frame.add(values);
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

  /** About the bytes on the wire; what a value takes in memory meanwhile is some ten times that. */
  private static int cost(Object[] values) {
    int cost = values.length * COST_OF_A_VALUE;
    for (Object value : values) {
      cost += value instanceof String text ? text.length() : 0;
    }
    return cost;
  }

  @Override
  public void close() {
    more = false;
    rows.close();
  }
}
