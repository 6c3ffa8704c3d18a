package nl.ketendata.server.store;

import java.time.Instant;
import java.time.LocalDateTime;

/**
 * A delivery that is about to be published: its ledger entry but for what publishing decides.
 *
 * @param name file name of the delivery
 * @param timestamp the moment in its name, Dutch wall clock
 * @param by who handed it in
 * @param replaces whether it makes all earlier deliveries void
 * @param report the report, as JSON
 */
public record HandedIn(
    String name, LocalDateTime timestamp, String by, boolean replaces, String report) {

  LedgerEntry entry(long number, ZipKeeping.Kept zip, Instant publishedAt) {
    return new LedgerEntry(
        number, name, zip.sha256(), zip.bytes(), timestamp, publishedAt, by, replaces, report);
  }
}
