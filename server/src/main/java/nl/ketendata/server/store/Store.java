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
  private final Engine engine;
  private final Map<String, DataVersion> attached = new ConcurrentHashMap<>();

  /** A gemeente that was removed and came back has other files under the same numbers. */
  private final Map<String, Object> identities = new ConcurrentHashMap<>();

  public Store(Catalogue catalogue, StoreSettings settings, Clock clock) {
    this.catalogue = catalogue;
    this.settings = settings;
    this.clock = clock;
    this.files = new VersionFiles(settings.data());
    try {
      Files.createDirectories(files.root());
    } catch (IOException e) {
      throw Failure.of(Code.NO_SUCH_FILE, files.root()).causedBy(e);
    }
    this.engine = new Engine(settings, files.root());
  }

  /** The gemeenten that are known, by code. */
  public List<Gemeente> gemeenten() {
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

  /** The version that holds now; empty when the gemeente is not known. */
  public Optional<DataVersion> current(Gemeente gemeente, Product product) {
    OptionalLong number = files.current(gemeente, product);
    return number.isEmpty()
        ? Optional.empty()
        : Optional.of(attachedVersion(gemeente, product, number.getAsLong()));
  }

  /** The deliveries that the data of now is the union of, by number. */
  public List<LedgerEntry> deliveries(Gemeente gemeente, Product product) {
    return current(gemeente, product)
        .map(version -> engine.query(Ledger.select(version.catalog()), Ledger::of).entries())
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
   * Runs a statement of the engine's own SQL over attached versions.
   *
   * @param sql made by us, never a caller's text
   * @throws Failure KD430 when no connection comes free in time
   */
  public Cursor open(String sql, List<Object> parameters) {
    return engine.open(sql, parameters);
  }

  /**
   * Deletes the versions that were replaced longer ago than versions are kept. A reader has at most
   * as long as a statement may run, which is far less.
   */
  public void deleteOldVersions() {
    forgetRemoved();
    for (Gemeente gemeente : gemeenten()) {
      for (Product product : Product.values()) {
        deleteOldVersions(gemeente, product);
      }
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
        throw Failure.internal(e);
      }
    }
  }

  /** Versions of a gemeente that was removed. */
  private void forgetRemoved() {
    for (DataVersion version : attached.values()) {
      Path file = files.file(version.gemeente(), version.product(), version.number());
      if (!Files.exists(file)) {
        forget(version.catalog());
      }
    }
  }

  private void forget(String catalog) {
    identities.remove(catalog);
    if (attached.remove(catalog) != null) {
      engine.detach(catalog);
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
    return attached.computeIfAbsent(
        name,
        catalog -> {
          DataVersion version = attach(gemeente, product, number, catalog);
          identities.put(catalog, identity);
          return version;
        });
  }

  private DataVersion attach(Gemeente gemeente, Product product, long number, String catalog) {
    try {
      engine.attach(files.file(gemeente, product, number), catalog);
    } catch (Failure failure) {
      throw Failure.of(Code.STORE_DAMAGED, gemeente.id(), product.id() + " " + number)
          .causedBy(failure);
    }
    try {
      return read(gemeente, product, number, catalog);
    } catch (RuntimeException e) {
      engine.detach(catalog);
      throw e;
    }
  }

  private DataVersion read(Gemeente gemeente, Product product, long number, String catalog) {
    Map<String, List<String>> columns = columns(catalog);
    List<Table> tables = new ArrayList<>();
    Set<String> absent = new HashSet<>();
    for (Table table : catalogue.tables(product)) {
      if (!columns.containsKey(table.name())) {
        engine.empty(table);
        absent.add(table.name());
      }
      tables.add(table.with(unknown(table, columns.getOrDefault(table.name(), List.of()))));
    }
    return new DataVersion(
        gemeente, product, number, catalog, tables, rows(catalog), absent, publishedAt(catalog));
  }

  private static List<Column> unknown(Table table, List<String> columns) {
    return columns.stream()
        .filter(name -> !name.startsWith("_") && table.column(name).isEmpty())
        .map(Column::unknown)
        .toList();
  }

  private Map<String, List<String>> columns(String catalog) {
    return engine.query(
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

  private Map<String, Long> rows(String catalog) {
    return engine.query(
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

  private Instant publishedAt(String catalog) {
    return engine.query(
        "SELECT max(geladen_op) FROM " + Sql.name(catalog) + ".main._leveringen",
        rows -> {
          rows.next();
          LocalDateTime last = rows.getObject(1, LocalDateTime.class);
          return last == null ? Instant.EPOCH : last.toInstant(ZoneOffset.UTC);
        });
  }

  @Override
  public void close() {
    engine.close();
  }
}
