package nl.ketendata.server.lookup;

/**
 * Tells for which rows something holds: of many at once, so that each kind of column has a short
 * loop of its own.
 */
interface RowTest {
  /** Holds for all rows. */
  RowTest ALL = (rows, count) -> count;

  /** Holds for no row. */
  RowTest NONE = (rows, count) -> 0;

  /**
   * Moves the rows for which it holds to the front; they stay in their order.
   *
   * @param count how many of the rows are looked at, from the first
   * @return how many it holds for
   */
  int keep(int[] rows, int count);
}
