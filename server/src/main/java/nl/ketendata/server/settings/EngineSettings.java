package nl.ketendata.server.settings;

/**
 * What the database engine may use of the machine, for all gemeenten together.
 *
 * @param memory {@code engine.memory}: half of the machine's; the engine spills to disk above it
 * @param threads {@code engine.threads}: as many as the machine has cores
 * @param temporary {@code engine.temporary}: disk for spilling; {@code 10GB}
 * @param columns {@code engine.columns}: disk for columns that answer small questions by
 *     themselves, made while the server runs and gone when it stops; {@code 4GB}, 0 for none
 */
public record EngineSettings(DataSize memory, int threads, DataSize temporary, DataSize columns) {}
