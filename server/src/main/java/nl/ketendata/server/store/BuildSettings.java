package nl.ketendata.server.store;

/**
 * What building a version may use.
 *
 * @param memoryMegabytes memory of the building engine; beyond it, it spills to disk
 * @param threads its threads
 * @param steps hears of every change on disk
 */
public record BuildSettings(long memoryMegabytes, int threads, Steps steps) {
  public BuildSettings(long memoryMegabytes, int threads) {
    this(memoryMegabytes, threads, Steps.NONE);
  }
}
