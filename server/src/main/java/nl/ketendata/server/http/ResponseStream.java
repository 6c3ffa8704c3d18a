package nl.ketendata.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.Response;

/** Writes straight to the connection and waits until it is taken. */
final class ResponseStream extends OutputStream {
  private static final int PIECE = 128 * 1024;

  private final Response response;
  private final Pace.Watched watch;
  private Optional<Recording> recording = Optional.empty();
  private boolean broken;

  /**
   * @param watch cuts the connection of a client that takes too long
   */
  ResponseStream(Response response, Pace.Watched watch) {
    this.response = response;
    this.watch = watch;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /** In pieces: the JDK keeps a direct buffer as large as the largest write of each thread. */
  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; done += PIECE) {
      write(false, ByteBuffer.wrap(bytes, offset + done, Math.min(PIECE, length - done)));
    }
  }

  /**
   * To be called before an answer begins whose length is not known. Jetty chunks it by itself,
   * except for a client that wants the connection closed; but then a cut would look like an end.
   */
  void announceChunks() {
    HttpVersion version = response.getRequest().getConnectionMetaData().getHttpVersion();
    if (version == HttpVersion.HTTP_1_1
        && !response.getHeaders().contains(HttpHeader.CONTENT_LENGTH)) {
      response.getHeaders().put(HttpHeader.TRANSFER_ENCODING, "chunked");
    }
  }

  /** Takes down what is sent from here on. */
  void record(Recording to) {
    recording = Optional.of(to);
  }

  Optional<Recording> recording() {
    return recording;
  }

  /**
   * Sends a body whose length is announced, to its end.
   *
   * @throws IOException also when the body is shorter than that
   */
  void send(ReadableByteChannel body, long length) throws IOException {
    RetainableByteBuffer pooled =
        response.getRequest().getComponents().getByteBufferPool().acquire(PIECE, true);
    try {
      ByteBuffer piece = pooled.getByteBuffer();
      for (long left = length; left > 0; ) {
        piece.clear().limit((int) Math.min(PIECE, left));
        if (body.read(piece) <= 0) {
          throw new IOException("The kept answer ends early");
        }
        piece.flip();
        int size = piece.remaining();
        write(left == size, piece);
        left -= size;
      }
    } finally {
      pooled.release();
    }
  }

  /** Sends the end of the answer, by which the client knows that it is whole. */
  void finish(ByteBuffer rest) throws IOException {
    if (isHead() && !rest.hasRemaining()) {
      // Were it the last write, Jetty would announce a length of nothing.
      write(false, rest);
    }
    write(true, rest);
  }

  private boolean isHead() {
    return response.getRequest().getMethod().equals("HEAD");
  }

  /** Whether the client was found to be gone. */
  boolean broken() {
    return broken;
  }

  private void write(boolean last, ByteBuffer bytes) throws IOException {
    recording.ifPresent(to -> to.write(bytes));
    watch.waits(bytes.remaining());
    try {
      Content.Sink.write(response, last, bytes);
    } catch (IOException e) {
      broken = true;
      throw e;
    } finally {
      watch.moved();
    }
  }
}
