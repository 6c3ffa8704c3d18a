package nl.ketendata.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The body of an answer. Nothing leaves before 64 kB are there or a head asks for it, so a failure
 * early on can still become a proper refusal.
 *
 * <p>Closing does not end the answer: a {@code try} block closes its stream also when an exception
 * passes, and then the client must not see a proper end. {@link #finish()} ends it, after the head
 * has returned.
 */
final class AnswerStream extends OutputStream {
  private static final int BUFFER = 64 * 1024;
  private static final int LARGE = BUFFER / 2;
  private static final int LEAST_TO_PACK = 1024;

  private final byte[] buffer = new byte[BUFFER];
  private final ResponseStream response;
  private final HttpFields.Mutable headers;
  private final Coding coding;
  private final Packers packers;
  private final Map<String, String> own;
  private final Runnable begin;
  private OutputStream sink;
  private Packed packed;
  private int count;
  private boolean begun;
  private boolean closed;

  /**
   * @param headers of the response, not sent yet
   * @param coding that the client wants
   * @param own the headers that the head gave
   * @param begin puts status and headers into place; run once, right before they are sent
   */
  AnswerStream(
      ResponseStream response,
      HttpFields.Mutable headers,
      Coding coding,
      Packers packers,
      Map<String, String> own,
      Runnable begin) {
    this.response = response;
    this.headers = headers;
    this.coding = coding;
    this.packers = packers;
    this.own = own;
    this.begin = begin;
    this.sink = response;
  }

  @Override
  public void write(int b) throws IOException {
    refuseWhenClosed();
    if (count == BUFFER) {
      drain();
    }
    buffer[count++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    refuseWhenClosed();
    if (length > BUFFER - count) {
      drain();
    }
    // Whoever comes with a buffer of its own need not have it copied into ours.
    if (begun && count == 0 && length >= LARGE) {
      sink.write(bytes, offset, length);
      return;
    }
    System.arraycopy(bytes, offset, buffer, count, length);
    count += length;
  }

  @Override
  public void flush() throws IOException {
    if (closed) {
      return;
    }
    drain();
    sink.flush();
  }

  @Override
  public void close() {
    closed = true;
  }

  Map<String, String> headers() {
    return own;
  }

  boolean closed() {
    return closed;
  }

  boolean committed() {
    return begun;
  }

  /** Ends the answer. */
  void finish() throws IOException {
    if (!begun) {
      start(count >= LEAST_TO_PACK);
    }
    if (packed == null) {
      response.finish(ByteBuffer.wrap(buffer, 0, count));
      return;
    }
    packed.write(buffer, 0, count);
    packed.finish();
    packed.release();
    response.finish(ByteBuffer.allocate(0));
  }

  /** Lets go of what it holds; the answer stays without an end. */
  void release() {
    if (packed != null) {
      packed.release();
    }
  }

  private void drain() throws IOException {
    if (!begun) {
      start(true);
      response.announceChunks();
    }
    sink.write(buffer, 0, count);
    count = 0;
  }

  private void start(boolean pack) throws IOException {
    begun = true;
    begin.run();
    if (!Coding.isWorthwhile(headers)) {
      return;
    }
    headers.put(HttpHeader.VARY, vary());
    if (pack && coding != Coding.IDENTITY) {
      headers.remove(HttpHeader.CONTENT_LENGTH);
      headers.put(HttpHeader.CONTENT_ENCODING, coding.token());
      weakenTag();
      response.announceChunks();
      packed = coding.onto(response, packers);
      sink = packed;
    }
  }

  /** What the head says that the answer depends on, and the coding. */
  private String vary() {
    String said = headers.get(HttpHeader.VARY);
    return said == null ? "Accept-Encoding" : said + ", Accept-Encoding";
  }

  /** The packed bytes are other bytes than those that a strong tag vouches for. */
  private void weakenTag() {
    HttpField tag = headers.getField(HttpHeader.ETAG);
    if (tag != null && !tag.getValue().startsWith("W/")) {
      headers.put(HttpHeader.ETAG, "W/" + tag.getValue());
    }
  }

  private void refuseWhenClosed() throws IOException {
    if (closed) {
      throw new IOException("The answer is complete");
    }
  }
}
