package nl.ketendata.server.intake;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import nl.ketendata.schema.Product;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;

/**
 * The folders {@code inbox/GM9030/ijw} in the data folder. A delivery that is put there is taken in
 * when it is complete, also when the server was down meanwhile. What was published is kept by the
 * ledger and leaves the inbox; what was refused goes to {@code geweigerd} with its reason beside
 * it.
 *
 * <p>Deliveries of one gemeente and product go one by one; those of others do not wait for them.
 */
public final class Inbox implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration CLEAN = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration COMPLAIN = Duration.ofMinutes(5);
  private static final Duration STOP = Duration.ofSeconds(30);
  private static final int AT_ONCE = 2;

  private final Path root;
  private final Duration quiet;
  private final Supplier<List<Gemeente>> gemeenten;
  private final Quarantine quarantine;
  private final Taking taking;
  private final Events events;
  private final LongSupplier nanos;
  private final Map<Path, InboxFolder> folders = new ConcurrentHashMap<>();
  private final Set<Path> busy = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "ketendata-inbox"));
  private final ExecutorService working =
      Executors.newFixedThreadPool(AT_ONCE, task -> new Thread(task, "ketendata-inbox-take"));
  private long complainedAt;

  /**
   * @param gemeenten those that are known
   * @param nanos a clock that never goes back
   */
  public Inbox(
      InboxSettings settings,
      Supplier<List<Gemeente>> gemeenten,
      Intake intake,
      Board board,
      Events events,
      Clock clock,
      LongSupplier nanos) {
    this.root = settings.data().resolve("inbox");
    this.quiet = settings.quiet();
    this.gemeenten = gemeenten;
    this.quarantine = new Quarantine(root, settings.refusedKept(), clock);
    this.taking = new Taking(intake, board, events, gemeenten, quarantine);
    this.events = events;
    this.nanos = nanos;
    this.complainedAt = nanos.getAsLong() - COMPLAIN.toNanos();
  }

  /** Begins to look, and goes on until it is closed. */
  public void start() {
    repeat(this::look, LOOK);
    repeat(quarantine::deleteOld, CLEAN);
  }

  private void repeat(Work work, Duration pause) {
    looking.scheduleWithFixedDelay(() -> safely(work), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A drive that is away comes back; until then it is said now and then. */
  private void safely(Work work) {
    try {
      work.run();
    } catch (IOException | RuntimeException e) {
      long now = nanos.getAsLong();
      if (now - complainedAt >= COMPLAIN.toNanos()) {
        complainedAt = now;
        events.emit(new Event.FaultFound("", "inbox", e));
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  /** Looks once, and has what is complete taken in on other threads. */
  void look() throws IOException {
    for (Gemeente gemeente : gemeenten.get()) {
      for (Product product : Product.values()) {
        Files.createDirectories(root.resolve(gemeente.id()).resolve(product.id()));
      }
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(root, Files::isDirectory)) {
      for (Path folder : found) {
        Optional<Gemeente> gemeente = gemeente(folder);
        if (gemeente.isPresent()) {
          look(folder, gemeente.get());
        }
      }
    }
  }

  private void look(Path folder, Gemeente gemeente) throws IOException {
    for (Product product : Product.values()) {
      Path own = folder.resolve(product.id());
      if (Files.isDirectory(own) && !busy.contains(own)) {
        InboxFolder inbox =
            folders.computeIfAbsent(own, path -> new InboxFolder(path, quiet, PATIENCE, nanos));
        List<Path> complete = inbox.complete();
        if (!complete.isEmpty()) {
          busy.add(own);
          working.execute(() -> take(own, inbox, gemeente, product, complete));
        }
      }
    }
  }

  private void take(
      Path own, InboxFolder inbox, Gemeente gemeente, Product product, List<Path> files) {
    try {
      for (Path file : files) {
        if (looking.isShutdown()) {
          return;
        }
        taking.take(gemeente, product, file, pause -> inbox.later(file, pause));
      }
    } finally {
      busy.remove(own);
    }
  }

  private static Optional<Gemeente> gemeente(Path folder) {
    try {
      return Optional.of(Gemeente.parse(folder.getFileName().toString()));
    } catch (Failure other) {
      return Optional.empty();
    }
  }

  /** Whether nothing is being taken in. */
  boolean idle() {
    return busy.isEmpty();
  }

  /** Begins nothing any more, and gives what runs half a minute to end. */
  @Override
  public void close() {
    looking.shutdownNow();
    working.shutdown();
    try {
      if (!working.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        working.shutdownNow();
      }
    } catch (InterruptedException e) {
      working.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
