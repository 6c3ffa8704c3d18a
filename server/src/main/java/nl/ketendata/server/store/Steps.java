package nl.ketendata.server.store;

/**
 * Hears of every change on disk just before it is made: that is where a program can be killed or a
 * disk can fail, and where tests let that happen.
 */
@FunctionalInterface
public interface Steps {
  /** Nothing happens. */
  Steps NONE = what -> {};

  /**
   * @param what what is about to be done, such as {@code rename versie-000002.duckdb}
   */
  void before(String what);
}
