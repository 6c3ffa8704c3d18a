package nl.ketendata.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Response;

/** The bytes of an answer on their way to the connection, taken down when somebody wants that. */
final class ResponseStream extends OutputStream {
  private final Response response;
  private final Outflow outflow;
  private Optional<Recording> recording = Optional.empty();
  private Supplier<Optional<Map<String, String>>> kept = Optional::empty;
  private Runnable beforeEnd = () -> {};

  ResponseStream(Response response, Outflow outflow) {
    this.response = response;
    this.outflow = outflow;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; done += Outflow.PIECE) {
      int size = Math.min(Outflow.PIECE, length - done);
      write(ByteBuffer.wrap(bytes, offset + done, size));
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

  /**
   * Takes down what is sent from here on.
   *
   * @param headers asked for at the end; nothing when the answer is not to be kept after all
   */
  void record(Recording to, Supplier<Optional<Map<String, String>>> headers) {
    recording = Optional.of(to);
    kept = headers;
  }

  Optional<Recording> recording() {
    return recording;
  }

  /**
   * @param then run before anything leaves by which the client knows that the answer is whole
   */
  void beforeEnd(Runnable then) {
    beforeEnd = then;
  }

  /** Sends a body whose length is announced, to its end, and closes it. */
  void send(ReadableByteChannel body, long length) {
    beforeEnd.run();
    outflow.pour(new KeptBody(body, length));
  }

  /**
   * Sends the end of the answer, by which the client knows that it is whole. It is kept by then:
   * when the same client asks again at once, it is there.
   */
  void finish(ByteBuffer rest) throws IOException {
    beforeEnd.run();
    if (isHead() && !rest.hasRemaining()) {
      // Were it the last write, Jetty would announce a length of nothing.
      write(rest);
    }
    recording.ifPresent(
        to -> {
          to.write(rest);
          kept.get().ifPresent(to::complete);
        });
    outflow.push(rest, true);
  }

  /** See {@link Outflow#whenSent}. */
  void whenSent(Consumer<Optional<Throwable>> then) {
    outflow.whenSent(then);
  }

  private boolean isHead() {
    return response.getRequest().getMethod().equals("HEAD");
  }

  /** Whether the client was found to be gone. */
  boolean broken() {
    return outflow.broken();
  }

  /** Sends nothing more; what was not completed leaves nothing behind. */
  void release() {
    recording.ifPresent(Recording::discard);
    outflow.close();
  }

  private void write(ByteBuffer bytes) throws IOException {
    recording.ifPresent(to -> to.write(bytes));
    outflow.push(bytes, false);
  }
}
