package nl.ketendata.server.delivery;

import java.nio.file.Path;

/**
 * One unpacked file.
 *
 * @param name its base name in the archive, for reports only
 * @param path where it was unpacked, under a name of our own
 * @param bytes its size
 */
public record DeliveredFile(String name, Path path, long bytes) {}
