package nl.ketendata.server.generate;

/** Hears how far the work is. */
@FunctionalInterface
public interface Progress {
  /** A listener for who does not care. */
  Progress NONE = (done, total) -> {};

  /**
   * Called now and then, and once at the end.
   *
   * @param done messages written
   * @param total messages wanted
   */
  void reached(long done, long total);
}
