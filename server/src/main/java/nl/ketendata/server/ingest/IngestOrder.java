package nl.ketendata.server.ingest;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Optional;
import nl.ketendata.schema.Product;
import nl.ketendata.server.policy.Gemeente;

/**
 * What to take in.
 *
 * @param file the ZIP
 * @param gemeente whose data it is
 * @param product the product, when the file's name does not tell it
 * @param timestamp the moment, when the file's name does not tell it
 * @param replaces whether it makes all earlier deliveries void
 * @param by who hands it in
 */
public record IngestOrder(
    Path file,
    Gemeente gemeente,
    Optional<Product> product,
    Optional<LocalDateTime> timestamp,
    boolean replaces,
    String by) {}
