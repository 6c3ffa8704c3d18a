package nl.ketendata.server.settings;

/**
 * What the database engine may use of the machine, for all gemeenten together.
 *
 * @param memory {@code engine.memory}: half of the machine's; the engine spills to disk above it
 * @param threads {@code engine.threads}: as many as the machine has cores
 * @param temporary {@code engine.temporary}: disk for spilling; {@code 10GB}
 */
public record EngineSettings(DataSize memory, int threads, DataSize temporary) {}
