package nl.ketendata.server.intake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folders {@code geweigerd} in the inbox: what was refused, with the reason beside it. It may
 * hold what should never have been sent, such as readable numbers of citizens, and so is not kept
 * for long.
 */
final class Quarantine {
  private static final String FOLDER = "geweigerd";

  /** Enough to see what went wrong. */
  private static final Duration WITH_BSNS = Duration.ofDays(1);

  private static final String REPORT = ".verslag.json";

  /** {@code inbox/GM9030/ijw/geweigerd/naam.zip}. */
  private static final int DEPTH = 4;

  private final Path inbox;
  private final Duration keep;
  private final Clock clock;

  /**
   * @param keep how long a refused delivery stays
   */
  Quarantine(Path inbox, Duration keep, Clock clock) {
    this.inbox = inbox;
    this.keep = keep;
    this.clock = clock;
  }

  /**
   * Puts a file aside. A second one of the same name does not take the place of the first.
   *
   * @param withBsns whether readable numbers of citizens are in it: then it goes after a day
   */
  void put(Path file, String report, boolean withBsns) throws IOException {
    Path folder = Files.createDirectories(file.resolveSibling(FOLDER));
    Path target = free(folder, file.getFileName().toString());
    Path beside = target.resolveSibling(target.getFileName() + REPORT);
    Files.write(beside, report.getBytes(StandardCharsets.UTF_8));
    Files.move(file, target);
    Files.setLastModifiedTime(target, since(withBsns));
    Files.setLastModifiedTime(beside, since(false));
  }

  /** What is deleted after a day was put here long ago, as it were. */
  private FileTime since(boolean withBsns) {
    boolean shorter = withBsns && keep.compareTo(WITH_BSNS) > 0;
    Instant now = clock.instant();
    return FileTime.from(shorter ? now.minus(keep).plus(WITH_BSNS) : now);
  }

  private static Path free(Path folder, String name) {
    Path target = folder.resolve(name);
    String stem = name.substring(0, name.length() - ".zip".length());
    for (int i = 2; Files.exists(target); i++) {
      target = folder.resolve(stem + "." + i + ".zip");
    }
    return target;
  }

  /** Deletes what has been here long enough. */
  void deleteOld() throws IOException {
    Instant limit = clock.instant().minus(keep);
    for (Path file : files()) {
      if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
        Files.delete(file);
      }
    }
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(inbox)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(inbox, DEPTH)) {
      return paths
          .filter(path -> path.getParent().endsWith(FOLDER) && Files.isRegularFile(path))
          .toList();
    }
  }
}
