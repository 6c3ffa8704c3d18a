package nl.ketendata.server.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Watches the highest number of bytes that the files in a folder have together. */
final class DiskWatch implements AutoCloseable {
  private static final long LOOK_MILLIS = 50;

  private final Path folder;
  private final Thread watch = new Thread(this::watch, "bench-disk-watch");
  private volatile long peak;

  private DiskWatch(Path folder) {
    this.folder = folder;
    watch.setDaemon(true);
    watch.start();
  }

  static DiskWatch of(Path folder) {
    return new DiskWatch(folder);
  }

  private void watch() {
    try {
      while (true) {
        look();
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try (Stream<Path> files = Files.walk(folder)) {
      long bytes = files.mapToLong(DiskWatch::bytes).sum();
      peak = Math.max(peak, bytes);
    } catch (IOException | UncheckedIOException changing) {
      // Not there yet, or a file went between two looks.
    }
  }

  private static long bytes(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (IOException gone) {
      return 0;
    }
  }

  /** Bytes. */
  long peak() {
    return peak;
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
