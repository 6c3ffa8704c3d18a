package nl.ketendata.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Answers that were given before, so that the same question about the same version costs no more
 * than reading a file. Bounded: the one that was not asked for longest makes room. Safe for many
 * threads.
 *
 * <p>It decides nothing about who may see what: whoever asks it has checked that, and has put all
 * that the check looked at into the key.
 */
public final class KeptAnswers implements AutoCloseable {
  /** One answer gets at most this part of the room, so that it does not drive out all others. */
  private static final int SHARE = 4;

  /** How long a question waits for the answer to the same question; then it is answered itself. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Optional<Path> folder;
  private final Space disk;
  private final Space memory;
  private final Spools spools;
  private final Map<Place, CountDownLatch> recording = new HashMap<>();
  private long files;

  private record Place(AnswerKey key, String coding) {}

  private KeptAnswers(Optional<Path> folder, long disk, long memory, long waiting) {
    this.folder = folder;
    this.disk = new Space(disk);
    this.memory = new Space(memory);
    this.spools = new Spools(folder, waiting);
  }

  /** Keeps nothing. */
  public static KeptAnswers none() {
    return new KeptAnswers(Optional.empty(), 0, 0, 0);
  }

  /**
   * @param folder for this alone: what is in it is deleted
   * @param disk bytes of the large answers
   * @param memory bytes of the small ones
   * @param waiting bytes on disk of what slow clients have not taken yet
   */
  public static KeptAnswers in(Path folder, long disk, long memory, long waiting) {
    try {
      Files.createDirectories(folder);
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    KeptAnswers made = new KeptAnswers(Optional.of(folder), disk, memory, waiting);
    made.empty(folder);
    return made;
  }

  /** Room for what slow clients have not taken yet. */
  Spools spools() {
    return spools;
  }

  /** The answer that was given to this question in this coding. */
  synchronized Optional<KeptAnswer> find(AnswerKey key, String coding) {
    Place place = new Place(key, coding);
    return memory.find(place).or(() -> disk.find(place));
  }

  /** Whether somebody is being given the answer to this question now. */
  synchronized boolean records(AnswerKey key, String coding) {
    return recording.containsKey(new Place(key, coding));
  }

  /**
   * The answer that somebody else is being given to this question right now, once it is whole: what
   * many ask at the same time is worked out once.
   *
   * @return nothing when it did not become whole, or takes too long
   */
  Optional<KeptAnswer> await(AnswerKey key, String coding) {
    CountDownLatch whole;
    synchronized (this) {
      whole = recording.get(new Place(key, coding));
    }
    try {
      // Nobody is any more: it may have become whole just now.
      return whole == null || whole.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          ? find(key, coding)
          : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /**
   * A place for the answer that is about to be given; nothing when it is not to be kept, when
   * somebody else has that place, or when it is there since a moment ago.
   */
  synchronized Optional<Recording> record(AnswerKey key, String coding) {
    Place place = new Place(key, coding);
    if (folder.isEmpty() || recording.containsKey(place) || find(key, coding).isPresent()) {
      return Optional.empty();
    }
    recording.put(place, new CountDownLatch(1));
    Path file = folder.get().resolve(++files + ".antwoord");
    return Optional.of(new Recording(file, disk.bytes / SHARE, answer -> ended(place, answer)));
  }

  private synchronized void ended(Place place, Optional<KeptAnswer> answer) {
    answer.ifPresent(
        whole -> (whole.body() instanceof KeptAnswer.InMemory ? memory : disk).keep(place, whole));
    recording.remove(place).countDown();
  }

  /** Takes one out whose bytes were found to be gone. */
  synchronized void forget(AnswerKey key, String coding) {
    disk.remove(new Place(key, coding));
  }

  /** Forgets the answers of data that is gone. */
  public synchronized void retain(Predicate<String> sources) {
    memory.retain(sources);
    disk.retain(sources);
  }

  /** The bytes that are kept, on disk and in memory. */
  synchronized long bytes() {
    return disk.used + memory.used;
  }

  private void empty(Path place) {
    try (Stream<Path> old = Files.list(place)) {
      for (Path file : old.filter(name -> name.toString().endsWith(".antwoord")).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    retain(source -> false);
  }

  /** Answers within a number of bytes. */
  private static final class Space {
    private final long bytes;
    private final Map<Place, KeptAnswer> answers = new LinkedHashMap<>(16, 0.75f, true);
    private long used;

    Space(long bytes) {
      this.bytes = bytes;
    }

    Optional<KeptAnswer> find(Place place) {
      return Optional.ofNullable(answers.get(place));
    }

    void keep(Place place, KeptAnswer answer) {
      remove(place);
      answers.put(place, answer);
      used += cost(answer);
      Iterator<KeptAnswer> eldest = answers.values().iterator();
      while (used > bytes && eldest.hasNext()) {
        release(eldest.next());
        eldest.remove();
      }
    }

    void remove(Place place) {
      Optional.ofNullable(answers.remove(place)).ifPresent(this::release);
    }

    void retain(Predicate<String> sources) {
      answers
          .entrySet()
          .removeIf(
              entry -> {
                boolean gone = !sources.test(entry.getKey().key().source());
                if (gone) {
                  release(entry.getValue());
                }
                return gone;
              });
    }

    private void release(KeptAnswer answer) {
      used -= cost(answer);
      if (answer.body() instanceof KeptAnswer.OnDisk large) {
        try {
          Files.deleteIfExists(large.file());
        } catch (IOException stays) {
          // It is deleted when the server starts again.
        }
      }
    }

    /** A little more than the body, so that many small ones count too. */
    private static long cost(KeptAnswer answer) {
      return answer.length() + 1_024;
    }
  }
}
