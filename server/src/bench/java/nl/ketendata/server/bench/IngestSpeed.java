package nl.ketendata.server.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A delivery in hand to published, against the least that any loader must do; and a weekly delivery
 * onto what is there already.
 */
final class IngestSpeed {
  private static final long WEEK = 2_900;
  private static final long TEN_MILLION_ROWS = 2_850_000;
  private static final String LATER = "Ketendata-IJW-Test-aan-Zee-20991231060000.zip";

  private final BenchSettings settings;
  private final Table table;
  private Path total;
  private Path week;
  private long rows;
  private long unpacked;
  private String ours = "";
  private String weekly = "";
  private String bare = "";
  private String last = "";
  private long peakDisk;

  IngestSpeed(BenchSettings settings, Table table) {
    this.settings = settings;
    this.table = table;
  }

  void run() throws Exception {
    total = delivery(settings.ingested());
    week = weekAfter();
    Rounds rounds =
        new Rounds()
            .side("ingest", this::ingest)
            .side("bare", this::bare)
            .side("week", this::weekly)
            .side("again", this::again)
            .run(settings.rounds());
    double ingest = rounds.median("ingest");
    double least = rounds.median("bare");
    table.row(
        Table.format("ingest of %,d rows, process included", rows),
        Table.seconds(ingest) + ", " + Table.perSecond(rows / ingest),
        "unzip + typed read_csv: " + Table.seconds(least),
        Table.ratio(ingest / least),
        "≤ 1.5");
    table.row("ingest: memory and processor, -Xmx512m", ours, "unzip + read_csv: " + bare, "", "");
    table.row(
        "ingest: highest use of the data folder",
        Table.format("%,d MB", peakDisk >> 20),
        Table.format("unpacked: %,d MB", unpacked >> 20),
        Table.ratio((double) peakDisk / unpacked),
        "≤ 3");
    weekRow(Table.format("a week onto %,d rows", rows), rounds.median("week"));
    table.row("the same delivery again", Table.seconds(rounds.median("again")));
    DataSet.delete(fresh());
    if (settings.large()) {
      weekOntoTenMillion();
    }
  }

  private void weekRow(String what, double seconds) {
    table.row(what + ", process included", Table.seconds(seconds), weekly, "", "≤ 5 s");
  }

  private void weekOntoTenMillion() throws Exception {
    Path large = delivery(TEN_MILLION_ROWS);
    DataSet.ingest(settings, large, fresh());
    weekRow("a week onto 10 million rows", weekly());
    DataSet.delete(fresh());
    DataSet.delete(large.getParent());
  }

  private Path delivery(long messages) throws Exception {
    Path folder = settings.work().resolve("inname-" + messages);
    return Files.exists(folder)
        ? DataSet.zip(folder)
        : DataSet.generate(settings, messages, folder);
  }

  /** Some ten thousand rows that nobody has seen, of a later moment. */
  private Path weekAfter() throws Exception {
    Path folder = settings.work().resolve("inname-week");
    DataSet.delete(folder);
    Path zip = DataSet.generate(settings, DataSet.GEMEENTE, WEEK, folder, "--seed", "7");
    return Files.move(zip, zip.resolveSibling(LATER));
  }

  private double ingest() throws Exception {
    DataSet.delete(fresh());
    try (DiskWatch disk = DiskWatch.of(fresh())) {
      double seconds = onto(total);
      ours = last;
      peakDisk = Math.max(peakDisk, disk.peak());
      return seconds;
    }
  }

  private double weekly() throws Exception {
    double seconds = onto(week);
    weekly = last;
    return seconds;
  }

  /** A delivery that is known. */
  private double again() throws Exception {
    return onto(total);
  }

  private double onto(Path zip) throws Exception {
    long started = System.nanoTime();
    Child child = DataSet.ingest(settings, zip, fresh());
    double seconds = Rounds.since(started);
    last = cost(child);
    return seconds;
  }

  private double bare() throws Exception {
    Path folder = settings.work().resolve("kaal");
    DataSet.delete(folder);
    long started = System.nanoTime();
    Child child = Child.main(settings, "512m", BareLoad.class, total.toString(), folder.toString());
    List<String> lines = child.finish();
    double seconds = Rounds.since(started);
    rows = Long.parseLong(lines.get(lines.size() - 2));
    unpacked = Long.parseLong(lines.get(lines.size() - 1));
    bare = cost(child);
    DataSet.delete(folder);
    return seconds;
  }

  private Path fresh() {
    return settings.work().resolve("inname");
  }

  private static String cost(Child child) throws Exception {
    return Table.format(
        "%,d MB resident, %,d MB heap, %.1f s CPU",
        child.peakResident(), child.peakHeap(), child.processorSeconds());
  }
}
