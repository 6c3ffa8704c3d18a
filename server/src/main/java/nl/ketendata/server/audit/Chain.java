package nl.ketendata.server.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Follows the hashes from line to line. */
final class Chain {
  private static final int MOST_FAULTS = 10;

  private final List<String> faults = new ArrayList<>();
  private Optional<String> before = Optional.empty();
  private long lines;

  private Chain() {}

  static AuditLog.Checked of(List<Path> files) throws IOException {
    Chain chain = new Chain();
    for (Path file : files) {
      chain.follow(file);
    }
    return new AuditLog.Checked(chain.lines, chain.before.orElse(""), List.copyOf(chain.faults));
  }

  private void follow(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        lines++;
        Optional<String> said = Line.before(line);
        boolean fits = said.isPresent() && before.map(said.get()::equals).orElse(true);
        if (!fits && faults.size() < MOST_FAULTS) {
          faults.add(file.getFileName() + ":" + number);
        }
        before = Optional.of(Line.hash(line));
      }
    }
  }
}
