package nl.ketendata.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What was found in folders, as long as they do not change: every question asks which version is
 * the current one, and to list a folder takes many times as long as to see when it changed.
 *
 * <p>A file system keeps that moment in steps of some milliseconds (seconds, on some). What was
 * found in a folder that changed only just is not kept, for it may change again within the step.
 */
final class KnownFolders {
  /** More than any step. */
  private static final Duration SETTLED = Duration.ofSeconds(3);

  private final Map<Path, Found> known = new ConcurrentHashMap<>();
  private final Clock clock;

  /**
   * @param clock the one that files are stamped by
   */
  KnownFolders(Clock clock) {
    this.clock = clock;
  }

  private record Found(FileTime changed, Object identity, long[] numbers) {
    boolean isOf(BasicFileAttributes folder) {
      return changed.equals(folder.lastModifiedTime()) && identity.equals(key(folder));
    }
  }

  /** A folder that came in the place of another; the same for all where nothing tells. */
  private static Object key(BasicFileAttributes folder) {
    return Objects.requireNonNullElse(folder.fileKey(), "");
  }

  /**
   * The numbers in a folder; nobody may change them.
   *
   * @param reading lists the folder
   */
  long[] numbers(Path folder, Function<Path, long[]> reading) {
    BasicFileAttributes now;
    try {
      now = Files.readAttributes(folder, BasicFileAttributes.class);
    } catch (IOException gone) {
      known.remove(folder);
      return new long[0];
    }
    Found found = known.get(folder);
    if (found != null && found.isOf(now)) {
      return found.numbers;
    }
    Instant settled = clock.instant().minus(SETTLED);
    long[] numbers = reading.apply(folder);
    if (now.lastModifiedTime().toInstant().isBefore(settled)) {
      known.put(folder, new Found(now.lastModifiedTime(), key(now), numbers));
    }
    return numbers;
  }
}
