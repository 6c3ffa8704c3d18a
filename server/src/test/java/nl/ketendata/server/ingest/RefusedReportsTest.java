package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedReportsTest {
  private static final String NAME = "Ketendata-IJW-Test-20240107060000.zip";

  @TempDir private Path data;

  @Test
  void sayWhyWhenNothingWasPublished() throws IOException {
    try (TestServer server = new TestServer(data)) {
      Map<String, String> files =
          Map.of("JW301.csv", "Bericht_Id,Header_Ontvanger\na,1\nkort 999900006\n");
      assertThatThrownBy(() -> server.take("GM9030", NAME, files))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("1 van 2 rijen");
      assertThat(server.store().gemeenten()).isEmpty();
    }
    Path report = data.resolve("gemeenten/GM9030/ijw/geweigerd/" + NAME + ".json");
    assertThat(Files.readString(report))
        .contains("\"geweigerd\":1", "\"regel\":3", "KD207", "kort *********")
        .doesNotContain("999900006");
    if (Files.getFileStore(report).supportsFileAttributeView("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(report)))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(report.getParent())))
          .isEqualTo("rwx------");
    }
  }
}
