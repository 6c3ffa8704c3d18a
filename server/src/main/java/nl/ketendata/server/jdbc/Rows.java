package nl.ketendata.server.jdbc;

/** Rows that can be read once. */
interface Rows extends AutoCloseable {

  /** Goes to the next row; false when there is none. */
  boolean next();

  /** Writes the values of the current row. */
  void write(RowBytes to);

  @Override
  void close();
}
