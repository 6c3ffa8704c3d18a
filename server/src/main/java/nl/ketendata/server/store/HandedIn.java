package nl.ketendata.server.store;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;

/**
 * A delivery that is about to be published: its ledger entry but for what publishing decides.
 *
 * @param zip where it is
 * @param name file name of the delivery
 * @param sha256 of its bytes, in hexadecimal
 * @param bytes its size
 * @param timestamp the moment in its name, Dutch wall clock
 * @param by who handed it in
 * @param replaces whether it makes all earlier deliveries void
 * @param report the report, as JSON
 */
public record HandedIn(
    Path zip,
    String name,
    String sha256,
    long bytes,
    LocalDateTime timestamp,
    String by,
    boolean replaces,
    String report) {

  LedgerEntry entry(long number, Instant publishedAt) {
    return new LedgerEntry(
        number, name, sha256, bytes, timestamp, publishedAt, by, replaces, report);
  }
}
