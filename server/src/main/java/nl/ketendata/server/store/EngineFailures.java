package nl.ketendata.server.store;

import java.nio.file.FileSystemException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/** What the engine's exceptions mean to a caller. */
final class EngineFailures {
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
    int steps = message.indexOf(Code.RECURSION_DEPTH.id() + " ");
    if (steps >= 0) {
      String most = message.substring(steps).replaceAll("(?s)^\\S+ (\\d+).*", "$1");
      return Failure.of(Code.RECURSION_DEPTH, most).causedBy(thrown);
    }
    for (String kind :
        new String[] {"conversion error: ", "out of range error: ", "invalid input error: "}) {
      int at = lower.indexOf(kind);
      if (at >= 0) {
        String detail = message.substring(at + kind.length()).lines().findFirst().orElse("");
        return Failure.of(Code.DATA_VALUE, detail).causedBy(thrown);
      }
    }
    return Failure.internal(thrown);
  }

  /** A file system exception names the file and nothing else in its message. */
  private static boolean notWritable(Throwable thrown, String lower) {
    return thrown instanceof FileSystemException
        || thrown instanceof ReadOnlyFileSystemException
        || lower.contains("permission denied")
        || lower.contains("read-only file system")
        || lower.contains("could not write");
  }
}
