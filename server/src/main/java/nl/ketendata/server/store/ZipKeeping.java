package nl.ketendata.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * Puts a delivery's ZIP aside while its rows are loaded: reads its bytes once, says what they were
 * and has them on the disk for good. A ZIP that is ours already gets a second name instead of being
 * written again.
 */
final class ZipKeeping implements AutoCloseable {
  private static final int BUFFER = 1 << 18;

  private final InputStream zip;
  private final Optional<Path> own;
  private final Path target;
  private final FutureTask<Kept> task = new FutureTask<>((Callable<Kept>) this::keep);
  private volatile boolean cancelled;

  private ZipKeeping(InputStream zip, Optional<Path> own, Path target) {
    this.zip = zip;
    this.own = own;
    this.target = target;
  }

  /**
   * A ZIP that was put aside.
   *
   * @param sha256 of its bytes, in hexadecimal
   */
  record Kept(Path file, String sha256, long bytes) {}

  /**
   * Begins, on a thread of its own.
   *
   * @param zip its bytes
   * @param own the file that has them, when nobody else will change it
   * @param target where to; not there yet
   */
  static ZipKeeping begin(InputStream zip, Optional<Path> own, Path target) {
    ZipKeeping keeping = new ZipKeeping(zip, own, target);
    new Thread(keeping.task, "ketendata-keep-zip").start();
    return keeping;
  }

  private Kept keep() throws IOException {
    boolean linked = own.isPresent() && linked(own.get());
    MessageDigest digest = Disk.sha256();
    byte[] buffer = new byte[BUFFER];
    long bytes = 0;
    try (FileChannel out =
        FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int n = zip.read(buffer); n >= 0 && !cancelled; n = zip.read(buffer)) {
        digest.update(buffer, 0, n);
        bytes += n;
        if (!linked) {
          write(out, ByteBuffer.wrap(buffer, 0, n));
        }
      }
      out.force(true);
    }
    return new Kept(target, HexFormat.of().formatHex(digest.digest()), bytes);
  }

  private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  /** Not every file system can, nor across two of them. */
  private boolean linked(Path file) {
    try {
      Files.createLink(target, file);
      return true;
    } catch (IOException | UnsupportedOperationException cannot) {
      return false;
    }
  }

  /** Waits until it is there. */
  Kept kept() throws IOException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Code.CANCELLED).causedBy(e);
    }
  }

  /** Stops, and waits for that: nothing is written afterwards. */
  @Override
  public void close() {
    cancelled = true;
    try {
      task.get();
    } catch (ExecutionException e) {
      // Nobody wants it any more.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
