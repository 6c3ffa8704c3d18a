package nl.ketendata.server.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The audit log of a data folder: {@code audit/2026-11.jsonl}, a file per month, which only the
 * owner may read. Several processes may write; the chain runs on over months.
 */
public final class AuditLog implements Auditor, AutoCloseable {
  /** Before the very first line. */
  private static final String NOTHING = "";

  private static final Pattern NAME = Pattern.compile("[0-9]{4}-[0-9]{2}\\.jsonl");

  private final Path folder;
  private final Clock clock;
  private final Consumer<Exception> broken;
  private final BooleanSupplier there;
  private Optional<OpenMonth> month = Optional.empty();

  /**
   * @param data the data folder; need not exist
   * @param broken told when something could not be written down
   */
  public AuditLog(Path data, Clock clock, Consumer<Exception> broken) {
    this(data, clock, broken, () -> true);
  }

  /**
   * @param there whether the data folder is; otherwise nothing is made in its place
   */
  public AuditLog(Path data, Clock clock, Consumer<Exception> broken, BooleanSupplier there) {
    this.there = there;
    this.folder = data.resolve("audit");
    this.clock = clock;
    this.broken = broken;
  }

  @Override
  public synchronized void record(Entry entry) {
    try {
      append(entry);
    } catch (IOException e) {
      close();
      broken.accept(e);
    }
  }

  private void append(Entry entry) throws IOException {
    if (!there.getAsBoolean()) {
      throw new NoSuchFileException(folder.toString());
    }
    Instant now = clock.instant();
    Path file = folder.resolve(YearMonth.from(now.atOffset(ZoneOffset.UTC)) + ".jsonl");
    UnaryOperator<String> line = before -> Line.of(entry, now, before);
    if (month.isEmpty() || !month.get().is(file) || !written(month.get(), line)) {
      close();
      OpenMonth opened = OpenMonth.of(file);
      month = Optional.of(opened);
      if (!opened.append(this::lastHash, line)) {
        throw new NoSuchFileException(file.toString());
      }
    }
  }

  /** Not when the file was taken away under us: then there is another one to begin. */
  private boolean written(OpenMonth open, UnaryOperator<String> line) throws IOException {
    try {
      return open.append(this::lastHash, line);
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  /** Lets go of the file; the next line opens it again. */
  @Override
  public synchronized void close() {
    try {
      if (month.isPresent()) {
        month.get().close();
      }
    } catch (IOException e) {
      broken.accept(e);
    } finally {
      month = Optional.empty();
    }
  }

  private String lastHash() throws IOException {
    String found = NOTHING;
    List<Path> files = files();
    for (int i = files.size() - 1; i >= 0 && found.isEmpty(); i--) {
      try (BufferedReader lines = Files.newBufferedReader(files.get(i))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          found = Line.hash(line);
        }
      }
    }
    return found;
  }

  /** Reads the lines about an organisation one after the other, as they come. */
  public AuditLines about(String organisation) {
    return new AuditLines(this, organisation);
  }

  /** The month of the oldest lines that are kept; empty when there are none. */
  public String oldest() throws IOException {
    return files().stream().findFirst().map(file -> file.getFileName().toString()).orElse("");
  }

  List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }

  /** Deletes the months that ended longer ago than is kept. */
  public void deleteOld(Duration keep) throws IOException {
    Instant limit = clock.instant().minus(keep);
    for (Path file : files()) {
      YearMonth month = YearMonth.parse(file.getFileName().toString().substring(0, 7));
      Instant end = month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
      if (end.isBefore(limit)) {
        Files.delete(file);
      }
    }
  }

  /**
   * Writes the lines about an organisation, oldest first, as they are, but for this: of a line that
   * is about several organisations nobody sees which the others are.
   *
   * @param organisation its identifier in upper case; empty for those about the installation
   */
  public void copy(String organisation, Period period, OutputStream out) throws IOException {
    write(organisation, period, line -> line, out);
  }

  /** The same as a table in CSV, for a spreadsheet. */
  public void copyTable(String organisation, Period period, OutputStream out) throws IOException {
    out.write((Line.CSV_HEADER + "\r\n").getBytes(StandardCharsets.UTF_8));
    write(organisation, period, line -> Line.csv(line) + "\r", out);
  }

  private void write(
      String organisation, Period period, UnaryOperator<String> form, OutputStream out)
      throws IOException {
    for (Path file : files()) {
      try (BufferedReader lines = Files.newBufferedReader(file)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (Line.isAbout(line, organisation) && Line.isIn(line, period)) {
            String shown = Line.aboutOnly(line, organisation);
            out.write((form.apply(shown) + "\n").getBytes(StandardCharsets.UTF_8));
          }
        }
      }
    }
  }

  /**
   * What a check of the chain found.
   *
   * @param lines that were looked at
   * @param last hash of the last one; kept elsewhere it shows whether lines were taken off the end
   * @param faults places where the chain is broken, {@code 2026-11.jsonl:17}
   */
  public record Checked(long lines, String last, List<String> faults) {}

  /** Follows the chain. What was before the oldest line that is kept cannot be told. */
  public Checked check() throws IOException {
    return Chain.of(files());
  }
}
