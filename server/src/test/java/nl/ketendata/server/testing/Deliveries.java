package nl.ketendata.server.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes small deliveries. */
public final class Deliveries {
  private Deliveries() {}

  /** A ZIP with one file. */
  public static Path zip(Path folder, String name, String file, byte[] bytes) {
    Path zip = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream zipped = new ZipOutputStream(out)) {
      zipped.putNextEntry(new ZipEntry(file));
      zipped.write(bytes);
      zipped.closeEntry();
      return zip;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A ZIP with these files, by name and text. */
  public static Path zip(Path folder, String name, Map<String, String> files) {
    Path zip = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream zipped = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        zipped.putNextEntry(new ZipEntry(file.getKey()));
        zipped.write(file.getValue().getBytes(StandardCharsets.UTF_8));
        zipped.closeEntry();
      }
      return zip;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
