package nl.ketendata.server.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Knows when the last byte of a body has been read. */
final class Received extends FilterInputStream {
  private final Runnable whole;
  private long left;

  /**
   * @param length of the body; negative when it is not announced
   * @param whole told when nothing is left
   */
  Received(InputStream body, long length, Runnable whole) {
    super(body);
    this.left = length < 0 ? Long.MAX_VALUE : length;
    this.whole = whole;
  }

  @Override
  public int read() throws IOException {
    int read = in.read();
    count(read < 0 ? read : 1);
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = in.read(bytes, offset, length);
    count(read);
    return read;
  }

  private void count(int read) {
    left = read < 0 ? 0 : left - read;
    if (left <= 0) {
      whole.run();
    }
  }

  @Override
  public long skip(long count) throws IOException {
    throw new IOException("A body is read, not skipped");
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
