package nl.ketendata.server.ingest;

import java.nio.file.Path;
import nl.ketendata.server.delivery.ArchiveLimits;
import nl.ketendata.server.store.BuildSettings;

/**
 * @param data the data folder
 * @param limits of archives
 * @param build what building a version may use
 * @param refusedShare share of rows, from 0 to 1, that may be refused before the delivery is
 */
public record IngestSettings(
    Path data, ArchiveLimits limits, BuildSettings build, double refusedShare) {}
