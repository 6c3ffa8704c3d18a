package nl.ketendata.server.delivery;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of an archive, little-endian and by position. One open file from the first look to the
 * last byte unpacked: what was checked is what is read, also when somebody puts another file in its
 * place meanwhile.
 */
final class ZipBytes implements AutoCloseable {
  private final FileChannel channel;
  private final long size;

  private ZipBytes(FileChannel channel, long size) {
    this.channel = channel;
    this.size = size;
  }

  static ZipBytes open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new ZipBytes(channel, channel.size());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  long size() {
    return size;
  }

  /**
   * @throws EOFException when the archive does not hold them all
   */
  ByteBuffer at(long offset, int length) throws IOException {
    if (offset < 0 || offset > size - length) {
      throw new EOFException("offset " + offset);
    }
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw new EOFException("offset " + offset);
      }
    }
    return buffer.flip();
  }

  /** A stretch of the archive; may be read on another thread. */
  InputStream stream(long offset, long length) {
    return new Stretch(offset, offset + length);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private final class Stretch extends InputStream {
    private long position;
    private final long end;

    private Stretch(long begin, long end) {
      this.position = begin;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (position >= end) {
        return -1;
      }
      int wanted = (int) Math.min(length, end - position);
      int read = channel.read(ByteBuffer.wrap(bytes, offset, wanted), position);
      position += Math.max(0, read);
      return read;
    }
  }
}
