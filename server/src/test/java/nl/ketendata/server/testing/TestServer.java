package nl.ketendata.server.testing;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import nl.ketendata.server.algebra.Planner;
import nl.ketendata.server.delivery.ArchiveLimits;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.ingest.Ingest;
import nl.ketendata.server.ingest.IngestOrder;
import nl.ketendata.server.ingest.IngestSettings;
import nl.ketendata.server.ingest.Progress;
import nl.ketendata.server.ingest.Report;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.query.Limits;
import nl.ketendata.server.query.Mounted;
import nl.ketendata.server.query.RowStream;
import nl.ketendata.server.query.StoreDoor;
import nl.ketendata.server.question.Scope;
import nl.ketendata.server.question.SqlQuestion;
import nl.ketendata.server.store.BuildSettings;
import nl.ketendata.server.store.Steps;
import nl.ketendata.server.store.Store;
import nl.ketendata.server.store.StoreSettings;
import org.apache.arrow.vector.FieldVector;

/** The whole road from a delivery to rows, without sockets. */
public final class TestServer implements AutoCloseable {
  public static final Catalogue CATALOGUE = Catalogue.read();

  private final Path data;
  private final Clock clock;
  private final Store store;
  private final StoreDoor door;
  private final IngestSettings settings;
  private final Ingest ingest;

  public TestServer(Path data, Clock clock) {
    this(data, clock, Steps.NONE);
  }

  /**
   * @param steps hears of every change that an ingest makes on disk
   */
  public TestServer(Path data, Clock clock, Steps steps) {
    this.data = data;
    this.clock = clock;
    this.settings =
        new IngestSettings(data, ArchiveLimits.DEFAULT, new BuildSettings(256, 2, steps), 0.05);
    this.ingest = new Ingest(CATALOGUE, settings, clock);
    this.store =
        new Store(
            CATALOGUE, new StoreSettings(data, 256, 1_024, 2, 32, Duration.ofHours(1)), clock);
    this.door =
        new StoreDoor(
            CATALOGUE,
            store,
            new Planner(),
            new Limits(32, Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMinutes(10)),
            Events.silent());
  }

  public TestServer(Path data) {
    this(data, Clock.systemUTC());
  }

  public StoreDoor door() {
    return door;
  }

  public Store store() {
    return store;
  }

  public IngestSettings ingestSettings() {
    return settings;
  }

  public Ingest ingest() {
    return ingest;
  }

  public Clock clock() {
    return clock;
  }

  /** Takes a delivery in, whose product and moment its name tells. */
  public Report take(String gemeente, Path zip) {
    return ingest.take(
        new IngestOrder(
            zip, Gemeente.parse(gemeente), Optional.empty(), Optional.empty(), false, "test"),
        Progress.NONE);
  }

  /** Takes a delivery of these files in. */
  public Report take(String gemeente, String name, Map<String, String> files) {
    return take(gemeente, Deliveries.zip(data, name, files));
  }

  /** An analyst of these gemeenten. */
  public static Caller caller(String... gemeenten) {
    Map<String, Organisation> organisations = new TreeMap<>();
    for (String gemeente : gemeenten) {
      organisations.put(gemeente, Organisation.of(Gemeente.parse(gemeente)));
    }
    return new Caller("test", organisations, Role.ANALIST);
  }

  public Mounted mounted(String gemeente, Product product) {
    return door.mounted(caller(gemeente), new Scope(gemeente, product));
  }

  /** Runs SQL and gives the rows as text, values separated by a bar, null as a dash. */
  public List<String> sql(Caller caller, String text, Object... parameters) {
    var prepared = door.prepare(caller, new SqlQuestion(text, Optional.empty()));
    try (RowStream rows = door.run(caller, prepared, List.of(parameters))) {
      return texts(rows, prepared.columns().size());
    }
  }

  /** All rows of a stream, each as text. */
  public static List<String> texts(RowStream rows, int width) {
    List<String> texts = new ArrayList<>();
    while (rows.advance()) {
      List<FieldVector> vectors = rows.batch().getFieldVectors();
      for (int row = 0; row < rows.batch().getRowCount(); row++) {
        List<String> values = new ArrayList<>();
        for (int column = 0; column < width; column++) {
          values.add(text(vectors.get(column).getObject(row)));
        }
        texts.add(String.join("|", values));
      }
    }
    return texts;
  }

  private static String text(Object value) {
    if (value == null) {
      return "-";
    }
    if (value instanceof byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  @Override
  public void close() {
    door.close();
    store.close();
  }
}
