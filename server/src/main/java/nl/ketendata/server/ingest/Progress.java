package nl.ketendata.server.ingest;

/** Told how far an ingest is; called often, must return at once. */
public interface Progress {
  /**
   * @param step what is being done: a file's name
   * @param done bytes handled so far
   * @param total bytes to handle in all
   */
  void at(String step, long done, long total);

  /**
   * @param read rows read so far, those refused included
   */
  default void rows(long read) {}

  /** Tells another one as well. */
  default Progress and(Progress other) {
    return new Progress() {
      @Override
      public void at(String step, long done, long total) {
        Progress.this.at(step, done, total);
        other.at(step, done, total);
      }

      @Override
      public void rows(long read) {
        Progress.this.rows(read);
        other.rows(read);
      }
    };
  }

  /** For those who do not look. */
  Progress NONE = (step, done, total) -> {};
}
