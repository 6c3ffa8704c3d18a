package nl.ketendata.server.store;

/**
 * What building a version may use.
 *
 * @param memoryMegabytes memory of the building engine; beyond it, it spills to disk
 * @param threads its threads
 */
public record BuildSettings(long memoryMegabytes, int threads) {}
