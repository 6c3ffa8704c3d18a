package nl.ketendata.server.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Words;

/**
 * The ZIP of a delivery, hostile until all of its headers have been checked: that is done before it
 * is {@link #open}. Only base names count, of files in the root or in one folder; files are
 * unpacked under names of our own.
 *
 * <p>Reads the format by itself, and leaves to the JDK only to inflate: a reader that repairs or
 * overlooks what is odd would see other files than the check did.
 */
public final class Archive implements AutoCloseable {
  private static final long RATIO_FREE = 1 << 20;

  /** Longer headers than any program writes; keeps the directory small enough for memory. */
  private static final long HEADER_BYTES = 2048;

  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final ArchiveLimits limits;
  private final ZipRefusals refuse;
  private final ZipBytes bytes;
  private final State state;
  private final List<Entry> entries;
  private long unpacked;

  private Archive(Path path, ArchiveLimits limits, ZipRefusals refuse, ZipBytes bytes)
      throws IOException {
    this.path = path;
    this.limits = limits;
    this.refuse = refuse;
    this.bytes = bytes;
    this.state = State.of(path);
    if (bytes.size() > limits.packed()) {
      throw refuse.limit(
          new Words("de ZIP", "the ZIP"), bytes.size() + " bytes", limits.packed() + " bytes");
    }
    ZipEnd end = ZipEnd.find(bytes, refuse);
    List<ZipRecord> records = records(end);
    ZipLayout layout = new ZipLayout(bytes, records, end.offset(), refuse);
    this.entries = files(records, layout);
  }

  /**
   * Opens an archive whose headers are all as they should be.
   *
   * @throws Failure KD109 when the file is not there, KD101 when it is no ZIP, KD102 when it is too
   *     large, KD103, KD104 and KD110 to KD116 when it holds what no delivery holds
   */
  public static Archive open(Path path, ArchiveLimits limits) {
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw Failure.of(Code.NO_SUCH_FILE, path);
    }
    ZipRefusals refuse = new ZipRefusals(path.getFileName().toString());
    ZipBytes bytes;
    try {
      bytes = ZipBytes.open(path);
    } catch (IOException e) {
      throw Failure.of(Code.NO_SUCH_FILE, path).causedBy(e);
    }
    try {
      return new Archive(path, limits, refuse, bytes);
    } catch (IOException e) {
      close(bytes);
      throw refuse.broken(String.valueOf(e.getMessage())).causedBy(e);
    } catch (RuntimeException e) {
      close(bytes);
      throw e;
    }
  }

  /**
   * Whether a file has an end, so that it may be whole; one that is still being written has none.
   */
  public static boolean endsAsZip(Path path) {
    try (ZipBytes bytes = ZipBytes.open(path)) {
      ZipEnd.find(bytes, new ZipRefusals(path.getFileName().toString()));
      return true;
    } catch (IOException e) {
      return false;
    } catch (Failure failure) {
      return failure.code() != Code.BROKEN_ARCHIVE;
    }
  }

  private List<ZipRecord> records(ZipEnd end) throws IOException {
    if (end.entries() > limits.entries()) {
      throw refuse.limit(
          new Words("aantal bestanden", "number of files"), end.entries(), limits.entries());
    }
    long most = HEADER_BYTES * limits.entries();
    if (end.size() > Math.min(most, Integer.MAX_VALUE)) {
      throw refuse.limit(
          new Words("inhoudsopgave", "directory"), end.size() + " bytes", most + " bytes");
    }
    ByteBuffer directory = bytes.at(end.offset(), (int) end.size());
    List<ZipRecord> records = new ArrayList<>();
    for (long i = 0; i < end.entries(); i++) {
      records.add(ZipRecord.read(directory, refuse));
    }
    if (directory.hasRemaining()) {
      throw refuse.disagrees("EOCD", "entries " + end.entries());
    }
    return records;
  }

  private List<Entry> files(List<ZipRecord> records, ZipLayout layout) {
    Map<String, String> seen = new HashMap<>();
    List<Entry> files = new ArrayList<>();
    long stated = 0;
    for (ZipRecord record : records) {
      String base = EntryName.base(record.name(), refuse);
      if (seen.put(EntryName.likeness(base), base) != null) {
        throw refuse.entry(Code.DOUBLE_FILE, base);
      }
      if (!record.isFolder()) {
        stated += record.size();
        check(record.name(), record.size(), stated, allowed(record));
        files.add(new Entry(base, record, layout.content(record)));
      }
    }
    return List.copyOf(files);
  }

  private long allowed(ZipRecord record) {
    long packed = Math.min(record.packed(), Long.MAX_VALUE / limits.ratio());
    return Math.max(RATIO_FREE, packed * limits.ratio());
  }

  /** SHA-256 of the archive's bytes, in hexadecimal. */
  public String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(stream(), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw Failure.of(Code.NO_SUCH_FILE, path).causedBy(e);
    } catch (NoSuchAlgorithmException e) {
      throw Failure.internal(e);
    }
  }

  /** Its bytes as they were checked; may be read on another thread. */
  public InputStream stream() {
    return bytes.stream(0, bytes.size());
  }

  /**
   * Makes sure that nobody wrote in it, or put another in its place, since it was opened.
   *
   * @throws Failure KD320
   */
  public void requireUnchanged() {
    try {
      if (state.equals(State.of(path))) {
        return;
      }
    } catch (IOException gone) {
      throw Failure.of(Code.CHANGED_MEANWHILE, refuse.delivery()).causedBy(gone);
    }
    throw Failure.of(Code.CHANGED_MEANWHILE, refuse.delivery());
  }

  /** What shows that a file is the same, and the same as it was. */
  private record State(FileTime changed, long bytes, Optional<Object> key) {
    static State of(Path path) throws IOException {
      BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class);
      return new State(is.lastModifiedTime(), is.size(), Optional.ofNullable(is.fileKey()));
    }
  }

  /** Its size in bytes. */
  public long bytes() {
    return bytes.size();
  }

  /** The files in the archive, in the order of its directory. */
  public List<Entry> entries() {
    return entries;
  }

  /** Sees the bytes of a file while they are unpacked. */
  @FunctionalInterface
  public interface Witness {
    /**
     * @param buffer the next bytes, from 0; of nobody afterwards
     * @param length how many; few only at the end
     */
    void sees(byte[] buffer, int length);
  }

  /**
   * Unpacks one file.
   *
   * @param target where to, under a name of our own; not there yet
   * @param witness sees what is written
   * @throws Failure KD101 when its bytes are broken, KD102 when it is too large, KD115 when it is
   *     an archive itself, KD303 and KD306 when it cannot be written
   */
  public DeliveredFile unpack(Entry entry, Path target, Witness witness) {
    try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
      return new DeliveredFile(entry.name, target, unpack(entry, out, witness));
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  /**
   * Reads one file.
   *
   * @param out gets its bytes
   * @return how many there were
   * @throws Failure as when it is unpacked to disk
   */
  public long unpack(Entry entry, OutputStream out) {
    return unpack(entry, out, (buffer, length) -> {});
  }

  private long unpack(Entry entry, OutputStream out, Witness witness) {
    Inflater inflater = new Inflater(true);
    try (InputStream in = content(entry, inflater)) {
      long written = copy(entry, in, out, witness);
      ZipRecord record = entry.record;
      if (written != record.size()
          || record.method() == ZipRecord.DEFLATED
              && (!inflater.finished() || inflater.getBytesRead() != record.packed())) {
        throw refuse.broken(
            entry.name + " is " + written + " bytes, de inhoudsopgave zegt " + record.size(),
            entry.name + " is " + written + " bytes, the directory says " + record.size());
      }
      return written;
    } catch (IOException e) {
      throw refuse.broken(entry.name + ": " + e.getMessage()).causedBy(e);
    } finally {
      inflater.end();
    }
  }

  /** Our disk, not the archive: it can be handed in again. */
  private static Failure notWritten(IOException e) {
    String message = String.valueOf(e.getMessage());
    String lower = message.toLowerCase(Locale.ROOT);
    boolean full = lower.contains("no space left") || lower.contains("file too large");
    return full
        ? Failure.of(Code.DISK_FULL, message).causedBy(e)
        : Failure.of(Code.NOT_WRITABLE, e.getClass().getSimpleName() + " " + message).causedBy(e);
  }

  private InputStream content(Entry entry, Inflater inflater) {
    InputStream raw = bytes.stream(entry.offset, entry.record.packed());
    return entry.record.method() == ZipRecord.STORED
        ? raw
        : new InflaterInputStream(raw, inflater, BUFFER);
  }

  private long copy(Entry entry, InputStream in, OutputStream out, Witness witness)
      throws IOException {
    CRC32 crc = new CRC32();
    long allowed = allowed(entry.record);
    long written = 0;
    byte[] buffer = new byte[BUFFER];
    for (int n = in.readNBytes(buffer, 0, BUFFER); n > 0; n = in.readNBytes(buffer, 0, BUFFER)) {
      if (written == 0 && Magic.isArchive(buffer, n)) {
        throw refuse.entry(Code.NESTED_ARCHIVE, entry.name);
      }
      written += n;
      unpacked += n;
      check(entry.name, written, unpacked, allowed);
      crc.update(buffer, 0, n);
      write(out, buffer, n);
      witness.sees(buffer, n);
    }
    if (crc.getValue() != entry.record.crc()) {
      throw refuse.broken(
          entry.name + " past niet bij zijn controlegetal (CRC)",
          entry.name + " does not fit its checksum (CRC)");
    }
    return written;
  }

  private static void write(OutputStream out, byte[] buffer, int length) {
    try {
      out.write(buffer, 0, length);
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  private void check(String entry, long size, long total, long allowed) {
    if (size > limits.entry()) {
      throw refuse.limit(new Words(entry, entry), size + " bytes", limits.entry() + " bytes");
    }
    if (total > limits.unpacked() || total < 0) {
      throw refuse.limit(
          new Words("alles uitgepakt", "all unpacked"),
          total + " bytes",
          limits.unpacked() + " bytes");
    }
    if (size > allowed) {
      throw refuse.limit(
          new Words(entry + ", ingepakt tot minder", entry + ", packed into less"),
          size + " bytes",
          limits.ratio() + " : 1");
    }
  }

  @Override
  public void close() {
    close(bytes);
  }

  private static void close(ZipBytes bytes) {
    try {
      bytes.close();
    } catch (IOException e) {
      throw Failure.internal(e);
    }
  }

  /** A file in the archive. */
  public static final class Entry {
    private final String name;
    private final ZipRecord record;
    private final long offset;

    private Entry(String name, ZipRecord record, long offset) {
      this.name = name;
      this.record = record;
      this.offset = offset;
    }

    /** Its base name. */
    public String name() {
      return name;
    }

    /** Its size as the archive states it; for progress only. */
    public long statedBytes() {
      return record.size();
    }
  }
}
