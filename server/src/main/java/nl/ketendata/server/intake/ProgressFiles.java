package nl.ketendata.server.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import nl.ketendata.schema.Product;
import nl.ketendata.server.policy.Gemeente;

/**
 * How a process tells others how far a delivery is: a small file in {@code voortgang} in the data
 * folder for each that is being taken in. It holds what the stream of progress shows, and nothing
 * of the data. It stays for a minute after the end, so that whoever looks sees the end too; of a
 * process that was killed it stays until then as well.
 */
public final class ProgressFiles {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration STAYS = Duration.ofMinutes(1);

  private final Path folder;
  private final Clock clock;

  /**
   * @param data the data folder
   */
  public ProgressFiles(Path data, Clock clock) {
    this.folder = data.resolve("voortgang");
    this.clock = clock;
  }

  /**
   * A step of a delivery that another process takes in.
   *
   * @param key name of the file
   */
  private record Elsewhere(Object key, long changes, Step step) implements Followed {
    @Override
    public boolean ended() {
      return UnderWay.isEnd(step.fase());
    }
  }

  /** What is in a file. */
  private record Told(long changes, Step step) {}

  Path file(Gemeente gemeente, Product product, long process) {
    return folder.resolve(prefix(gemeente, product) + process + ".json");
  }

  private static String prefix(Gemeente gemeente, Product product) {
    return gemeente.id() + "-" + product.id() + "-";
  }

  /** Writes how far a delivery is; the file is whole at any moment. */
  void write(Path file, long changes, Step step) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder);
    }
    Path whole = file.resolveSibling(file.getFileName() + ".nieuw");
    Files.write(whole, JSON.writeValueAsBytes(new Told(changes, step)));
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Those of a gemeente and product; what nobody writes any more is deleted. */
  List<Followed> at(Gemeente gemeente, Product product) {
    List<Followed> found = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return found;
    }
    String mine = prefix(gemeente, product) + "*.json";
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, mine)) {
      for (Path file : files) {
        look(file, found);
      }
    } catch (IOException e) {
      // Whoever looks at progress must not be stopped by it.
    }
    return found;
  }

  private void look(Path file, List<Followed> found) throws IOException {
    try {
      Instant written = Files.getLastModifiedTime(file).toInstant();
      if (written.isBefore(clock.instant().minus(STAYS))) {
        Files.delete(file);
        return;
      }
      Told told = JSON.readValue(Files.readAllBytes(file), Told.class);
      found.add(new Elsewhere(file.getFileName().toString(), told.changes, told.step));
    } catch (NoSuchFileException gone) {
      // Another one was faster.
    }
  }
}
