package nl.ketendata.server.intake;

import java.nio.file.Path;
import java.time.Duration;

/**
 * @param data the data folder
 * @param quiet how long a file must not change before it is taken
 * @param refusedKept how long a refused delivery is kept
 */
public record InboxSettings(Path data, Duration quiet, Duration refusedKept) {}
