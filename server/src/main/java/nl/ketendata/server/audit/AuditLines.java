package nl.ketendata.server.audit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the lines about one organisation as they come, each once. Their numbers say nothing of how
 * many lines there are about others.
 */
public final class AuditLines {
  /** Lines of one month are fewer. */
  private static final long PER_MONTH = 1_000_000_000L;

  private static final int CHUNK = 1 << 16;

  private final AuditLog log;
  private final String organisation;
  private Optional<Path> file = Optional.empty();
  private long offset;
  private long number;

  /**
   * A line about the organisation.
   *
   * @param number ascends; year, month and place in that month
   */
  public record Numbered(
      long number,
      Instant when,
      String act,
      String actor,
      String origin,
      String object,
      String result,
      long rows) {}

  AuditLines(AuditLog log, String organisation) {
    this.log = log;
    this.organisation = organisation;
  }

  /** The number of the last line that was read; 0 before the first. */
  public long last() {
    return number;
  }

  /** Tells the lines that came since the last time, oldest first. */
  public void readOn(Consumer<Numbered> told) throws IOException {
    for (Path next : files()) {
      if (!file.equals(Optional.of(next))) {
        file = Optional.of(next);
        offset = 0;
        number = month(next) * PER_MONTH;
      }
      read(next, told);
    }
  }

  /** The file that is being read and those behind it; also when the former is deleted by now. */
  private List<Path> files() throws IOException {
    return log.files().stream()
        .filter(each -> file.isEmpty() || each.compareTo(file.get()) >= 0)
        .toList();
  }

  private static long month(Path file) {
    return Long.parseLong(file.getFileName().toString().substring(0, 7).replace("-", ""));
  }

  /** A line without an end is still being written. */
  private void read(Path from, Consumer<Numbered> told) throws IOException {
    try (InputStream in = Files.newInputStream(from)) {
      in.skipNBytes(offset);
      byte[] bytes = in.readNBytes(CHUNK);
      while (bytes.length > 0) {
        int end = whole(bytes);
        if (end == 0) {
          byte[] more = in.readNBytes(CHUNK);
          if (more.length == 0) {
            return;
          }
          bytes = joined(bytes, bytes.length, more);
          continue;
        }
        new String(bytes, 0, end, StandardCharsets.UTF_8).lines().forEach(line -> tell(line, told));
        offset += end;
        byte[] more = in.readNBytes(CHUNK);
        byte[] rest = Arrays.copyOfRange(bytes, end, bytes.length);
        bytes = joined(rest, rest.length, more);
        if (more.length == 0 && whole(bytes) == 0) {
          return;
        }
      }
    }
  }

  private static int whole(byte[] bytes) {
    for (int i = bytes.length; i > 0; i--) {
      if (bytes[i - 1] == '\n') {
        return i;
      }
    }
    return 0;
  }

  private static byte[] joined(byte[] one, int length, byte[] other) {
    byte[] both = Arrays.copyOf(one, length + other.length);
    System.arraycopy(other, 0, both, length, other.length);
    return both;
  }

  private void tell(String line, Consumer<Numbered> told) {
    if (!line.contains(organisation)) {
      return;
    }
    Optional<Numbered> about = Line.numbered(line, organisation, number + 1);
    if (about.isPresent()) {
      number++;
      told.accept(about.get());
    }
  }
}
