package nl.ketendata.server.ingest;

import java.nio.file.Path;
import java.util.Optional;
import nl.ketendata.server.ingest.DeliveryContents.KnownFile;

/**
 * A file of the delivery on disk.
 *
 * @param form how it is written; empty when it has no header
 */
record UnpackedFile(KnownFile known, Path path, Optional<FileForm> form) {}
