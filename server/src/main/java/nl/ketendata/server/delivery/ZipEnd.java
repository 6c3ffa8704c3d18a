package nl.ketendata.server.delivery;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where the end of an archive says that its directory is.
 *
 * <p>Source: PKWARE APPNOTE 6.3.10, sections 4.3.14 to 4.3.16. Stricter than that: one end only,
 * which the file ends with, right behind the directory, on one disk. ZIP64 values must be those of
 * the plain end, unless that leaves them open.
 *
 * @param entries how many there are
 * @param offset of the directory
 * @param size of the directory, in bytes
 */
record ZipEnd(long entries, long offset, long size) {
  static final int OPEN_16 = 0xFFFF;
  static final long OPEN_32 = 0xFFFFFFFFL;
  private static final int SIGNATURE = 0x06054b50;
  private static final int SIGNATURE_64 = 0x06064b50;
  private static final int LOCATOR = 0x07064b50;
  private static final int LENGTH = 22;
  private static final int LENGTH_64 = 56;
  private static final int LENGTH_LOCATOR = 20;
  private static final int LONGEST_COMMENT = 0xFFFF;

  static ZipEnd find(ZipBytes bytes, ZipRefusals refuse) throws IOException {
    refuseSplit(bytes, refuse);
    int length = (int) Math.min(bytes.size(), LENGTH + LONGEST_COMMENT);
    ByteBuffer tail = bytes.at(bytes.size() - length, length);
    int at = position(tail, refuse);
    long where = bytes.size() - length + at;
    ByteBuffer end = bytes.at(where, LENGTH);
    boolean large = where >= LENGTH_LOCATOR && isLocator(bytes, where - LENGTH_LOCATOR);
    int disk = end.getShort(4) & 0xFFFF;
    int directoryDisk = end.getShort(6) & 0xFFFF;
    int here = end.getShort(8) & 0xFFFF;
    ZipEnd plain =
        new ZipEnd(end.getShort(10) & 0xFFFF, end.getInt(16) & OPEN_32, end.getInt(12) & OPEN_32);
    boolean oneDisk = isFirst(disk, large) && isFirst(directoryDisk, large);
    if (!oneDisk || here != plain.entries) {
      throw refuse.split();
    }
    return large
        ? plain.large(bytes, where - LENGTH_LOCATOR, refuse)
        : plain.checked(where, refuse);
  }

  private static boolean isFirst(int disk, boolean large) {
    return disk == 0 || large && disk == OPEN_16;
  }

  private static void refuseSplit(ZipBytes bytes, ZipRefusals refuse) throws IOException {
    if (bytes.size() < LENGTH) {
      throw refuse.broken(
          "het bestand is " + bytes.size() + " bytes, een ZIP minstens " + LENGTH,
          "the file is " + bytes.size() + " bytes, a ZIP at least " + LENGTH);
    }
    int first = bytes.at(0, 4).getInt(0);
    if (first == 0x08074b50 || first == 0x30304b50) {
      throw refuse.split();
    }
  }

  /** Where the end begins, looking from the back as every program does. */
  private static int position(ByteBuffer tail, ZipRefusals refuse) {
    int length = tail.limit();
    for (int at = length - LENGTH; at >= 0; at--) {
      if (tail.getInt(at) != SIGNATURE) {
        continue;
      }
      int comment = comment(tail, at);
      int rest = rest(tail, at);
      if (comment < rest) {
        throw refuse.surplus("EOCD + " + (rest - comment) + " bytes");
      }
      if (comment > rest) {
        throw refuse.broken(
            "aan het einde ontbreken " + (comment - rest) + " bytes",
            (comment - rest) + " bytes are missing at the end");
      }
      refuseSecondEnd(tail, at, refuse);
      return at;
    }
    throw refuse.broken(
        "de inhoudsopgave aan het einde ontbreekt", "the directory at the end is missing");
  }

  /** Some programs look from the front, and would take another directory for the right one. */
  private static void refuseSecondEnd(ByteBuffer tail, int at, ZipRefusals refuse) {
    for (int i = 0; i <= tail.limit() - 4; i++) {
      int found = tail.getInt(i);
      boolean inComment = i > at && (found == SIGNATURE || found == SIGNATURE_64);
      boolean fitting = i < at && found == SIGNATURE && comment(tail, i) == rest(tail, i);
      if (inComment || fitting) {
        throw refuse.surplus("EOCD " + (i - at));
      }
    }
  }

  private static int comment(ByteBuffer tail, int at) {
    return tail.getShort(at + LENGTH - 2) & 0xFFFF;
  }

  private static int rest(ByteBuffer tail, int at) {
    return tail.limit() - at - LENGTH;
  }

  private static boolean isLocator(ZipBytes bytes, long where) throws IOException {
    return bytes.at(where, 4).getInt(0) == LOCATOR;
  }

  private ZipEnd large(ZipBytes bytes, long locator, ZipRefusals refuse) throws IOException {
    ByteBuffer found = bytes.at(locator, LENGTH_LOCATOR);
    if (found.getInt(4) != 0 || found.getInt(16) > 1) {
      throw refuse.split();
    }
    long where = locator - LENGTH_64;
    if (found.getLong(8) != where || where < 0) {
      throw refuse.disagrees("ZIP64", "EOCD offset");
    }
    ByteBuffer end = bytes.at(where, LENGTH_64);
    if (end.getInt(0) != SIGNATURE_64 || end.getLong(4) != LENGTH_64 - 12) {
      throw refuse.disagrees("ZIP64", "EOCD");
    }
    ZipEnd large = new ZipEnd(end.getLong(32), end.getLong(48), end.getLong(40));
    if (end.getInt(16) != 0 || end.getInt(20) != 0 || end.getLong(24) != large.entries) {
      throw refuse.split();
    }
    boolean same =
        (entries == OPEN_16 || entries == large.entries)
            && (offset == OPEN_32 || offset == large.offset)
            && (size == OPEN_32 || size == large.size);
    if (!same) {
      throw refuse.disagrees("ZIP64", "EOCD");
    }
    return large.checked(where, refuse);
  }

  private ZipEnd checked(long end, ZipRefusals refuse) {
    if (entries < 0 || offset < 0 || size < 0 || size > end || offset > end - size) {
      throw refuse.disagrees("EOCD", "directory offset " + offset + " + " + size + " > " + end);
    }
    if (offset + size < end) {
      throw refuse.surplus("EOCD - " + (end - offset - size) + " bytes");
    }
    return this;
  }
}
