package nl.ketendata.server.store;

import java.io.IOException;

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
   * @throws IOException when it cannot be done
   */
  void before(String what) throws IOException;
}
