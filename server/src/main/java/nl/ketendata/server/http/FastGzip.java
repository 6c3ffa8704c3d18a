package nl.ketendata.server.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import nl.ketendata.server.http.deflate.Deflate;

/**
 * Gzip, packed in blocks by several threads, since one packs less than rows come at. Each block
 * looks back into the one before, and what they become is put together in order, so that the result
 * is one ordinary gzip member (as {@code pigz} does it).
 *
 * <p>Ours, because Jetty's GzipHandler is deprecated in 12.1 and neither it nor its successor packs
 * on more than one thread.
 */
final class FastGzip extends Packed {
  private static final int WINDOW = Deflate.WINDOW;

  /** Blocks that are packed at the same time, for one answer. */
  private static final int AHEAD = 4;

  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, (byte) 0xff};

  private final OutputStream out;
  private final Packers packers;
  private final CRC32 crc = new CRC32();
  private final Deque<Future<byte[]>> ahead = new ArrayDeque<>();

  /** What comes before the block, and the block. */
  private byte[] block = new byte[WINDOW + Packers.BLOCK];

  private int begin;
  private int count;
  private long total;
  private boolean begun;

  FastGzip(OutputStream out, Packers packers) {
    this.out = out;
    this.packers = packers;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    int until = offset + length;
    while (from < until) {
      int part = Math.min(until - from, Packers.BLOCK - count);
      System.arraycopy(bytes, from, block, begin + count, part);
      count += part;
      from += part;
      if (count == Packers.BLOCK) {
        pack(false);
      }
    }
  }

  @Override
  public void flush() throws IOException {
    if (count > 0) {
      pack(false);
    }
    while (!ahead.isEmpty()) {
      send();
    }
    out.flush();
  }

  @Override
  void finish() throws IOException {
    pack(true);
    while (!ahead.isEmpty()) {
      send();
    }
    ByteBuffer end = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    end.putInt((int) crc.getValue()).putInt((int) total);
    out.write(end.array(), 0, end.capacity());
  }

  @Override
  void release() {
    ahead.forEach(piece -> piece.cancel(false));
    ahead.clear();
  }

  /** Hands the block to a thread; a single one is not worth that. */
  private void pack(boolean last) throws IOException {
    byte[] full = block;
    int from = begin;
    int length = count;
    crc.update(full, from, length);
    total += length;
    boolean only = last && !begun;
    begin();
    if (only) {
      send(packers.pack(full, from, length, true));
      return;
    }
    ahead.add(packers.submit(() -> packers.pack(full, from, length, last)));
    while (ahead.size() > AHEAD || !ahead.isEmpty() && ahead.peek().isDone()) {
      send();
    }
    begin = Math.min(WINDOW, from + length);
    count = 0;
    block = new byte[WINDOW + Packers.BLOCK];
    System.arraycopy(full, from + length - begin, block, 0, begin);
  }

  private void begin() throws IOException {
    if (!begun) {
      begun = true;
      out.write(HEADER, 0, HEADER.length);
    }
  }

  private void send() throws IOException {
    try {
      send(ahead.remove().get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private void send(byte[] packed) throws IOException {
    out.write(packed, 0, packed.length);
  }
}
