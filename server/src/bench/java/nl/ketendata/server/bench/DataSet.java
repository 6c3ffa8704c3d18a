package nl.ketendata.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * An invented delivery, and the data folder that it makes. Made once for each size; a later run
 * finds it again.
 *
 * @param zip the delivery
 * @param folder the data folder
 */
record DataSet(Path zip, Path folder) {
  static final String GEMEENTE = "GM9030";

  static DataSet of(BenchSettings settings, long messages) throws Exception {
    Path home = settings.work().resolve("berichten-" + messages);
    Path folder = home.resolve("data");
    if (!Files.exists(home.resolve("compleet"))) {
      delete(home);
      Path zip = generate(settings, GEMEENTE, messages, home.resolve("leveringen"));
      ingest(settings, GEMEENTE, zip, folder).close();
      Files.createFile(home.resolve("compleet"));
    }
    return new DataSet(zip(home.resolve("leveringen")), folder);
  }

  static Path generate(BenchSettings settings, long messages, Path out) throws Exception {
    return generate(settings, GEMEENTE, messages, out);
  }

  static Path generate(BenchSettings settings, String gemeente, long messages, Path out)
      throws Exception {
    try (Child child =
        Child.jar(
            settings,
            "512m",
            "generate",
            "--gemeente",
            gemeente,
            "--berichten",
            Long.toString(messages),
            "--out",
            out.toString())) {
      child.finish();
    }
    return zip(out);
  }

  static Child ingest(BenchSettings settings, Path zip, Path folder) throws Exception {
    return ingest(settings, GEMEENTE, zip, folder);
  }

  /** Takes a delivery in, in a child of 512 MB heap. */
  static Child ingest(BenchSettings settings, String gemeente, Path zip, Path folder)
      throws Exception {
    Child child =
        Child.jar(
            settings,
            "512m",
            "ingest",
            "--json",
            "--data",
            folder.toString(),
            "--gemeente",
            gemeente,
            zip.toString());
    child.finish();
    return child;
  }

  static Path zip(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".zip")).findFirst().orElseThrow();
    }
  }

  /** The file of the newest version. */
  Path version() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("gemeenten/" + GEMEENTE + "/ijw"))) {
      return files
          .filter(file -> file.toString().endsWith(".duckdb"))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
