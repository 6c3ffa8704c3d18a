package nl.ketendata.server.settings;

import java.time.Duration;

/**
 * How deliveries come in.
 *
 * @param archive how large an archive may be
 * @param inbox {@code deliveries.inbox}: whether the folders {@code inbox/GM9030/ijw} in the data
 *     folder are looked into; true
 * @param inboxQuiet {@code deliveries.inbox-quiet}: how long a file there must not change before it
 *     is taken; {@code 2s}
 * @param refusedKept {@code deliveries.refused-kept}: how long a refused delivery stays in the
 *     folder {@code geweigerd} of the inbox; {@code 30d}
 * @param refusedPercent {@code deliveries.refused-percent}: of a delivery's rows, how many in a
 *     hundred may be impossible to place before it is refused whole; 5
 * @param keepDays {@code deliveries.keep-days}: for how many days after its publication the ZIP of
 *     a delivery is kept; 0 is for ever. Data never goes with it; 0
 */
public record DeliverySettings(
    Archives archive,
    boolean inbox,
    Duration inboxQuiet,
    Duration refusedKept,
    int refusedPercent,
    int keepDays) {
  public static final DeliverySettings DEFAULT =
      new DeliverySettings(
          new Archives(gigabytes(2), 500, gigabytes(8), gigabytes(20), 100),
          true,
          Duration.ofSeconds(2),
          Duration.ofDays(30),
          5,
          0);

  private static DataSize gigabytes(long gigabytes) {
    return DataSize.megabytes(1024 * gigabytes);
  }

  /**
   * How large an archive may be; counted while it is unpacked.
   *
   * @param size {@code deliveries.archive-size}: of the ZIP itself; {@code 2GB}
   * @param entries {@code deliveries.archive-entries}: files and folders in it; 500
   * @param entry {@code deliveries.archive-entry}: of one file, unpacked; {@code 8GB}
   * @param unpacked {@code deliveries.archive-unpacked}: of all files, unpacked; {@code 20GB}
   * @param ratio {@code deliveries.archive-ratio}: unpacked bytes for each packed byte of a file
   *     beyond its first MB; 100
   */
  public record Archives(
      DataSize size, int entries, DataSize entry, DataSize unpacked, int ratio) {}
}
