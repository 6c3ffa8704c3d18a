package nl.ketendata.server.lookup;

import java.util.List;

/** Lets the rows through for which all of some tests hold, a block at a time. */
final class Sieve {
  private static final int BLOCK = 1_024;

  private final List<RowTest> tests;
  private final int[] block = new int[BLOCK];

  Sieve(List<RowTest> tests) {
    this.tests = tests;
  }

  /** Gets what comes through. */
  interface Sink {
    /**
     * @param rows the first of which are meant; another's after this
     * @return whether more are wanted
     */
    boolean take(int[] rows, int count);
  }

  void sift(Rows rows, Sink sink) {
    sift(rows, RowTest.ALL, sink);
  }

  /**
   * @param first what must hold, too, of these rows only
   */
  void sift(Rows rows, RowTest first, Sink sink) {
    boolean more = true;
    for (int from = 0; more && from < rows.size(); from += BLOCK) {
      int count = Math.min(BLOCK, rows.size() - from);
      rows.copy(from, block, count);
      count = first.keep(block, count);
      for (RowTest test : tests) {
        count = test.keep(block, count);
      }
      more = sink.take(block, count);
    }
  }
}
