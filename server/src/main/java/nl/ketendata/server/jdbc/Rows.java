package nl.ketendata.server.jdbc;

/** Rows that can be read once, in Avatica's own values. */
interface Rows extends AutoCloseable {

  /** Goes to the next row; false when there is none. */
  boolean next();

  /** The values of the current row: a new array for every row. */
  Object[] values();

  @Override
  void close();
}
