package nl.ketendata.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Table;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;

/**
 * The read side of the store. A version published by any process is seen at the next question; one
 * that was read before stays readable for a while.
 */
public final class Store implements AutoCloseable {
  private final Catalogue catalogue;
  private final StoreSettings settings;
  private final Clock clock;
  private final VersionFiles files;
  private final DataFolder folder;
  private volatile Engine engine;
  private final Map<String, DataVersion> attached = new ConcurrentHashMap<>();

  /** A gemeente that was removed and came back has other files under the same numbers. */
  private final Map<String, Object> identities = new ConcurrentHashMap<>();

  public Store(Catalogue catalogue, StoreSettings settings, Clock clock) {
    this.catalogue = catalogue;
    this.settings = settings;
    this.clock = clock;
    this.files = new VersionFiles(settings.data());
    this.folder = new DataFolder(settings.data());
    try {
      Files.createDirectories(files.root());
    } catch (IOException e) {
      throw Failure.of(Code.NO_SUCH_FILE, files.root()).causedBy(e);
    }
    this.engine = new Engine(settings, files.root());
  }

  /**
   * The gemeenten that are known, by code.
   *
   * @throws Failure KD330 when the data folder is away
   */
  public List<Gemeente> gemeenten() {
    folder.require();
    return gemeenten(files);
  }

  /** The gemeenten that are known in a data folder, without opening it. */
  public static List<Gemeente> gemeenten(Path data) {
    return gemeenten(new VersionFiles(data));
  }

  private static List<Gemeente> gemeenten(VersionFiles files) {
    return files.gemeenten().stream()
        .filter(
            gemeente ->
                Arrays.stream(Product.values())
                    .anyMatch(product -> files.current(gemeente, product).isPresent()))
        .toList();
  }

  /**
   * The version that holds now; empty when the gemeente is not known.
   *
   * @throws Failure KD302 when it cannot be read, KD310 when a newer server wrote it, KD330 when
   *     the data folder is away
   */
  public Optional<DataVersion> current(Gemeente gemeente, Product product) {
    folder.require();
    OptionalLong number = files.current(gemeente, product);
    return number.isEmpty()
        ? Optional.empty()
        : Optional.of(attachedVersion(gemeente, product, number.getAsLong()));
  }

  /** The deliveries that the data of now is the union of, by number. */
  public List<LedgerEntry> deliveries(Gemeente gemeente, Product product) {
    return current(gemeente, product)
        .map(version -> engine().query(Ledger.select(version.catalog()), Ledger::of).entries())
        .orElse(List.of());
  }

  /** The ZIP of a delivery; empty when it is no longer kept. */
  public Optional<Path> zip(Gemeente gemeente, Product product, LedgerEntry entry) {
    Path zip = KeptDeliveries.zip(files.folder(gemeente, product), entry.number());
    return Optional.of(zip).filter(Files::isRegularFile);
  }

  /** A version by number; empty when it is not, or no longer, there. */
  public Optional<DataVersion> version(Gemeente gemeente, Product product, long number) {
    String catalog = catalog(gemeente, product, number);
    DataVersion known = attached.get(catalog);
    if (known != null) {
      return Optional.of(known);
    }
    return Files.exists(files.file(gemeente, product, number))
        ? Optional.of(attachedVersion(gemeente, product, number))
        : Optional.empty();
  }

  /**
   * Has statements that begin from now on leave half of the cores to others, or none. May take as
   * long as a piece of the engine's work. For one caller at a time.
   */
  public void spare(boolean others) {
    engine().spare(others);
  }

  /** Whether statements leave half of the cores to others. */
  public boolean spares() {
    return engine().spares();
  }

  /**
   * Runs a statement of the engine's own SQL over attached versions.
   *
   * @param sql made by us, never a caller's text
   * @throws Failure KD430 when no connection comes free in time
   */
  public Cursor open(String sql, List<Object> parameters) {
    return engine().open(sql, parameters);
  }

  /**
   * Deletes the versions that were replaced longer ago than versions are kept. A reader has at most
   * as long as a statement may run, which is far less.
   */
  public void deleteOldVersions() {
    forgetRemoved();
    List<Failure> failures = new ArrayList<>();
    for (Gemeente gemeente : gemeenten()) {
      for (Product product : Product.values()) {
        try {
          deleteOldVersions(gemeente, product);
        } catch (Failure failure) {
          failures.add(failure);
        }
      }
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  private void deleteOldVersions(Gemeente gemeente, Product product) {
    long[] published = files.published(gemeente, product);
    Instant limit = clock.instant().minus(settings.keep());
    for (int i = 0; i + 1 < published.length; i++) {
      try {
        if (files.publishedAt(gemeente, product, published[i + 1]).isAfter(limit)) {
          return;
        }
        String catalog = catalog(gemeente, product, published[i]);
        forget(catalog);
        Files.deleteIfExists(files.file(gemeente, product, published[i]));
      } catch (IOException e) {
        throw EngineFailures.of(e);
      }
    }
  }

  /** Versions of a gemeente that was removed. */
  private void forgetRemoved() {
    folder.require();
    for (DataVersion version : attached.values()) {
      Path file = files.file(version.gemeente(), version.product(), version.number());
      if (!Files.exists(file)) {
        forget(version.catalog());
      }
    }
  }

  private synchronized void forget(String catalog) {
    identities.remove(catalog);
    if (attached.remove(catalog) != null) {
      engine().detach(catalog);
    }
  }

  private static String catalog(Gemeente gemeente, Product product, long number) {
    return gemeente.id() + "_" + product.id() + "_" + number;
  }

  private DataVersion attachedVersion(Gemeente gemeente, Product product, long number) {
    String name = catalog(gemeente, product, number);
    Object identity = files.identity(gemeente, product, number);
    if (!identity.equals(identities.getOrDefault(name, identity))) {
      forget(name);
    }
    DataVersion known = attached.get(name);
    return known == null ? newlyAttached(gemeente, product, number, name, identity) : known;
  }

  private synchronized DataVersion newlyAttached(
      Gemeente gemeente, Product product, long number, String catalog, Object identity) {
    DataVersion known = attached.get(catalog);
    if (known != null) {
      return known;
    }
    DataVersion version = attach(engine(), gemeente, product, number, catalog);
    attached.put(catalog, version);
    identities.put(catalog, identity);
    return version;
  }

  private DataVersion attach(
      Engine to, Gemeente gemeente, Product product, long number, String catalog) {
    try {
      to.attach(files.file(gemeente, product, number), catalog);
    } catch (Failure failure) {
      String which = gemeente.id() + " " + product.id() + " versie " + number;
      throw Failure.of(Code.STORE_DAMAGED, which, failure.getMessage()).causedBy(failure);
    }
    try {
      return read(to, gemeente, product, number, catalog);
    } catch (RuntimeException e) {
      to.detach(catalog);
      throw e;
    }
  }

  private DataVersion read(
      Engine from, Gemeente gemeente, Product product, long number, String catalog) {
    Layout.check(format(from, catalog), gemeente);
    Map<String, List<String>> columns = columns(from, catalog);
    List<Table> tables = new ArrayList<>();
    Set<String> absent = new HashSet<>();
    for (Table table : catalogue.tables(product)) {
      if (!columns.containsKey(table.name())) {
        from.empty(table);
        absent.add(table.name());
      }
      tables.add(table.with(unknown(table, columns.getOrDefault(table.name(), List.of()))));
    }
    return new DataVersion(
        gemeente,
        product,
        number,
        catalog,
        tables,
        rows(from, catalog),
        absent,
        publishedAt(from, catalog));
  }

  private static int format(Engine from, String catalog) {
    return from.query(
        "SELECT formaat FROM " + Sql.name(catalog) + ".main._opslag",
        rows -> {
          rows.next();
          return rows.getInt(1);
        });
  }

  private static List<Column> unknown(Table table, List<String> columns) {
    return columns.stream()
        .filter(name -> !name.startsWith("_") && table.column(name).isEmpty())
        .map(Column::unknown)
        .toList();
  }

  private static Map<String, List<String>> columns(Engine from, String catalog) {
    return from.query(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = "
            + Sql.text(catalog)
            + " ORDER BY table_name, column_index",
        rows -> {
          Map<String, List<String>> columns = new HashMap<>();
          while (rows.next()) {
            columns
                .computeIfAbsent(rows.getString(1), name -> new ArrayList<>())
                .add(rows.getString(2));
          }
          return columns;
        });
  }

  private static Map<String, Long> rows(Engine from, String catalog) {
    return from.query(
        "SELECT table_name, estimated_size FROM duckdb_tables() WHERE database_name = "
            + Sql.text(catalog),
        rows -> {
          Map<String, Long> sizes = new HashMap<>();
          while (rows.next()) {
            sizes.put(rows.getString(1), rows.getLong(2));
          }
          return sizes;
        });
  }

  private static Instant publishedAt(Engine from, String catalog) {
    return from.query(
        "SELECT max(geladen_op) FROM " + Sql.name(catalog) + ".main._leveringen",
        rows -> {
          rows.next();
          LocalDateTime last = rows.getObject(1, LocalDateTime.class);
          return last == null ? Instant.EPOCH : last.toInstant(ZoneOffset.UTC);
        });
  }

  /**
   * The engine, or another in its place when a fault of its own made it refuse everything. At once,
   * however often: to wait would only keep everybody out for longer.
   */
  Engine engine() {
    Engine used = engine;
    return used.lost() ? renewed(used) : used;
  }

  private synchronized Engine renewed(Engine broken) {
    if (engine != broken) {
      return engine;
    }
    Engine fresh = new Engine(settings, files.root());
    for (DataVersion version : attached.values()) {
      String catalog = version.catalog();
      try {
        attach(fresh, version.gemeente(), version.product(), version.number(), catalog);
      } catch (Failure unreadable) {
        attached.remove(catalog);
        identities.remove(catalog);
      }
    }
    engine = fresh;
    Thread closing = new Thread(broken::abandon, "ketendata-engine-end");
    closing.setDaemon(true);
    closing.start();
    return fresh;
  }

  @Override
  public void close() {
    engine.close();
  }
}
