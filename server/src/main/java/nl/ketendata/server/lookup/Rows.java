package nl.ketendata.server.lookup;

/** Numbers of rows, in an order. */
interface Rows {
  /** No rows. */
  Rows NONE = upTo(0);

  int size();

  /** Copies some of them, from a place on. */
  void copy(int from, int[] into, int count);

  /** All rows below a number. */
  static Rows upTo(int end) {
    return new Rows() {
      @Override
      public int size() {
        return end;
      }

      @Override
      public void copy(int from, int[] into, int count) {
        for (int i = 0; i < count; i++) {
          into[i] = from + i;
        }
      }
    };
  }
}
