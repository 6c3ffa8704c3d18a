package nl.ketendata.server.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Makes ZIPs byte by byte, so that every one of them can be wrong. */
public final class ZipMaker {
  private final List<Entry> entries = new ArrayList<>();
  private final List<Consumer<ByteBuffer>> endChanges = new ArrayList<>();
  private final List<Consumer<ByteBuffer>> largeEndChanges = new ArrayList<>();
  private byte[] before = {};
  private byte[] beforeDirectory = {};
  private byte[] afterDirectory = {};
  private byte[] comment = {};
  private byte[] after = {};
  private boolean large;

  /** Adds a deflated entry, and lets it be changed. */
  @SafeVarargs
  public final ZipMaker with(String name, String text, Consumer<Entry>... changes) {
    Entry entry = new Entry(name, text.getBytes(StandardCharsets.UTF_8));
    for (Consumer<Entry> change : changes) {
      change.accept(entry);
    }
    entries.add(entry);
    return this;
  }

  public ZipMaker before(byte[] bytes) {
    before = bytes;
    return this;
  }

  public ZipMaker beforeDirectory(byte[] bytes) {
    beforeDirectory = bytes;
    return this;
  }

  public ZipMaker afterDirectory(byte[] bytes) {
    afterDirectory = bytes;
    return this;
  }

  public ZipMaker comment(byte[] bytes) {
    comment = bytes;
    return this;
  }

  public ZipMaker after(byte[] bytes) {
    after = bytes;
    return this;
  }

  /** Adds the end of ZIP64, and leaves the plain one open. */
  public ZipMaker large() {
    large = true;
    return this;
  }

  /** Changes the end record of 22 bytes. */
  public ZipMaker end(Consumer<ByteBuffer> change) {
    endChanges.add(change);
    return this;
  }

  /** Changes the end of ZIP64 (56 bytes) with its locator (20 bytes). */
  public ZipMaker largeEnd(Consumer<ByteBuffer> change) {
    largeEndChanges.add(change);
    return this;
  }

  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(before);
    for (Entry entry : entries) {
      entry.offset = entry.sharesWith >= 0 ? entries.get(entry.sharesWith).offset : out.size();
      if (entry.sharesWith < 0) {
        out.writeBytes(entry.local());
        out.writeBytes(entry.content);
        out.writeBytes(entry.descriptor);
        out.writeBytes(entry.gap);
      }
    }
    out.writeBytes(beforeDirectory);
    int directory = out.size();
    entries.forEach(entry -> out.writeBytes(entry.central()));
    int size = out.size() - directory;
    out.writeBytes(afterDirectory);
    if (large) {
      out.writeBytes(largeEnd(directory, size, out.size()));
    }
    out.writeBytes(end(directory, size));
    out.writeBytes(comment);
    out.writeBytes(after);
    return out.toByteArray();
  }

  private byte[] largeEnd(int directory, int size, int at) {
    ByteBuffer end = buffer(76);
    end.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45);
    end.putInt(0).putInt(0).putLong(entries.size()).putLong(entries.size());
    end.putLong(size).putLong(directory);
    end.putInt(0x07064b50).putInt(0).putLong(at).putInt(1);
    largeEndChanges.forEach(change -> change.accept(end));
    return end.array();
  }

  private byte[] end(int directory, int size) {
    ByteBuffer end = buffer(22);
    end.putInt(0x06054b50).putInt(0);
    short count = (short) (large ? 0xFFFF : entries.size());
    end.putShort(count).putShort(count);
    end.putInt(large ? -1 : size).putInt(large ? -1 : directory);
    end.putShort((short) comment.length);
    endChanges.forEach(change -> change.accept(end));
    return end.array();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** An extra field. */
  public static byte[] extra(int id, byte[] content) {
    return buffer(4 + content.length)
        .putShort((short) id)
        .putShort((short) content.length)
        .put(content)
        .array();
  }

  /** Numbers of 64 bits, as in the extra field of ZIP64. */
  public static byte[] longs(long... values) {
    ByteBuffer bytes = buffer(8 * values.length);
    for (long value : values) {
      bytes.putLong(value);
    }
    return bytes.array();
  }

  /** Raw deflate. */
  public static byte[] deflate(byte[] bytes) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(bytes);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  /** One entry; what the header and the directory say can be changed apart. */
  public static final class Entry {
    public byte[] name;
    public byte[] localName;
    public byte[] content;
    public byte[] descriptor = {};
    public byte[] gap = {};
    public byte[] extra = {};
    public byte[] localExtra = {};
    public int sharesWith = -1;
    private final List<Consumer<ByteBuffer>> centralChanges = new ArrayList<>();
    private final List<Consumer<ByteBuffer>> localChanges = new ArrayList<>();
    private final long crc;
    private final int size;
    private int method = 8;
    private int flags;
    private int offset;
    private int attributes;

    private Entry(String name, byte[] text) {
      this.name = name.getBytes(StandardCharsets.UTF_8);
      this.localName = this.name;
      this.content = deflate(text);
      this.size = text.length;
      CRC32 sum = new CRC32();
      sum.update(text);
      this.crc = sum.getValue();
    }

    public Entry named(byte[] raw) {
      name = raw;
      localName = raw;
      return this;
    }

    public Entry stored(byte[] text) {
      content = text;
      method = 0;
      return this;
    }

    public Entry method(int number) {
      method = number;
      return this;
    }

    public Entry flags(int bits) {
      flags = bits;
      return this;
    }

    public Entry attributes(int bits) {
      attributes = bits;
      return this;
    }

    /** Moves sizes and CRC behind the content. */
    public Entry described() {
      flags |= 8;
      descriptor =
          buffer(16)
              .putInt(0x08074b50)
              .putInt((int) crc)
              .putInt(content.length)
              .putInt(size)
              .array();
      return local(head -> head.putInt(14, 0).putInt(18, 0).putInt(22, 0));
    }

    public Entry central(Consumer<ByteBuffer> change) {
      centralChanges.add(change);
      return this;
    }

    public Entry local(Consumer<ByteBuffer> change) {
      localChanges.add(change);
      return this;
    }

    private byte[] local() {
      ByteBuffer head = buffer(30 + localName.length + localExtra.length);
      head.putInt(0x04034b50).putShort((short) 20).putShort((short) flags);
      head.putShort((short) method).putInt(0).putInt((int) crc).putInt(content.length);
      head.putInt(size).putShort((short) localName.length).putShort((short) localExtra.length);
      head.put(localName).put(localExtra);
      localChanges.forEach(change -> change.accept(head));
      return head.array();
    }

    private byte[] central() {
      ByteBuffer head = buffer(46 + name.length + extra.length);
      head.putInt(0x02014b50).putShort((short) (3 << 8 | 20)).putShort((short) 20);
      head.putShort((short) flags).putShort((short) method).putInt(0).putInt((int) crc);
      head.putInt(content.length).putInt(size).putShort((short) name.length);
      head.putShort((short) extra.length).putShort((short) 0).putShort((short) 0);
      head.putShort((short) 0).putInt(attributes).putInt(offset).put(name).put(extra);
      centralChanges.forEach(change -> change.accept(head));
      return head.array();
    }
  }
}
