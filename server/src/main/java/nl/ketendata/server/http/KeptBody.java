package nl.ketendata.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** The body of an answer that was given before, on its way once more. */
final class KeptBody implements Outflow.Backlog {
  private final ReadableByteChannel body;
  private long left;

  /**
   * @param length of the body, which was announced
   */
  KeptBody(ReadableByteChannel body, long length) {
    this.body = body;
    this.left = length;
  }

  @Override
  public void read(ByteBuffer into) throws IOException {
    into.limit((int) Math.min(into.limit(), into.position() + left));
    if (body.read(into) <= 0) {
      throw new IOException("The kept answer ends early");
    }
    left -= into.position();
  }

  @Override
  public boolean isEmpty() {
    return left == 0;
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
