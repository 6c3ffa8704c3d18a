package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.testing.Deliveries;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the ZIP itself while its rows are loaded. */
class KeptZipTest {
  private static final Gemeente GEMEENTE = Gemeente.parse("GM9030");

  @TempDir private Path data;
  private TestServer server;
  private Path zip;
  private Path kept;

  @BeforeEach
  void open() {
    server = new TestServer(data);
    kept = data.resolve("gemeenten/GM9030/ijw/leveringen/000001.zip");
    zip = delivery("Ketendata-IJW-Test-aan-Zee-20240114060000.zip", "a\n");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Path delivery(String name, String rows) {
    return Deliveries.zip(data, name, Map.of("JW301.csv", "Bericht_Id\n" + rows));
  }

  private void take(boolean own, Progress progress) {
    server
        .ingest()
        .take(
            new IngestOrder(zip, GEMEENTE, Optional.empty(), Optional.empty(), false, "test", own),
            progress);
  }

  private static Object file(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  @Test
  void whatIsOursIsNotWrittenAgain() throws IOException {
    assumeTrue(file(zip) != null, "a file system that tells files apart");
    byte[] bytes = Files.readAllBytes(zip);
    Object handedIn = file(zip);
    take(true, Progress.NONE);
    assertThat(file(kept)).isEqualTo(handedIn);
    Files.delete(zip);
    assertThat(kept).hasBinaryContent(bytes);
  }

  @Test
  void aFileOfSomebodyElseIsCopied() throws IOException {
    byte[] bytes = Files.readAllBytes(zip);
    take(false, Progress.NONE);
    Files.write(zip, new byte[] {1}, StandardOpenOption.APPEND);
    assertThat(kept).hasBinaryContent(bytes);
  }

  @Test
  void aFileThatIsWrittenInMeanwhileIsRefused() {
    refuses(() -> Files.write(zip, new byte[] {0}, StandardOpenOption.APPEND));
  }

  @Test
  void aFileThatIsReplacedMeanwhileIsRefused() {
    Path other = delivery("ander.zip", "b\n");
    refuses(() -> Files.copy(other, zip, StandardCopyOption.REPLACE_EXISTING));
  }

  @Test
  void aFileThatIsTakenAwayMeanwhileIsRefused() {
    refuses(() -> Files.deleteIfExists(zip));
  }

  private interface Change {
    void make() throws IOException;
  }

  private void refuses(Change change) {
    Progress whileReading =
        (step, done, total) -> {
          if (done == total) {
            try {
              change.make();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    assertThatThrownBy(() -> take(false, whileReading))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(Code.CHANGED_MEANWHILE));
    assertThat(kept).doesNotExist();
    assertThat(data.resolve("gemeenten/GM9030/ijw/bouw/werk")).doesNotExist();
  }
}
