package nl.ketendata.server.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * The deliveries that the words of a command line mean: a file, a folder with them, or a pattern,
 * which not every shell takes apart before a program sees it.
 */
final class DeliveryFiles {
  private static final String SUFFIX = ".zip";

  private DeliveryFiles() {}

  /**
   * The files, each word's by name. A file that is not there is one too: it is refused when its
   * turn comes.
   *
   * @throws Failure KD118 when a folder or pattern holds none
   */
  static List<Path> of(List<String> words) {
    List<Path> files = new ArrayList<>();
    for (String word : words) {
      files.addAll(of(word));
    }
    return files;
  }

  private static List<Path> of(String word) {
    int pattern = Math.max(word.indexOf('*'), word.indexOf('?'));
    if (pattern >= 0 && !isFile(word)) {
      int slash = Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\'));
      if (pattern < slash) {
        throw Failure.of(Code.NO_DELIVERIES, word);
      }
      Path folder = Path.of(slash < 0 ? "." : word.substring(0, slash + 1));
      return list(folder, word.substring(slash + 1), word);
    }
    Path path = path(word);
    return Files.isDirectory(path) ? list(path, "*", word) : List.of(path);
  }

  private static boolean isFile(String word) {
    try {
      return Files.exists(Path.of(word));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static Path path(String word) {
    try {
      return Path.of(word);
    } catch (InvalidPathException e) {
      throw Failure.of(Code.NO_SUCH_FILE, word).causedBy(e);
    }
  }

  private static List<Path> list(Path folder, String pattern, String word) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
      for (Path file : found) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(SUFFIX) && Files.isRegularFile(file)) {
          files.add(file);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw Failure.of(Code.NO_SUCH_FILE, word).causedBy(e);
    }
    if (files.isEmpty()) {
      throw Failure.of(Code.NO_DELIVERIES, word);
    }
    files.sort(null);
    return files;
  }
}
