package nl.ketendata.server.generate.sheet;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The files of one delivery on disk while they grow. An archive takes its files one after the
 * other, and they grow together, so they are archived at the end.
 */
public final class Spool implements AutoCloseable {
  /** Level 1: a third larger than level 6 on these files, four times as fast. */
  private static final int LEVEL = 1;

  private static final int BUFFER = 1 << 16;

  private final Path folder;
  private final List<Sheet> sheets;
  private final Map<Path, OutputStream> open = new LinkedHashMap<>();

  public Spool(Path folder, List<Sheet> sheets) throws IOException {
    this.folder = folder;
    this.sheets = sheets;
    for (Sheet sheet : sheets) {
      OutputStream out = Files.newOutputStream(file(sheet));
      open.put(file(sheet), out);
      sheet.open(out);
    }
  }

  private Path file(Sheet sheet) {
    return folder.resolve(sheet.name() + ".csv");
  }

  /** Makes the archive, puts it in its place in one step, and clears the files away. */
  public Path archive(LocalDateTime time, Path target) throws IOException {
    sheets.forEach(Sheet::flush);
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(part()), BUFFER);
        ZipOutputStream zip = new ZipOutputStream(file, StandardCharsets.UTF_8)) {
      zip.setLevel(LEVEL);
      for (Sheet sheet : sheets) {
        ZipEntry entry = new ZipEntry(sheet.name() + ".csv");
        entry.setTimeLocal(time);
        zip.putNextEntry(entry);
        Files.copy(file(sheet), zip);
        zip.closeEntry();
      }
    }
    Files.move(part(), target, StandardCopyOption.REPLACE_EXISTING);
    close();
    return target;
  }

  private Path part() {
    return folder.resolve("delivery.part");
  }

  /** Clears the files away, also those of an archive that did not come to its end. */
  @Override
  public void close() throws IOException {
    for (OutputStream out : open.values()) {
      out.close();
    }
    for (Path file : open.keySet()) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(part());
    open.clear();
  }
}
