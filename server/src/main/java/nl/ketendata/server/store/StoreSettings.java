package nl.ketendata.server.store;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the data is and what the engine may use.
 *
 * @param data the data folder
 * @param memoryMegabytes memory of the serving engine
 * @param temporaryMegabytes disk for what does not fit in that memory
 * @param threads threads of the serving engine
 * @param connections statements that can be open at once
 * @param keep how long a version stays readable after a newer one was published
 */
public record StoreSettings(
    Path data,
    long memoryMegabytes,
    long temporaryMegabytes,
    int threads,
    int connections,
    Duration keep) {}
