package nl.ketendata.server.store;

import java.nio.file.FileSystemException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/** What the engine's exceptions mean to a caller. */
final class EngineFailures {
  /** The name under which the store attaches a version. */
  private static final Pattern VERSION = Pattern.compile("(GM[0-9]{4})_(ijw|iwmo)_([0-9]+)");

  private EngineFailures() {}

  /** The engine prefixes its messages with their kind; anything unexpected is a fault of ours. */
  static Failure of(Throwable thrown) {
    if (thrown instanceof Failure failure) {
      return failure;
    }
    String message = String.valueOf(thrown.getMessage());
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("no space left") || lower.contains("file too large")) {
      return Failure.of(Code.DISK_FULL, message).causedBy(thrown);
    }
    if (isDamage(lower)) {
      return Failure.of(Code.STORE_DAMAGED, "-", firstLine(message)).causedBy(thrown);
    }
    if (notWritable(thrown, lower)) {
      return Failure.of(Code.NOT_WRITABLE, thrown.getClass().getSimpleName() + " " + message)
          .causedBy(thrown);
    }
    if (lower.contains("interrupt")) {
      return Failure.of(Code.CANCELLED).causedBy(thrown);
    }
    if (lower.contains("out of memory")) {
      return Failure.of(Code.OUT_OF_MEMORY).causedBy(thrown);
    }
    for (Code code : new Code[] {Code.RECURSION_DEPTH, Code.RECURSION_TEXT}) {
      int at = message.indexOf(code.id() + " ");
      if (at >= 0) {
        String most = message.substring(at).replaceAll("(?s)^\\S+ (\\d+).*", "$1");
        return Failure.of(code, most).causedBy(thrown);
      }
    }
    for (String kind :
        new String[] {"conversion error: ", "out of range error: ", "invalid input error: "}) {
      int at = lower.indexOf(kind);
      if (at >= 0) {
        String said = firstLine(message.substring(at + kind.length()));
        return Failure.of(Code.DATA_VALUE, EngineTexts.said(said)).causedBy(thrown);
      }
    }
    return Failure.internal(thrown);
  }

  /**
   * What an exception of a statement means; damage is told with the versions that it asked.
   *
   * @param sql the statement, in which versions have their own names
   */
  static Failure of(Throwable thrown, String sql) {
    Failure failure = of(thrown);
    if (failure.code() != Code.STORE_DAMAGED) {
      return failure;
    }
    String versions =
        VERSION
            .matcher(sql)
            .results()
            .map(found -> found.group(1) + " " + found.group(2) + " versie " + found.group(3))
            .distinct()
            .collect(Collectors.joining(", "));
    return Failure.of(Code.STORE_DAMAGED, versions, firstLine(String.valueOf(thrown.getMessage())))
        .causedBy(thrown);
  }

  /** A block on disk is not what was written there; only statements that read it fail. */
  private static boolean isDamage(String lower) {
    return lower.contains("data corruption error") || lower.contains("corrupt database file");
  }

  /** Whether the engine answers nothing any more, whatever it is asked. */
  static boolean isLost(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    return message.contains("database has been invalidated") || message.contains("FATAL Error");
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  /** A file system exception names the file and nothing else in its message. */
  private static boolean notWritable(Throwable thrown, String lower) {
    return thrown instanceof FileSystemException
        || thrown instanceof ReadOnlyFileSystemException
        || lower.contains("input/output error")
        || lower.contains("permission denied")
        || lower.contains("read-only file system")
        || lower.contains("could not write");
  }
}
