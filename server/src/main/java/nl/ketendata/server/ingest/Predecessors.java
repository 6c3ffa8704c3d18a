package nl.ketendata.server.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;

/**
 * The gemeenten that a gemeente was made from, one code a line in {@code
 * gemeenten/GM9030/voorgangers.txt}: their codes may stand in its deliveries.
 */
public final class Predecessors {
  private Predecessors() {}

  /** The codes in the file; none when it is not there. */
  static Set<String> of(Path data, Gemeente gemeente) {
    Path file = file(data, gemeente);
    if (!Files.exists(file)) {
      return Set.of();
    }
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> line.matches("[0-9]{4}"))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw Failure.of(Code.NO_SUCH_FILE, file).causedBy(e);
    }
  }

  /** Allows the code of another gemeente in the deliveries of one. */
  public static void add(Path data, Gemeente gemeente, Gemeente predecessor) {
    Set<String> codes = new TreeSet<>(of(data, gemeente));
    codes.add(predecessor.code());
    Path file = file(data, gemeente);
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, codes);
    } catch (IOException e) {
      throw Failure.of(Code.NO_SUCH_FILE, file).causedBy(e);
    }
  }

  private static Path file(Path data, Gemeente gemeente) {
    return data.resolve("gemeenten").resolve(gemeente.id()).resolve("voorgangers.txt");
  }
}
