package nl.ketendata.server.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.ServerTable;
import nl.ketendata.schema.Table;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;

/**
 * The next version of a gemeente's data while it is being made: a copy of the current file, with
 * one delivery merged in, unseen by any reader until {@link #publish}. Closing without publishing
 * leaves nothing behind.
 *
 * <p>One build at a time per gemeente and product, across processes; a second one waits.
 */
public final class VersionBuild implements AutoCloseable {
  private static final long SPARE_BYTES = 64 << 20;
  private static final LocalDateTime NEVER = LocalDateTime.of(1970, 1, 1, 0, 0);

  private final VersionFiles files;
  private final Gemeente gemeente;
  private final Product product;
  private final FileChannel lockFile;
  private final FileLock lock;
  private final Path workshop;
  private final long number;
  private final Path file;
  private final Connection connection;
  private final long delivery;
  private final Orphans orphans;
  private final Set<String> changed = new HashSet<>();
  private final Instant loadedAt;

  private VersionBuild(
      VersionFiles files,
      Gemeente gemeente,
      Product product,
      FileChannel lockFile,
      FileLock lock,
      Catalogue catalogue,
      BuildSettings settings,
      Clock clock)
      throws IOException, SQLException {
    this.files = files;
    this.gemeente = gemeente;
    this.product = product;
    this.lockFile = lockFile;
    this.lock = lock;
    this.workshop = files.workshop(gemeente, product).resolve("werk");
    deleteFolder(workshop);
    Files.createDirectories(workshop);
    OptionalLong current = files.current(gemeente, product);
    this.number = current.orElse(0) + 1;
    this.file = workshop.resolve("versie.duckdb");
    if (current.isPresent()) {
      Files.copy(files.file(gemeente, product, current.getAsLong()), file);
    }
    this.connection = DriverManager.getConnection("jdbc:duckdb:" + file);
    LockDown.apply(
        connection,
        workshop,
        workshop.resolve("tijdelijk"),
        List.of(
            "threads=" + settings.threads(),
            "memory_limit='" + settings.memoryMegabytes() + "MB'",
            "TimeZone='UTC'"));
    // One transaction for all: nobody else sees the file, so nothing but the end must be on disk.
    connection.setAutoCommit(false);
    this.orphans = new Orphans(catalogue.standard(product), connection, gemeente);
    Layout layout = new Layout(catalogue, product, gemeente);
    if (current.isEmpty()) {
      layout.create(connection);
    } else {
      layout.upgrade(connection);
    }
    this.delivery = nextDelivery();
    this.loadedAt = nextMoment(clock);
  }

  /**
   * Begins the next version, and makes the gemeente known when it is not yet.
   *
   * @throws Failure KD310 when the store was written by a newer server
   */
  public static VersionBuild begin(
      Path data,
      Gemeente gemeente,
      Product product,
      Catalogue catalogue,
      BuildSettings settings,
      Clock clock) {
    VersionFiles files = new VersionFiles(data);
    FileChannel channel = null;
    try {
      Path folder = files.workshop(gemeente, product);
      Files.createDirectories(folder);
      channel =
          FileChannel.open(
              folder.resolve("slot"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = BuildLock.acquire(channel);
      return new VersionBuild(files, gemeente, product, channel, lock, catalogue, settings, clock);
    } catch (IOException | SQLException | RuntimeException e) {
      BuildLock.release(channel);
      throw EngineFailures.of(e);
    }
  }

  /** Makes the gemeente known with empty tables of this product, if it is not yet. */
  public static void makeKnown(
      Path data,
      Gemeente gemeente,
      Product product,
      Catalogue catalogue,
      BuildSettings settings,
      Clock clock) {
    if (new VersionFiles(data).current(gemeente, product).isPresent()) {
      return;
    }
    try (VersionBuild build = begin(data, gemeente, product, catalogue, settings, clock)) {
      if (build.number == 1) {
        build.publishFile(0);
      }
    }
  }

  /** Where the delivery's files may be unpacked; deleted with the build. */
  public Path workshop() {
    return workshop;
  }

  /**
   * Makes sure that there is room for a delivery: its files unpacked, and the rows beside them.
   *
   * @throws Failure KD301 when there is not
   */
  public void needSpace(long unpacked) {
    try {
      long free = Files.getFileStore(workshop).getUsableSpace();
      long needed = 2 * unpacked + SPARE_BYTES;
      if (free < needed) {
        throw Failure.of(Code.DISK_SPACE, workshop, megabytes(free), megabytes(needed));
      }
    } catch (IOException e) {
      throw EngineFailures.of(e);
    }
  }

  private static String megabytes(long bytes) {
    return (bytes >> 20) + " MiB";
  }

  /** The number that the delivery gets. */
  public long delivery() {
    return delivery;
  }

  /** The version that {@link #publish} makes current. */
  public long number() {
    return number;
  }

  /** The moment of publication that the rows carry; later than that of every earlier delivery. */
  public Instant loadedAt() {
    return loadedAt;
  }

  /** SHA-256 of an earlier delivery of this name, with its number. */
  public Optional<LedgerEntry> known(String name) {
    return Ledger.find(connection, name);
  }

  /** The moments in the names of all deliveries so far, in order. */
  public List<LocalDateTime> timestamps() {
    return Ledger.timestamps(connection);
  }

  /** Empties all tables: the delivery replaces everything before it. */
  public void forgetRows(Catalogue catalogue) {
    try (Statement statement = connection.createStatement()) {
      for (var table : catalogue.standard(product).tables()) {
        statement.execute("DELETE FROM " + Sql.name(table.name()));
      }
      statement.execute("DELETE FROM _wezen");
    } catch (SQLException e) {
      throw EngineFailures.of(e);
    }
  }

  /**
   * Reads a file and merges its rows.
   *
   * @param timestamp the moment in the delivery's name
   * @param name the delivery's name
   */
  public LoadedFile load(CsvFile csv, LocalDateTime timestamp, String name) {
    try {
      LoadedFile loaded =
          new CsvMerge(connection, gemeente, delivery, loadedAt, timestamp, name).load(csv);
      if (loaded.added() + loaded.replaced() > 0) {
        changed.add(csv.table().name());
      }
      return loaded;
    } catch (SQLException e) {
      if (String.valueOf(e.getMessage()).contains("CSV")) {
        throw Failure.of(Code.UNREADABLE_CSV, csv.name()).causedBy(e);
      }
      throw EngineFailures.of(e);
    }
  }

  /**
   * Distinct values of a column in the rows of this delivery, overruled ones too; at most a few.
   */
  public List<String> valuesBrought(String table, String column, int most) {
    return strings(
        "SELECT DISTINCT w FROM (%s) WHERE w IS NOT NULL LIMIT %d"
            .formatted(brought(table, column), most));
  }

  /** How many values of a column in the rows of this delivery are a readable BSN. */
  public long plainBsns(String table, String column) {
    StringBuilder sum = new StringBuilder();
    for (int i = 1; i <= 8; i++) {
      sum.append("(ascii(lpad(w, 9, '0')[%d]) - 48) * %d + ".formatted(i, 10 - i));
    }
    String elevenTest = "(" + sum + "0 - (ascii(lpad(w, 9, '0')[9]) - 48)) % 11 = 0";
    return Long.parseLong(
        strings(
                "SELECT count(*)::VARCHAR FROM (SELECT w FROM (%s) WHERE length(w) BETWEEN 8 AND 9 AND regexp_full_match(w, '[0-9]{8,9}')) WHERE %s"
                    .formatted(brought(table, column), elevenTest))
            .get(0));
  }

  /** What the delivery brought must not depend on whether newer content stands above it. */
  private String brought(String table, String column) {
    return "SELECT %s AS w FROM %s WHERE %s = %d UNION ALL SELECT json_extract_string(Inhoud, '$.%1$s') FROM %5$s WHERE %6$s = %4$d AND Tabel = %7$s"
        .formatted(
            Sql.name(column),
            Sql.name(table),
            Sql.name(CsvSelect.CONFIRMED),
            delivery,
            Sql.name(ServerTable.OVERSTEMDE_RIJEN),
            Sql.name(Table.NUMMER),
            Sql.text(table));
  }

  /** Keeps rows that were refused, and values. */
  public RefusedRows refused() {
    return new RefusedRows(connection, gemeente, delivery, loadedAt);
  }

  private List<String> strings(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new java.util.ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    } catch (SQLException e) {
      throw EngineFailures.of(e);
    }
  }

  /** Writes the ledger entry and makes the version current, both or neither. */
  public void publish(LedgerEntry entry) {
    try {
      orphans.update(delivery, changed);
      Ledger.write(connection, entry);
      DeliveryTable.fill(connection, gemeente);
    } catch (SQLException e) {
      throw EngineFailures.of(e);
    }
    publishFile(number);
  }

  private void publishFile(long as) {
    try {
      connection.commit();
      connection.setAutoCommit(true);
      try (Statement statement = connection.createStatement()) {
        statement.execute("CHECKPOINT");
      }
      connection.close();
      files.publish(file, gemeente, product, as);
    } catch (SQLException | IOException e) {
      throw EngineFailures.of(e);
    }
  }

  private long nextDelivery() throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT coalesce(max(nummer), 0) + 1 FROM _leveringen");
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** A clock that was set back must not make a later delivery look older. */
  private Instant nextMoment(Clock clock) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT max(geladen_op) FROM _leveringen");
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      LocalDateTime last =
          Optional.ofNullable(rows.getObject(1, LocalDateTime.class)).orElse(NEVER);
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      Instant after = last.toInstant(ZoneOffset.UTC).plusMillis(1);
      return now.isBefore(after) ? after : now;
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
      deleteFolder(workshop);
      lock.release();
      lockFile.close();
    } catch (SQLException | IOException e) {
      throw EngineFailures.of(e);
    }
  }

  private static void deleteFolder(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
