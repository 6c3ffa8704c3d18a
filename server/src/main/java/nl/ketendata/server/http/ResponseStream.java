package nl.ketendata.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;

/** Writes straight to the connection and waits until it is taken. */
final class ResponseStream extends OutputStream {
  private final Response response;
  private boolean broken;

  ResponseStream(Response response) {
    this.response = response;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    write(false, ByteBuffer.wrap(bytes, offset, length));
  }

  /** Sends the end of the answer, by which the client knows that it is whole. */
  void finish(ByteBuffer rest) throws IOException {
    write(true, rest);
  }

  /** Whether the client was found to be gone. */
  boolean broken() {
    return broken;
  }

  private void write(boolean last, ByteBuffer bytes) throws IOException {
    try {
      Content.Sink.write(response, last, bytes);
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }
}
