package nl.ketendata.server.bench;

import java.nio.file.Path;
import java.util.List;

/** A delivery in hand to published, against the least that any loader must do. */
final class IngestSpeed {
  private final BenchSettings settings;
  private final DataSet data;
  private final Table table;
  private long rows;
  private String ours = "";
  private String bare = "";

  IngestSpeed(BenchSettings settings, DataSet data, Table table) {
    this.settings = settings;
    this.data = data;
    this.table = table;
  }

  void run() throws Exception {
    Rounds rounds =
        new Rounds()
            .side("ingest", this::ingest)
            .side("bare", this::bare)
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
    table.row("the same delivery again", Table.seconds(rounds.median("again")));
  }

  private double ingest() throws Exception {
    DataSet.delete(fresh());
    long started = System.nanoTime();
    Child child = DataSet.ingest(settings, data.zip(), fresh());
    double seconds = Rounds.since(started);
    ours = cost(child);
    return seconds;
  }

  /** On the data of the round before. */
  private double again() throws Exception {
    long started = System.nanoTime();
    DataSet.ingest(settings, data.zip(), fresh());
    return Rounds.since(started);
  }

  private double bare() throws Exception {
    Path folder = settings.work().resolve("kaal");
    DataSet.delete(folder);
    long started = System.nanoTime();
    Child child =
        Child.main(settings, "512m", BareLoad.class, data.zip().toString(), folder.toString());
    List<String> lines = child.finish();
    double seconds = Rounds.since(started);
    rows = Long.parseLong(lines.get(lines.size() - 1));
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
