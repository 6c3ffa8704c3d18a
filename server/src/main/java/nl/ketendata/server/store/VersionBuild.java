package nl.ketendata.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.DoubleConsumer;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Table;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;

/**
 * The next version of a gemeente's data while it is being made: a copy of the current file, with
 * one delivery merged in, unseen by any reader until {@link #publish}. Closing without publishing
 * leaves nothing behind. The copy is made when the first row is to be loaded: most refusals and all
 * repetitions come before that.
 *
 * <p>One build at a time per gemeente and product, across processes; a second one waits.
 */
public final class VersionBuild implements AutoCloseable {
  private static final long SPARE_BYTES = 64 << 20;

  private final VersionFiles files;
  private final Disk disk;
  private final Gemeente gemeente;
  private final Product product;
  private final BuildLock lock;
  private final Catalogue catalogue;
  private final BuildSettings settings;
  private final Clock clock;
  private final Path workshop;
  private final OptionalLong current;
  private final Ledger ledger;
  private final KeptDeliveries kept;
  private final boolean anew;
  private long delivery;
  private Optional<ZipKeeping> keeping = Optional.empty();
  private Optional<BuildDatabase> database = Optional.empty();
  private Optional<Loaded> loaded = Optional.empty();
  private final Map<String, Long> changed = new HashMap<>();

  private LoadWatch watch = LoadWatch.NONE;

  private VersionBuild(
      VersionFiles files,
      Gemeente gemeente,
      Product product,
      BuildLock lock,
      Catalogue catalogue,
      BuildSettings settings,
      Clock clock,
      boolean anew)
      throws IOException, SQLException {
    this.files = files;
    this.disk = new Disk(settings.steps());
    this.gemeente = gemeente;
    this.product = product;
    this.lock = lock;
    this.catalogue = catalogue;
    this.settings = settings;
    this.clock = clock;
    this.workshop = files.workshop(gemeente, product).resolve(VersionFiles.WORK);
    disk.delete(workshop);
    disk.makeFolder(workshop);
    this.current = files.current(gemeente, product);
    this.kept = new KeptDeliveries(files.folder(gemeente, product), disk);
    this.anew = anew;
    this.ledger = anew ? bestLedger() : currentLedger();
    this.delivery = ledger.nextNumber();
    if (!anew) {
      requireWhole();
      kept.deleteBeyond(delivery - 1);
      kept.tell(ledger, workshop);
    }
  }

  private Ledger currentLedger() throws SQLException {
    if (current.isEmpty()) {
      return Ledger.EMPTY;
    }
    Path version = files.file(gemeente, product, current.getAsLong());
    try (VersionReading reading = VersionReading.open(version)) {
      Layout.check(reading.format(), gemeente);
      return reading.ledger();
    }
  }

  /** On a version that is not the last one nothing may be built: deliveries would be forgotten. */
  private void requireWhole() throws IOException {
    OptionalLong lost = kept.lostAfter(delivery - 1);
    if (lost.isPresent()) {
      throw Failure.of(
          Code.VERSION_LOST, gemeente.id(), product.id(), Long.toString(lost.getAsLong()));
    }
  }

  /**
   * A version that is made anew may be made because the one that is there cannot be read, or is not
   * the last one.
   */
  private Ledger bestLedger() throws IOException {
    Ledger told = kept.ledger();
    Ledger best;
    try {
      best = currentLedger().with(told);
    } catch (SQLException damaged) {
      if (told.entries().isEmpty()) {
        throw Failure.of(Code.LEDGER_GONE, gemeente.id(), product.id()).causedBy(damaged);
      }
      best = told;
    }
    OptionalLong missing = best.firstMissing();
    if (missing.isPresent()) {
      long number = missing.getAsLong();
      throw Failure.of(
          Code.LEDGER_HOLE, gemeente.id(), product.id(), Long.toString(number), kept.json(number));
    }
    return best;
  }

  /**
   * Begins the next version.
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
    return begin(data, gemeente, product, catalogue, settings, clock, false);
  }

  /**
   * Begins a version that is made anew from the deliveries that were kept: empty, with the ledger
   * still to be replayed.
   *
   * @throws Failure KD307 when nothing tells any more which deliveries there were
   */
  public static VersionBuild anew(
      Path data,
      Gemeente gemeente,
      Product product,
      Catalogue catalogue,
      BuildSettings settings,
      Clock clock) {
    return begin(data, gemeente, product, catalogue, settings, clock, true);
  }

  private static VersionBuild begin(
      Path data,
      Gemeente gemeente,
      Product product,
      Catalogue catalogue,
      BuildSettings settings,
      Clock clock,
      boolean anew) {
    VersionFiles files = new VersionFiles(data);
    try {
      Path folder = files.workshop(gemeente, product);
      new Disk(settings.steps()).makeFolder(folder);
      BuildLock lock = BuildLock.acquire(folder);
      try {
        return new VersionBuild(files, gemeente, product, lock, catalogue, settings, clock, anew);
      } catch (IOException | SQLException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException | SQLException | RuntimeException e) {
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
      if (build.number() == 1) {
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
      long needed = 2 * unpacked + currentBytes() + SPARE_BYTES;
      if (free < needed) {
        throw Failure.of(Code.DISK_SPACE, workshop, megabytes(free), megabytes(needed));
      }
    } catch (IOException e) {
      throw EngineFailures.of(e);
    }
  }

  private long currentBytes() throws IOException {
    return current.isPresent() ? Files.size(files.file(gemeente, product, current.getAsLong())) : 0;
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
    return current.orElse(0) + 1;
  }

  /** An earlier delivery of this name. */
  public Optional<LedgerEntry> known(String name) {
    return ledger.find(name);
  }

  /** The moments in the names of all deliveries so far, in order. */
  public List<LocalDateTime> timestamps() {
    return ledger.timestamps();
  }

  /** Empties all tables: the delivery replaces everything before it. */
  public void forgetRows(Catalogue catalogue) {
    try (Statement statement = connection().createStatement()) {
      for (var table : catalogue.standard(product).tables()) {
        statement.execute("DELETE FROM " + Sql.name(table.name()));
      }
      statement.execute("DELETE FROM _wezen");
    } catch (SQLException e) {
      throw EngineFailures.of(e);
    }
  }

  /**
   * Has the loading of the next file watched.
   *
   * @param told which share of it has been read, from 0 to 1; on another thread than that of {@link
   *     #load}, but never after it has returned
   */
  public void watch(DoubleConsumer told) {
    watch = new LoadWatch(told);
  }

  /** Has the next files loaded unseen. */
  public void watchNoMore() {
    watch = LoadWatch.NONE;
  }

  /**
   * Reads a file and merges its rows.
   *
   * @param timestamp the moment in the delivery's name
   * @param name the delivery's name
   */
  public LoadedFile load(CsvFile csv, LocalDateTime timestamp, String name) {
    try {
      CsvMerge merge = new CsvMerge(connection(), gemeente, delivery, timestamp, name, watch);
      LoadedFile file = merge.load(csv, new Rules(catalogue, csv));
      loaded =
          Optional.of(
              new Loaded(csv.table().name(), merge.loadedTable(), file.flawed() + file.odd() > 0));
      long fresh = file.added() + file.replaced();
      if (fresh > 0) {
        changed.merge(csv.table().name(), fresh, Long::sum);
      }
      return file;
    } catch (SQLException e) {
      if (String.valueOf(e.getMessage()).contains("CSV")) {
        throw Failure.of(Code.UNREADABLE_CSV, csv.name()).causedBy(e);
      }
      throw EngineFailures.of(e);
    }
  }

  /** Finds and keeps what stands out in the rows of the last file. */
  public List<Finding> findings(CsvFile csv) {
    if (loaded.isEmpty() || !loaded.get().anyOdd) {
      return List.of();
    }
    try {
      return new Findings(connection(), catalogue, gemeente, delivery)
          .find(csv, loaded.get().place);
    } catch (SQLException e) {
      throw EngineFailures.of(e);
    }
  }

  /** The rows that the last file brought to this table; empty when it brought none. */
  public Optional<BroughtRows> brought(Table table) {
    return loaded
        .filter(last -> last.table.equals(table.name()))
        .map(last -> new BroughtRows(connection(), last.place, last.anyOdd));
  }

  /** Keeps rows that were refused, and values. */
  public RefusedRows refused() {
    return new RefusedRows(connection(), gemeente, delivery());
  }

  /** The deliveries so far, by number. */
  public List<LedgerEntry> history() {
    return ledger.entries();
  }

  /**
   * Turns to a delivery of the history: the rows that are loaded next are its rows.
   *
   * @return its ZIP, which is what it was
   * @throws Failure KD304 when that is no longer kept, KD305 when it is another
   */
  public Path replay(LedgerEntry entry) {
    delivery = entry.number();
    try {
      return kept.checked(entry);
    } catch (IOException e) {
      throw EngineFailures.of(e);
    }
  }

  /** Ends the replay of a delivery: its rows get the moment at which they were published then. */
  public void replayed(LedgerEntry entry) {
    findOrphans();
    settle(entry);
  }

  /** Makes the version current that was made anew. */
  public void publishAnew() {
    publishFile(number());
    tell(ledger);
  }

  private void settle(LedgerEntry entry) {
    try {
      database().stamp(entry.number(), entry.loadedAt());
      Ledger.write(connection(), entry);
      DeliveryTable.fill(connection(), gemeente);
    } catch (SQLException | IOException e) {
      throw EngineFailures.of(e);
    }
  }

  private void findOrphans() {
    try {
      new Orphans(catalogue.standard(product), connection(), gemeente).update(delivery, changed);
      changed.clear();
    } catch (SQLException e) {
      throw EngineFailures.of(e);
    }
  }

  /**
   * Begins to put the delivery's ZIP aside, while its rows are loaded.
   *
   * @param zip its bytes
   * @param own the file that has them, when nobody else will change it: it need not be copied
   */
  public void keep(InputStream zip, Optional<Path> own) {
    Path target = workshop.resolve("levering.zip");
    try {
      settings.steps().before("copy " + target.getFileName());
      keeping = Optional.of(ZipKeeping.begin(zip, own, target));
    } catch (IOException e) {
      throw EngineFailures.of(e);
    }
  }

  /** Waits until the ZIP is put aside: it is not read after this. */
  public void awaitKept() {
    zip();
  }

  private ZipKeeping.Kept zip() {
    try {
      return keeping.orElseThrow().kept();
    } catch (IOException e) {
      throw EngineFailures.of(e);
    }
  }

  /**
   * Makes the version current, with the delivery's ledger entry: both or neither. Its ZIP must have
   * been given to {@link #keep}.
   *
   * @return the moment of publication; later than that of every earlier delivery
   */
  public Instant publish(HandedIn handed) {
    findOrphans();
    Instant moment = ledger.nextMoment(clock);
    ZipKeeping.Kept zip = zip();
    LedgerEntry entry = handed.entry(delivery, zip, moment);
    try {
      kept.keep(entry, zip.file());
    } catch (IOException e) {
      throw EngineFailures.of(e);
    }
    settle(entry);
    publishFile(number());
    tell(new Ledger(List.of(entry)));
    return moment;
  }

  /** What is published is published; the next build or start says what could not be said now. */
  private void tell(Ledger published) {
    try {
      kept.tell(published, workshop);
    } catch (IOException later) {
      // Nothing is lost: the version itself holds the ledger.
    }
  }

  private void publishFile(long as) {
    try {
      disk.publish(database().finish(), files.file(gemeente, product, as));
    } catch (SQLException | IOException e) {
      throw EngineFailures.of(e);
    }
  }

  private Connection connection() {
    return database().connection();
  }

  private BuildDatabase database() {
    if (database.isEmpty()) {
      database = Optional.of(copied());
    }
    return database.get();
  }

  private BuildDatabase copied() {
    Path file = workshop.resolve("versie.duckdb");
    try {
      if (current.isPresent() && !anew) {
        disk.copy(files.file(gemeente, product, current.getAsLong()), file);
      }
      return BuildDatabase.open(file, settings, new Layout(catalogue, product, gemeente));
    } catch (IOException | SQLException e) {
      throw EngineFailures.of(e);
    }
  }

  @Override
  public void close() {
    try (lock) {
      keeping.ifPresent(ZipKeeping::close);
      if (database.isPresent()) {
        database.get().close();
      }
      disk.delete(workshop);
    } catch (SQLException | IOException e) {
      throw EngineFailures.of(e);
    }
  }

  /**
   * Where the rows are that the last file brought to a table, and whether any is to be looked at.
   */
  private record Loaded(String table, String place, boolean anyOdd) {}
}
