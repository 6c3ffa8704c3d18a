package nl.ketendata.server.delivery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks that the entries' own headers say what the directory says, and that the entries lie one
 * behind the other from the first byte to the directory: nothing shared, nothing between. Source:
 * PKWARE APPNOTE, sections 4.3.7 and 4.3.9.
 */
final class ZipLayout {
  private static final int SIGNATURE = 0x04034b50;
  private static final int SIGNATURE_DESCRIPTOR = 0x08074b50;
  private static final int LENGTH = 30;
  private static final int LONGEST_DESCRIPTOR = 24;

  private final ZipBytes bytes;
  private final ZipRefusals refuse;
  private final Map<ZipRecord, Long> contents = new IdentityHashMap<>();

  /**
   * @throws nl.ketendata.server.failure.Failure KD112 when they disagree or overlap, KD113 when
   *     there is more than entries
   */
  ZipLayout(ZipBytes bytes, List<ZipRecord> records, long directory, ZipRefusals refuse)
      throws IOException {
    this.bytes = bytes;
    this.refuse = refuse;
    List<ZipRecord> inPlace = new ArrayList<>(records);
    inPlace.sort(Comparator.comparingLong(ZipRecord::offset));
    long first = inPlace.isEmpty() ? directory : inPlace.get(0).offset();
    if (first != 0) {
      throw refuse.surplus("0 - " + first);
    }
    for (int i = 0; i < inPlace.size(); i++) {
      long next = i + 1 < inPlace.size() ? inPlace.get(i + 1).offset() : directory;
      check(inPlace.get(i), next);
    }
  }

  /** Where an entry's content begins. */
  long content(ZipRecord record) {
    return contents.get(record);
  }

  private void check(ZipRecord record, long next) throws IOException {
    ByteBuffer head = bytes.at(record.offset(), LENGTH);
    if (head.getInt(0) != SIGNATURE) {
      throw refuse.disagrees(record.name(), "local header");
    }
    int nameLength = head.getShort(26) & 0xFFFF;
    int extraLength = head.getShort(28) & 0xFFFF;
    byte[] name = new byte[nameLength];
    bytes.at(record.offset() + LENGTH, nameLength).get(name);
    long afterName = record.offset() + LENGTH + nameLength;
    ZipExtra extra = new ZipExtra(bytes.at(afterName, extraLength), record.name(), refuse);
    refuseDifference(record, "name", Arrays.equals(name, record.rawName()));
    refuseDifference(record, "flags", (head.getShort(6) & 0xFFFF) == record.flags());
    refuseDifference(record, "method", (head.getShort(8) & 0xFFFF) == record.method());
    boolean told = checkSizes(record, head, extra);
    long content = afterName + extraLength;
    long end = content + record.packed();
    if (end < 0 || end > next) {
      throw refuse.disagrees(record.name(), "overlap");
    }
    checkDescriptor(record, end, next - end, told);
    contents.put(record, content);
  }

  private void refuseDifference(ZipRecord record, String what, boolean same) {
    if (!same) {
      throw refuse.disagrees(record.name(), what);
    }
  }

  /** Whether the header has the sizes; with a descriptor it may leave them all at nought. */
  private boolean checkSizes(ZipRecord record, ByteBuffer head, ZipExtra extra) {
    long crc = head.getInt(14) & ZipEnd.OPEN_32;
    long packed = head.getInt(18) & ZipEnd.OPEN_32;
    long size = head.getInt(22) & ZipEnd.OPEN_32;
    ByteBuffer large = extra.field(ZipExtra.ZIP64).orElse(ByteBuffer.allocate(0));
    boolean open = packed == ZipEnd.OPEN_32 || size == ZipEnd.OPEN_32;
    if (large.remaining() >= 16) {
      long largeSize = large.getLong(0);
      long largePacked = large.getLong(8);
      refuseDifference(record, "ZIP64", open || size == largeSize || largeSize == 0);
      refuseDifference(record, "ZIP64", open || packed == largePacked || largePacked == 0);
      size = size == ZipEnd.OPEN_32 ? largeSize : size;
      packed = packed == ZipEnd.OPEN_32 ? largePacked : packed;
    } else {
      refuseDifference(record, "ZIP64", !open);
    }
    if (record.hasDescriptor() && crc == 0 && packed == 0 && size == 0) {
      return false;
    }
    boolean same = crc == record.crc() && packed == record.packed() && size == record.size();
    refuseDifference(record, "CRC, size", same);
    return true;
  }

  /**
   * @param length of what stands between the content and the next entry
   * @param told whether the sizes stood before the content already
   */
  private void checkDescriptor(ZipRecord record, long at, long length, boolean told)
      throws IOException {
    if (length == 0 && (!record.hasDescriptor() || told)) {
      return;
    }
    if (!record.hasDescriptor() || length > LONGEST_DESCRIPTOR) {
      throw refuse.surplus(at + " + " + length + " bytes");
    }
    ByteBuffer found = bytes.at(at, (int) length);
    int field = length >= 20 ? 8 : 4;
    int expected = 4 + 2 * field;
    if (length == expected + 4 && found.getInt(0) == SIGNATURE_DESCRIPTOR) {
      found.position(4);
    }
    refuseDifference(record, "descriptor", found.remaining() == expected);
    boolean same =
        (found.getInt() & ZipEnd.OPEN_32) == record.crc()
            && size(found, field) == record.packed()
            && size(found, field) == record.size();
    refuseDifference(record, "descriptor", same);
  }

  private static long size(ByteBuffer found, int field) {
    return field == 8 ? found.getLong() : found.getInt() & ZipEnd.OPEN_32;
  }
}
