package nl.ketendata.server.delivery;

import java.nio.ByteBuffer;
import java.util.Arrays;
import nl.ketendata.server.failure.Code;

/**
 * What the directory of an archive says of one entry. Source: PKWARE APPNOTE, section 4.3.12.
 *
 * @param name as it is written
 * @param rawName its bytes, which the entry's own header must repeat
 * @param flags general purpose bits
 * @param method of compression: {@link #STORED} or {@link #DEFLATED}
 * @param crc CRC-32 of the content
 * @param packed bytes in the archive
 * @param size bytes of the content
 * @param offset of the entry's own header
 */
record ZipRecord(
    String name,
    byte[] rawName,
    int flags,
    int method,
    long crc,
    long packed,
    long size,
    long offset) {
  static final int STORED = 0;
  static final int DEFLATED = 8;
  private static final int SIGNATURE = 0x02014b50;
  private static final int LENGTH = 46;
  private static final int AES = 99;
  private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;
  private static final int DESCRIPTOR = 1 << 3;
  private static final int PATCH = 1 << 5;
  private static final int UTF_8 = 1 << 11;
  private static final int TYPE = 0xF000;
  private static final int REGULAR = 0x8000;
  private static final int FOLDER = 0x4000;
  private static final int DOS_FOLDER = 0x10;
  private static final int DOS_DEVICE = 0x40;
  private static final int DOS_LINK = 0x400;

  /** Reads the next record of a directory, and refuses what no delivery needs. */
  static ZipRecord read(ByteBuffer directory, ZipRefusals refuse) {
    if (directory.remaining() < LENGTH || directory.getInt(directory.position()) != SIGNATURE) {
      throw refuse.disagrees("directory", "signature");
    }
    ByteBuffer head = directory.slice().order(directory.order());
    directory.position(directory.position() + LENGTH);
    int nameLength = head.getShort(28) & 0xFFFF;
    int extraLength = head.getShort(30) & 0xFFFF;
    int commentLength = head.getShort(32) & 0xFFFF;
    if (nameLength + extraLength + commentLength > directory.remaining()) {
      throw refuse.disagrees("directory", "length");
    }
    byte[] rawName = new byte[nameLength];
    directory.get(rawName);
    int flags = head.getShort(8) & 0xFFFF;
    String name = EntryName.decode(rawName, (flags & UTF_8) != 0, refuse);
    int afterExtra = directory.position() + extraLength;
    ByteBuffer extraBytes = directory.duplicate().order(directory.order()).limit(afterExtra);
    ZipExtra extra = new ZipExtra(extraBytes, name, refuse);
    directory.position(afterExtra + commentLength);
    int method = head.getShort(10) & 0xFFFF;
    refuseForbidden(name, flags, method, extra, refuse);
    refuseSpecial(name, head.getInt(38), refuse);
    refuseOtherName(name, rawName, extra, refuse);
    return sized(head, extra, name, rawName, refuse);
  }

  private static ZipRecord sized(
      ByteBuffer head, ZipExtra extra, String name, byte[] rawName, ZipRefusals refuse) {
    Sizes sizes = new Sizes(extra, name, refuse);
    long size = sizes.next(head.getInt(24));
    long packed = sizes.next(head.getInt(20));
    long offset = sizes.next(head.getInt(42));
    int disk = head.getShort(34) & 0xFFFF;
    if (disk != 0 && !(disk == ZipEnd.OPEN_16 && sizes.nextIsZero())) {
      throw refuse.split();
    }
    sizes.end();
    ZipRecord read =
        new ZipRecord(
            name,
            rawName,
            head.getShort(8) & 0xFFFF,
            head.getShort(10) & 0xFFFF,
            head.getInt(16) & ZipEnd.OPEN_32,
            packed,
            size,
            offset);
    if (read.method == STORED && packed != size || read.isFolder() && size != 0) {
      throw refuse.disagrees(name, "size");
    }
    return read;
  }

  private static void refuseForbidden(
      String name, int flags, int method, ZipExtra extra, ZipRefusals refuse) {
    boolean encrypted =
        (flags & ENCRYPTED) != 0
            || method == AES
            || extra.has(ZipExtra.AES)
            || extra.has(ZipExtra.STRONG_ENCRYPTION);
    if (encrypted) {
      throw refuse.entry(Code.ENCRYPTED_ENTRY, name);
    }
    if (method != STORED && method != DEFLATED || (flags & PATCH) != 0) {
      throw refuse.entry(Code.COMPRESSION, name, Integer.toString(method));
    }
  }

  /**
   * Links, devices, pipes. Whatever system the archive says to be made on: that too is only a claim
   * of its maker.
   */
  private static void refuseSpecial(String name, int attributes, ZipRefusals refuse) {
    boolean folder = name.endsWith("/");
    int type = attributes >>> 16 & TYPE;
    boolean ordinary = type == 0 || type == (folder ? FOLDER : REGULAR);
    int dos = attributes & (DOS_DEVICE | DOS_LINK | (folder ? 0 : DOS_FOLDER));
    if (!ordinary || dos != 0) {
      throw refuse.entry(Code.SPECIAL_FILE, name);
    }
  }

  /** A second name, which some programs believe rather than the first. */
  private static void refuseOtherName(
      String name, byte[] rawName, ZipExtra extra, ZipRefusals refuse) {
    extra
        .field(ZipExtra.UNICODE_PATH)
        .ifPresent(
            field -> {
              byte[] other = new byte[Math.max(0, field.remaining() - 5)];
              field.position(Math.min(5, field.remaining())).get(other);
              if (!Arrays.equals(other, rawName)
                  && !name.equals(EntryName.decode(other, true, refuse))) {
                throw refuse.disagrees(name, "Unicode path");
              }
            });
  }

  boolean isFolder() {
    return name.endsWith("/");
  }

  /** Whether sizes and CRC stand behind the content, and may be left out before it. */
  boolean hasDescriptor() {
    return (flags & DESCRIPTOR) != 0;
  }

  /** The sizes of a header, which ZIP64 gives in its extra field when they do not fit. */
  private static final class Sizes {
    private final ByteBuffer large;
    private final String name;
    private final ZipRefusals refuse;

    private Sizes(ZipExtra extra, String name, ZipRefusals refuse) {
      this.large = extra.field(ZipExtra.ZIP64).orElse(ByteBuffer.allocate(0));
      this.name = name;
      this.refuse = refuse;
    }

    private long next(int field) {
      long plain = field & ZipEnd.OPEN_32;
      if (plain != ZipEnd.OPEN_32) {
        return plain;
      }
      if (large.remaining() < 8) {
        throw disagrees();
      }
      long value = large.getLong();
      if (value < 0) {
        throw disagrees();
      }
      return value;
    }

    private boolean nextIsZero() {
      return large.remaining() >= 4 && large.getInt() == 0;
    }

    private void end() {
      if (large.hasRemaining()) {
        throw disagrees();
      }
    }

    private RuntimeException disagrees() {
      return refuse.disagrees(name, "ZIP64 extra");
    }
  }
}
