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
  public Object[] values() {
    return current;
  }

  @Override
  public void close() {}
}
