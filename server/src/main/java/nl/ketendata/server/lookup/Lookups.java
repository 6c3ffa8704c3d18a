package nl.ketendata.server.lookup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import nl.ketendata.schema.Column;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.store.Batches;
import nl.ketendata.server.store.DataVersion;
import nl.ketendata.server.store.Store;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * Answers small questions from columns that it makes of versions. What is asked a few times and
 * cannot be answered yet is made ready by one thread, which stops for nobody and is in nobody's
 * way; until then, and for all else, there is the engine.
 */
public final class Lookups implements AutoCloseable {
  /** A question that comes once is not worth the work. */
  private static final int TIMES_ASKED = 3;

  /** Different texts of a dictionary: while it is made, it is in memory. */
  private static final int WORDS = 32_000;

  private static final int MOST_ROWS = 50_000_000;
  private static final int WAITING = 1_000;
  private static final int REMEMBERED = 10_000;

  private final Store store;
  private final Scratch scratch;
  private final long budget;
  private final int words;
  private final LongAdder answered = new LongAdder();
  private final BufferAllocator arrow = new RootAllocator();

  /** What waits to be made ready, and what is. */
  private final AtomicInteger making = new AtomicInteger();

  private final ThreadPoolExecutor worker =
      new ThreadPoolExecutor(
          0,
          1,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(WAITING),
          Lookups::thread,
          (task, full) -> this.making.decrementAndGet());

  /** Least recently used first. */
  private final Map<String, TableColumns> tables = new LinkedHashMap<>(16, 0.75f, true);

  /** How often that was asked which could not be answered; less than 0 while it is made ready. */
  private final Map<String, Integer> asked =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Tables that do not fit, even alone. */
  private final Set<String> tooLarge = ConcurrentHashMap.newKeySet();

  /**
   * @param folder for its files
   * @param budget bytes that those may take; 0 for no such files, and no answers
   */
  public Lookups(Store store, Path folder, long budget) {
    this(store, folder, budget, WORDS);
  }

  /**
   * @param words how many different texts a dictionary may have
   */
  Lookups(Store store, Path folder, long budget, int words) {
    this.words = words;
    this.store = store;
    this.scratch = new Scratch(folder);
    this.budget = budget;
  }

  /** Leaves all questions to the engine. */
  public static Lookups none(Store store) {
    return new Lookups(store, Path.of(""), 0);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "ketendata-kolommen");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    return thread;
  }

  /**
   * The answer to a question, unless it is better asked of the engine.
   *
   * @param values of its parameters, by number
   */
  public Optional<Batches> open(Lookup lookup, List<Object> values) {
    if (budget == 0 || lookup.isWide()) {
      return Optional.empty();
    }
    Optional<TableColumns> table = ready(lookup);
    Optional<TableColumns> outer = lookup.outer().flatMap(belongs -> ready(belongs.rows()));
    if (table.isEmpty() || outer.isPresent() != lookup.outer().isPresent()) {
      return Optional.empty();
    }
    Finder finder = new Finder(table.get(), lookup, values);
    Optional<Batches> found =
        lookup.counts()
            ? finder.count().map(count -> new FoundCount(count, allocator()))
            : found(finder, lookup, outer, values)
                .map(rows -> FoundRows.of(table.get(), lookup.columns(), rows, allocator()));
    if (found.isPresent()) {
      answered.increment();
    }
    return found;
  }

  private static Optional<Found> found(
      Finder finder, Lookup lookup, Optional<TableColumns> outer, List<Object> values) {
    if (outer.isEmpty()) {
      return finder.rows().map(Found::of);
    }
    return new Finder(outer.get(), lookup.outer().orElseThrow().rows(), values)
        .rows()
        .flatMap(rows -> finder.related(outer.get(), rows));
  }

  /** The table of a question, with all that it needs; what it lacks is asked for. */
  private Optional<TableColumns> ready(Lookup lookup) {
    if (tooLarge.contains(key(lookup))) {
      return Optional.empty();
    }
    Optional<TableColumns> table = table(lookup);
    if (table.isPresent() && table.get().has(lookup)) {
      return table;
    }
    if (table.isEmpty() || table.get().canHave(lookup)) {
      ask(lookup);
    }
    return Optional.empty();
  }

  /** How many questions were answered here. */
  public long answered() {
    return answered.sum();
  }

  /** What the columns take on disk. */
  long bytes() {
    synchronized (tables) {
      return tables.values().stream().mapToLong(TableColumns::bytes).sum();
    }
  }

  /** Whether all that was asked often enough is ready, or is known not to be for here. */
  boolean isIdle() {
    return making.get() == 0;
  }

  private BufferAllocator allocator() {
    return arrow.newChildAllocator("found", 0, Long.MAX_VALUE);
  }

  private Optional<DataVersion> version(Lookup lookup) {
    return store.version(lookup.gemeente(), lookup.product(), lookup.version());
  }

  private static String key(Lookup lookup) {
    return lookup.gemeente().id()
        + " "
        + lookup.product().id()
        + " "
        + lookup.version()
        + " "
        + lookup.table().name();
  }

  private Optional<TableColumns> table(Lookup lookup) {
    Optional<DataVersion> version = version(lookup);
    synchronized (tables) {
      return Optional.ofNullable(tables.get(key(lookup)))
          .filter(table -> version.isPresent() && table.isOf(version.get()));
    }
  }

  private void ask(Lookup lookup) {
    String what = key(lookup) + " " + lookup.reads() + lookup.sought();
    synchronized (asked) {
      int times = asked.merge(what, 1, Integer::sum);
      if (times != TIMES_ASKED) {
        return;
      }
    }
    making.incrementAndGet();
    worker.execute(() -> make(lookup, what));
  }

  private void make(Lookup lookup, String what) {
    try {
      version(lookup).ifPresent(version -> make(lookup, version));
    } catch (Failure | Unfit theEngineAnswers) {
      // As it did until now.
    } finally {
      synchronized (asked) {
        asked.remove(what);
      }
      making.decrementAndGet();
    }
  }

  private void make(Lookup lookup, DataVersion version) {
    ColumnBuild build = new ColumnBuild(store, scratch, version, lookup.table().name(), words);
    try {
      scratch.begin();
      TableColumns table = table(lookup).orElse(null);
      if (table == null) {
        table = build.table(MOST_ROWS);
        keep(key(lookup), table);
      }
      columns(lookup, build, table);
      for (String name : lookup.sought()) {
        if (!table.hasPostings(name) && table.hasColumn(name)) {
          table.put(name, Postings.of(scratch, table.column(name), table.rows()));
        }
      }
      stayWithin(key(lookup));
    } catch (IOException e) {
      forget();
    }
  }

  private static void columns(Lookup lookup, ColumnBuild build, TableColumns table)
      throws IOException {
    for (String name : lookup.reads()) {
      if (table.hasColumn(name)) {
        continue;
      }
      Optional<Column> column = lookup.table().column(name);
      try {
        table.put(name, build.column(table, column.orElseThrow(() -> new Unfit(name))));
      } catch (Unfit engine) {
        table.leave(name);
        return;
      }
    }
  }

  private void keep(String key, TableColumns table) {
    synchronized (tables) {
      tables.put(key, table);
    }
  }

  /** Drops versions that are no longer there, then what was used longest ago. */
  private void stayWithin(String key) {
    synchronized (tables) {
      tables.values().removeIf(table -> !isThere(table.version()));
      long bytes = bytes();
      var oldest = tables.entrySet().iterator();
      while (bytes > budget && oldest.hasNext()) {
        var least = oldest.next();
        bytes -= least.getValue().bytes();
        oldest.remove();
        if (least.getKey().equals(key)) {
          tooLarge.add(key);
        }
      }
    }
  }

  private boolean isThere(DataVersion version) {
    return store
        .version(version.gemeente(), version.product(), version.number())
        .filter(there -> there == version)
        .isPresent();
  }

  /** Drops all: for want of disk, or because the versions are gone. */
  private void forget() {
    synchronized (tables) {
      tables.clear();
    }
  }

  /** Drops what was made of versions that are no longer there. */
  public void forgetGone() {
    synchronized (tables) {
      tables.values().removeIf(table -> !isThere(table.version()));
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
    try {
      worker.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    forget();
    arrow.close();
  }
}
