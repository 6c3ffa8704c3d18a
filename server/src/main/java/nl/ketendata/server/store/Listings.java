package nl.ketendata.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What was read from the names in folders, as long as these do not change: each question asks which
 * version holds now, and to look at a folder's own time costs a tenth of listing it. Safe for many
 * threads.
 */
final class Listings {
  /** A folder that changed so shortly before it was listed may change again at the same time. */
  private static final long TICK_MILLIS = 2_000;

  /** A file system may keep no times of folders, or have a clock of its own. */
  private static final long LONGEST_NANOS = Duration.ofSeconds(1).toNanos();

  private static final int MOST = 10_000;

  private final Map<Path, Known> known = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  /**
   * @param nanos the time, as {@link System#nanoTime}
   */
  Listings(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private record Stamp(FileTime modified, Optional<Object> key) {}

  private record Known(Stamp stamp, long read, Object found) {}

  /**
   * What is read from a folder.
   *
   * @param type of what is read
   * @param read lists the folder; called when it may have changed since
   */
  <T> T of(Path folder, Class<T> type, Supplier<T> read) {
    Stamp now;
    try {
      BasicFileAttributes attributes = Files.readAttributes(folder, BasicFileAttributes.class);
      now = new Stamp(attributes.lastModifiedTime(), Optional.ofNullable(attributes.fileKey()));
    } catch (IOException gone) {
      return read.get();
    }
    Known last = known.get(folder);
    long begin = nanos.getAsLong();
    if (last != null && begin - last.read < LONGEST_NANOS && last.stamp.equals(now)) {
      return type.cast(last.found);
    }
    boolean settled = System.currentTimeMillis() - now.modified.toMillis() > TICK_MILLIS;
    T found = read.get();
    if (settled && known.size() < MOST) {
      known.put(folder, new Known(now, begin, found));
    }
    return found;
  }
}
