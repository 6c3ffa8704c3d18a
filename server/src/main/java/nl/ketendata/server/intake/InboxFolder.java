package nl.ketendata.server.intake;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import nl.ketendata.server.delivery.Archive;

/**
 * One folder of the inbox. Tells which deliveries in it are complete: those that have not changed
 * for a while, by our own clock and not by that of the drive, and that end as a ZIP ends.
 */
final class InboxFolder {
  private final Path folder;
  private final long quiet;
  private final long patience;
  private final LongSupplier nanos;
  private Map<Path, Seen> seen = new HashMap<>();

  /**
   * @param quiet how long a file must not change
   * @param patience how long one may stay that does not end as a ZIP; then it is taken, to be
   *     refused
   * @param nanos a clock that never goes back
   */
  InboxFolder(Path folder, Duration quiet, Duration patience, LongSupplier nanos) {
    this.folder = folder;
    this.quiet = quiet.toNanos();
    this.patience = patience.toNanos();
    this.nanos = nanos;
  }

  /** What is complete now, by name. To be called by one thread at a time. */
  List<Path> complete() throws IOException {
    Map<Path, Seen> now = new HashMap<>();
    List<Path> complete = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, InboxFolder::isDelivery)) {
      for (Path file : files) {
        look(file, now, complete);
      }
    }
    seen = now;
    complete.sort(null);
    return complete;
  }

  private void look(Path file, Map<Path, Seen> now, List<Path> complete) throws IOException {
    try {
      BasicFileAttributes is =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!is.isRegularFile()) {
        return;
      }
      long time = nanos.getAsLong();
      Seen fresh = new Seen(is.size(), is.lastModifiedTime(), time, time);
      Seen before = seen.getOrDefault(file, fresh);
      Seen held = before.same(fresh) ? before : fresh;
      now.put(file, held);
      long still = time - held.since;
      boolean due = time - held.notBefore >= 0 && still >= quiet;
      if (due && (still >= patience || Archive.endsAsZip(file))) {
        complete.add(file);
      }
    } catch (NoSuchFileException gone) {
      // Renamed or taken away meanwhile.
    }
  }

  /** What is on its way ends in .part, .tmp and the like, or is hidden. */
  private static boolean isDelivery(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith(".") && name.toLowerCase(Locale.ROOT).endsWith(".zip");
  }

  /** Leaves a file alone for a while. */
  void later(Path file, Duration pause) {
    Seen held = seen.get(file);
    if (held != null) {
      long notBefore = nanos.getAsLong() + pause.toNanos();
      seen.put(file, new Seen(held.size, held.changed, held.since, notBefore));
    }
  }

  private record Seen(long size, FileTime changed, long since, long notBefore) {
    private boolean same(Seen other) {
      return size == other.size && changed.equals(other.changed);
    }
  }
}
