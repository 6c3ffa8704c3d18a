package nl.ketendata.server.store;

import java.time.Instant;
import java.time.LocalDateTime;

/**
 * A delivery in the ledger of a version.
 *
 * @param number ascending per gemeente and product, from 1
 * @param name file name of the delivery
 * @param sha256 of its bytes, in hexadecimal
 * @param bytes its size
 * @param timestamp the moment in its name, Dutch wall clock; decides which content of a row is
 *     newer
 * @param loadedAt when it was published, in UTC
 * @param by who handed it in
 * @param replaces whether it made all earlier deliveries void
 * @param report the report, as JSON
 */
public record LedgerEntry(
    long number,
    String name,
    String sha256,
    long bytes,
    LocalDateTime timestamp,
    Instant loadedAt,
    String by,
    boolean replaces,
    String report) {}
