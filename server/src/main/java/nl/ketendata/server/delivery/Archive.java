package nl.ketendata.server.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * The ZIP of a delivery. Only base names count, of files in the root or in one folder; files are
 * unpacked under names of our own.
 */
public final class Archive implements AutoCloseable {
  private static final long RATIO_FREE = 1 << 20;
  private static final Set<String> ARCHIVES = Set.of("zip", "jar", "gz", "tgz", "7z", "rar", "tar");

  private final Path path;
  private final String name;
  private final ArchiveLimits limits;
  private final ZipFile zip;
  private long unpacked;

  private Archive(Path path, ArchiveLimits limits, ZipFile zip) {
    this.path = path;
    this.name = path.getFileName().toString();
    this.limits = limits;
    this.zip = zip;
  }

  /**
   * @throws Failure KD109 when the file is not there, KD101 when it is no ZIP, KD102 when too large
   */
  public static Archive open(Path path, ArchiveLimits limits) {
    String name = path.getFileName().toString();
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw Failure.of(Code.NO_SUCH_FILE, path);
    }
    try {
      long bytes = Files.size(path);
      if (bytes > limits.packed()) {
        throw Failure.of(Code.ARCHIVE_LIMIT, name, bytes + " bytes", limits.packed() + " bytes");
      }
      return new Archive(path, limits, new ZipFile(path.toFile(), StandardCharsets.UTF_8));
    } catch (IOException | IllegalArgumentException e) {
      throw Failure.of(Code.BROKEN_ARCHIVE, name, e.getMessage()).causedBy(e);
    }
  }

  /** SHA-256 of the archive's bytes, in hexadecimal. */
  public String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
        byte[] buffer = new byte[1 << 16];
        while (in.read(buffer) >= 0) {
          continue;
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw Failure.of(Code.NO_SUCH_FILE, path).causedBy(e);
    } catch (NoSuchAlgorithmException e) {
      throw Failure.internal(e);
    }
  }

  /**
   * The files in the archive, by base name, after every name has been checked.
   *
   * @throws Failure KD102, KD103 or KD104
   */
  public List<Entry> entries() {
    Map<String, Entry> entries = new HashMap<>();
    List<Entry> inOrder = new ArrayList<>();
    int count = 0;
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      if (++count > limits.entries()) {
        throw Failure.of(
            Code.ARCHIVE_LIMIT,
            name,
            "meer dan " + limits.entries() + " bestanden",
            limits.entries());
      }
      String base = baseName(entry);
      if (entry.isDirectory()) {
        continue;
      }
      Entry file = new Entry(base, entry);
      if (entries.put(base.toLowerCase(Locale.ROOT), file) != null) {
        throw Failure.of(Code.DOUBLE_FILE, name, base);
      }
      inOrder.add(file);
    }
    return inOrder;
  }

  private String baseName(ZipEntry entry) {
    String full = entry.getName();
    String inside = entry.isDirectory() ? full.substring(0, full.length() - 1) : full;
    int slash = inside.indexOf('/');
    String base = inside.substring(slash + 1);
    boolean deep = base.indexOf('/') >= 0 || entry.isDirectory() && slash >= 0;
    boolean odd =
        inside.isEmpty()
            || base.isEmpty()
            || slash == 0
            || full.length() > 200
            || full.chars().anyMatch(c -> c < ' ' || c == '\\' || c == ':')
            || List.of(inside.split("/")).contains("..")
            || List.of(inside.split("/")).contains(".");
    boolean nested =
        ARCHIVES.contains(base.substring(base.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    if (deep || odd || nested) {
      throw Failure.of(Code.HOSTILE_ENTRY, name, printable(full));
    }
    return base;
  }

  private static String printable(String text) {
    String clean = text.replaceAll("[^\\p{Print}]", "?");
    return clean.length() > 80 ? clean.substring(0, 80) + "…" : clean;
  }

  /**
   * Unpacks one file.
   *
   * @param target where to, under a name of our own
   * @throws Failure KD101 when its bytes are broken, KD102 when it is too large
   */
  public DeliveredFile unpack(Entry entry, Path target) {
    CRC32 crc = new CRC32();
    long written = 0;
    long allowed = Math.max(RATIO_FREE, entry.zipped.getCompressedSize() * (long) limits.ratio());
    try (InputStream in = zip.getInputStream(entry.zipped);
        OutputStream out = Files.newOutputStream(target)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        written += n;
        unpacked += n;
        check(entry, written, allowed);
        crc.update(buffer, 0, n);
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      throw Failure.of(Code.BROKEN_ARCHIVE, name, entry.name + ": " + e.getMessage()).causedBy(e);
    }
    if (crc.getValue() != entry.zipped.getCrc() || written != entry.zipped.getSize()) {
      throw Failure.of(Code.BROKEN_ARCHIVE, name, entry.name + ": CRC");
    }
    return new DeliveredFile(entry.name, target, written);
  }

  private void check(Entry entry, long written, long allowed) {
    if (written > limits.entry()) {
      throw Failure.of(Code.ARCHIVE_LIMIT, name, entry.name, limits.entry() + " bytes");
    }
    if (unpacked > limits.unpacked()) {
      throw Failure.of(Code.ARCHIVE_LIMIT, name, "uitgepakt", limits.unpacked() + " bytes");
    }
    if (written > allowed) {
      throw Failure.of(Code.ARCHIVE_LIMIT, name, entry.name, limits.ratio() + " : 1");
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw Failure.internal(e);
    }
  }

  /** A file in the archive. */
  public static final class Entry {
    private final String name;
    private final ZipEntry zipped;

    private Entry(String name, ZipEntry zipped) {
      this.name = name;
      this.zipped = zipped;
    }

    /** Its base name. */
    public String name() {
      return name;
    }

    /** Its size as the archive states it; for progress only. */
    public long statedBytes() {
      return Math.max(0, zipped.getSize());
    }
  }
}
