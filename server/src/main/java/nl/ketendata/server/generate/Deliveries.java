package nl.ketendata.server.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nl.ketendata.server.generate.sheet.Sheets;
import nl.ketendata.server.generate.sheet.Spool;

/** The deliveries of an order, one after the other: the total first, then a delta a week. */
final class Deliveries implements AutoCloseable {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);
  private static final LocalTime SIX = LocalTime.of(6, 0);

  private final GenerateOrder order;
  private final Sheets sheets;
  private final int lastDay;
  private final Path folder;
  private final List<Path> finished = new ArrayList<>();
  private int day;
  private Spool spool;

  /**
   * @param lastDay the Sunday of the last delivery
   */
  Deliveries(GenerateOrder order, Sheets sheets, int lastDay) throws IOException {
    this.order = order;
    this.sheets = sheets;
    this.lastDay = lastDay;
    this.day = lastDay - 7 * order.weeks();
    this.folder = Files.createTempDirectory(order.out(), ".ketendata-");
    this.spool = new Spool(folder, sheets.all());
  }

  /** Finishes the deliveries that were made by the morning of a day. */
  void reach(int today) throws IOException {
    while (today >= day && day < lastDay) {
      finished.add(deliver());
      day += 7;
      spool = new Spool(folder, sheets.all());
    }
  }

  /** Finishes all that is left. */
  List<Path> finish() throws IOException {
    reach(lastDay);
    finished.add(deliver());
    return List.copyOf(finished);
  }

  private Path deliver() throws IOException {
    LocalDateTime time = LocalDate.ofEpochDay(day).atTime(SIX);
    String name =
        String.join(
                "-",
                "Ketendata",
                order.product().schemaName(),
                GemeenteNames.of(order.gemeente()),
                STAMP.format(time))
            + ".zip";
    return spool.archive(time, order.out().resolve(name));
  }

  @Override
  public void close() throws IOException {
    spool.close();
    Files.delete(folder);
  }
}
