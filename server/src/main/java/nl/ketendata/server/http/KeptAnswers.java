package nl.ketendata.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  private final Optional<Path> folder;
  private final Space disk;
  private final Space memory;
  private final Spools spools;
  private final Set<Place> recording = new HashSet<>();
  private long files;

  private record Place(AnswerKey key, String coding) {}

  private KeptAnswers(Optional<Path> folder, long disk, long memory) {
    this.folder = folder;
    this.disk = new Space(disk);
    this.memory = new Space(memory);
    this.spools = new Spools(folder, disk);
  }

  /** Keeps nothing. */
  public static KeptAnswers none() {
    return new KeptAnswers(Optional.empty(), 0, 0);
  }

  /**
   * @param folder for this alone: what is in it is deleted
   * @param disk bytes of the large answers
   * @param memory bytes of the small ones
   */
  public static KeptAnswers in(Path folder, long disk, long memory) {
    try {
      Files.createDirectories(folder);
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    KeptAnswers made = new KeptAnswers(Optional.of(folder), disk, memory);
    made.empty(folder);
    return made;
  }

  /** As much room again, for what slow clients have not taken yet. */
  Spools spools() {
    return spools;
  }

  /** The answer that was given to this question in this coding. */
  synchronized Optional<KeptAnswer> find(AnswerKey key, String coding) {
    Place place = new Place(key, coding);
    return memory.find(place).or(() -> disk.find(place));
  }

  /** A place for the answer that is about to be given; nothing when it is not to be kept. */
  synchronized Optional<Recording> record(AnswerKey key, String coding) {
    Place place = new Place(key, coding);
    if (folder.isEmpty() || !recording.add(place)) {
      return Optional.empty();
    }
    Path file = folder.get().resolve(++files + ".antwoord");
    return Optional.of(new Recording(file, disk.bytes / SHARE, answer -> ended(place, answer)));
  }

  private synchronized void ended(Place place, Optional<KeptAnswer> answer) {
    recording.remove(place);
    answer.ifPresent(
        whole -> (whole.body() instanceof KeptAnswer.InMemory ? memory : disk).keep(place, whole));
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
