package nl.ketendata.server.store;

import java.nio.file.FileSystemException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Words;

/** What the engine's exceptions mean to a caller. */
final class EngineFailures {
  /** The name under which the store attaches a version. */
  private static final Pattern VERSION = Pattern.compile("(GM[0-9]{4})_(ijw|iwmo)_([0-9]+)");

  /**
   * What the engine puts before its messages. The first one counts: behind it may stand what a
   * caller or a delivery wrote, and that may read like any other fault.
   */
  private static final Pattern KIND =
      Pattern.compile("\\b([A-Z][A-Za-z]*(?: [A-Za-z]+){0,2}) Error: ");

  private static final Set<String> OF_A_VALUE =
      Set.of("Conversion", "Out of Range", "Invalid Input");

  /** Of a statement that we made: it quotes that, or values, and says nothing of the store. */
  private static final Set<String> OF_A_STATEMENT =
      Set.of("Binder", "Parser", "Catalog", "Constraint", "Not implemented");

  private static final String NEGATIVE_LIMIT = "LIMIT/OFFSET cannot be negative";

  private EngineFailures() {}

  /** The engine prefixes its messages with their kind; anything unexpected is a fault of ours. */
  static Failure of(Throwable thrown) {
    if (thrown instanceof Failure failure) {
      return failure;
    }
    String message = String.valueOf(thrown.getMessage());
    Matcher kind = KIND.matcher(message);
    if (!kind.find()) {
      return ofTheStore(thrown, message);
    }
    String text = message.substring(kind.end());
    if (OF_A_VALUE.contains(kind.group(1))) {
      return ofAValue(text).causedBy(thrown);
    }
    if (OF_A_STATEMENT.contains(kind.group(1))) {
      return text.startsWith(NEGATIVE_LIMIT)
          ? Failure.of(
                  Code.DATA_VALUE,
                  new Words("LIMIT en OFFSET zijn 0 of meer", "LIMIT and OFFSET are 0 or more"))
              .causedBy(thrown)
          : Failure.internal(thrown);
    }
    return ofTheStore(thrown, message);
  }

  /** Our own statements raise the limits of a recursion so. */
  private static Failure ofAValue(String text) {
    for (Code code : new Code[] {Code.RECURSION_DEPTH, Code.RECURSION_TEXT}) {
      if (text.startsWith(code.id() + " ")) {
        return Failure.of(code, text.replaceAll("(?s)^\\S+ (\\d+).*", "$1"));
      }
    }
    return Failure.of(Code.DATA_VALUE, EngineTexts.said(firstLine(text)));
  }

  private static Failure ofTheStore(Throwable thrown, String message) {
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
    Matcher kind = KIND.matcher(message);
    return kind.find()
        ? kind.group(1).equals("FATAL")
        : message.contains("database has been invalidated");
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
