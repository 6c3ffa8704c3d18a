package nl.ketendata.server.jdbc;

import java.util.Iterator;

/** Rows that this head makes itself, such as the columns of a table. */
final class ListedRows implements Rows {
  private final Iterator<Object[]> rows;
  private Object[] current = {};

  ListedRows(Iterator<Object[]> rows) {
    this.rows = rows;
  }

  @Override
  public boolean next() {
    if (!rows.hasNext()) {
      return false;
    }
    current = rows.next();
    return true;
  }

  @Override
  public void write(RowBytes to) {
    for (Object value : current) {
      write(value, to);
    }
    to.end();
  }

  /** The values that {@link Listing} gives. */
  private static void write(Object value, RowBytes to) {
    if (value == null) {
      to.nothing();
    } else if (value instanceof Integer number) {
      to.integer(number);
    } else if (value instanceof Boolean truth) {
      to.truth(truth);
    } else {
      to.text((String) value);
    }
  }

  @Override
  public void close() {}
}
