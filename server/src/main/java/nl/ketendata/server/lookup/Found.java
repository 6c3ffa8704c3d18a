package nl.ketendata.server.lookup;

/**
 * The rows of an answer, in its order.
 *
 * @param ordinals what says to which outer row each belongs; none when the rows belong to no others
 */
record Found(int[] rows, long[] ordinals) {
  private static final long[] NONE = {};

  static Found of(int[] rows) {
    return new Found(rows, NONE);
  }

  /** The number of a row, from 1, or of the outer row to which it belongs. */
  long ordinal(int at) {
    return ordinals.length == 0 ? at + 1L : ordinals[at];
  }
}
