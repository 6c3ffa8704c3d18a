package nl.ketendata.server.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;

/**
 * Writes deliveries that come over the network to disk, each in a folder of its own, whatever their
 * size. What was cut off, also by the end of this process, leaves nothing behind.
 */
final class Uploads {
  private static final long SPARE_BYTES = 64 << 20;
  private static final int BUFFER = 1 << 16;
  private static final int AT_ONCE = 2;
  private static final int BUSY_SECONDS = 5;

  private final Path folder;
  private final long most;
  private final Map<Gemeente, Semaphore> turns = new ConcurrentHashMap<>();

  /**
   * @param folder of nobody else; what is left there from before is deleted
   * @param most bytes of one delivery
   */
  Uploads(Path folder, long most) {
    this.folder = folder;
    this.most = most;
    delete(folder);
  }

  /**
   * Receives a delivery.
   *
   * @param stated how many bytes there will be, when the sender says so
   * @param soFar told how many bytes have come
   * @throws Failure KD340 when it is too large, KD341 when the sender stops early, KD301 when there
   *     is no room, KD430 when this gemeente hands in too many at once
   */
  Received receive(
      Gemeente gemeente, String name, InputStream body, OptionalLong stated, LongConsumer soFar) {
    refuseTooLarge(name, stated.orElse(0));
    Semaphore turn = turns.computeIfAbsent(gemeente, one -> new Semaphore(AT_ONCE));
    if (!turn.tryAcquire()) {
      throw Failure.of(Code.BUSY, BUSY_SECONDS);
    }
    Path own = folder;
    try {
      Files.createDirectories(folder);
      needSpace(stated.orElse(0));
      own = Files.createTempDirectory(folder, gemeente.id() + "-");
      Path file = file(own, name);
      write(name, body, file, stated, soFar);
      return new Received(file, turn);
    } catch (IOException e) {
      Failure failure = lacksSpace() ? noSpace(0, 0) : notWritable(e);
      release(own, turn);
      throw failure.causedBy(e);
    } catch (RuntimeException | Error e) {
      release(own, turn);
      throw e;
    }
  }

  private void release(Path own, Semaphore turn) {
    turn.release();
    if (!own.equals(folder)) {
      delete(own);
    }
  }

  private void refuseTooLarge(String name, long bytes) {
    if (bytes > most) {
      throw Failure.of(Code.UPLOAD_TOO_LARGE, name, Long.toString(bytes), Long.toString(most));
    }
  }

  private void needSpace(long bytes) throws IOException {
    long free = free();
    if (free < bytes + SPARE_BYTES) {
      throw noSpace(free, bytes);
    }
  }

  private long free() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  private static Failure notWritable(IOException e) {
    String what = e.getClass().getSimpleName() + " " + e.getMessage();
    return Failure.of(Code.NOT_WRITABLE, what);
  }

  /** Whether the disk became full meanwhile: every system says that in words of its own. */
  private boolean lacksSpace() {
    try {
      return free() < BUFFER;
    } catch (IOException e) {
      return false;
    }
  }

  private Failure noSpace(long free, long bytes) {
    String needed = (bytes + SPARE_BYTES >> 20) + " MiB";
    return Failure.of(Code.DISK_SPACE, folder.getFileName(), (free >> 20) + " MiB", needed);
  }

  /** A system whose file names are plain ASCII cannot keep every name. */
  private static Path file(Path own, String name) {
    try {
      return own.resolve(name);
    } catch (InvalidPathException e) {
      throw Failure.of(Code.DELIVERY_FILE_NAME, name).causedBy(e);
    }
  }

  private void write(
      String name, InputStream body, Path file, OptionalLong stated, LongConsumer soFar)
      throws IOException {
    long written = 0;
    byte[] buffer = new byte[BUFFER];
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      for (int n = read(body, buffer, name, written, stated); n >= 0; ) {
        written += n;
        refuseTooLarge(name, written);
        out.write(buffer, 0, n);
        soFar.accept(written);
        n = read(body, buffer, name, written, stated);
      }
    }
    if (stated.isPresent() && written != stated.getAsLong()) {
      throw cut(name, written, stated);
    }
  }

  private static int read(
      InputStream body, byte[] buffer, String name, long written, OptionalLong stated) {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      throw cut(name, written, stated).causedBy(e);
    }
  }

  private static Failure cut(String name, long written, OptionalLong stated) {
    String expected = stated.isPresent() ? Long.toString(stated.getAsLong()) : "?";
    return Failure.of(Code.UPLOAD_CUT, name, Long.toString(written), expected);
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // It takes room only; the next start tries again.
    }
  }

  /** A delivery on disk; deleted with its folder when it is closed. */
  static final class Received implements AutoCloseable {
    private final Path file;
    private final Semaphore turn;

    private Received(Path file, Semaphore turn) {
      this.file = file;
      this.turn = turn;
    }

    /** Under the delivery's own name. */
    Path file() {
      return file;
    }

    @Override
    public void close() {
      turn.release();
      delete(file.getParent());
    }
  }
}
