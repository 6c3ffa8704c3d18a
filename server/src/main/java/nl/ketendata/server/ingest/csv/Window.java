package nl.ketendata.server.ingest.csv;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A part of a file in memory that moves on; at least {@code reach} bytes lie ahead, or all. */
final class Window implements Closeable {
  private final InputStream in;
  private final int reach;
  private byte[] bytes;
  private int position;
  private int limit;
  private boolean ended;

  Window(Path file, int reach) throws IOException {
    this.reach = reach;
    this.bytes = new byte[(int) Math.min(Files.size(file) + 1, 4L * reach)];
    this.in = Files.newInputStream(file);
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return position;
  }

  int limit() {
    return limit;
  }

  /** Moves on, and reads on when little is left. */
  void moveTo(int next) throws IOException {
    position = next;
    if (ended || limit - position >= reach) {
      return;
    }
    System.arraycopy(bytes, position, bytes, 0, limit - position);
    limit -= position;
    position = 0;
    int n = in.readNBytes(bytes, limit, bytes.length - limit);
    limit += n;
    ended = limit < bytes.length;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
