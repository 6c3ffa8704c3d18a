package nl.ketendata.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of ours that fails is no fault of the delivery, which may be handed in again. */
class UnwrittenTest {
  private static final ArchiveLimits LIMITS =
      new ArchiveLimits(1 << 20, 10, 1 << 20, 1 << 20, 1000);

  @TempDir private Path folder;
  private Path zip;

  @BeforeEach
  void make() throws IOException {
    zip = folder.resolve("levering.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("JW301.csv"));
      out.write("Bericht_Id\na\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void fails(Code code, ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  @Test
  void saysThatTheDiskIsFull() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    try (Archive archive = Archive.open(zip, LIMITS)) {
      fails(Code.DISK_FULL, () -> archive.unpack(archive.entries().get(0), full));
    }
  }

  @Test
  void saysThatItCannotWrite() {
    Path gone = folder.resolve("weg").resolve("bestand-1.csv");
    try (Archive archive = Archive.open(zip, LIMITS)) {
      fails(
          Code.NOT_WRITABLE,
          () -> archive.unpack(archive.entries().get(0), gone, (buffer, length) -> {}));
    }
  }
}
