package nl.ketendata.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownFoldersTest {
  private static final Instant NOW = Instant.parse("2024-01-07T06:00:00Z");

  @TempDir private Path folder;
  private final KnownFolders folders = new KnownFolders(Clock.fixed(NOW, ZoneOffset.UTC));
  private int listed;

  private long[] numbers() {
    return folders.numbers(
        folder,
        each -> {
          listed++;
          return new long[] {each.toFile().list().length};
        });
  }

  private void changed(Instant moment) throws IOException {
    Files.setLastModifiedTime(folder, FileTime.from(moment));
  }

  @Test
  void aFolderThatDoesNotChangeIsListedOnce() throws IOException {
    changed(NOW.minusSeconds(60));
    assertThat(numbers()).containsExactly(0);
    assertThat(numbers()).containsExactly(0);
    assertThat(listed).isEqualTo(1);
  }

  @Test
  void whatCameSinceIsSeen() throws IOException {
    changed(NOW.minusSeconds(60));
    numbers();
    Files.createFile(folder.resolve("versie-000001.duckdb"));
    assertThat(numbers()).containsExactly(1);
    changed(NOW.minusSeconds(59));
    assertThat(numbers()).containsExactly(1);
  }

  @Test
  void whatComesInTheSameStepOfTheFileSystemsClockIsSeen() throws IOException {
    changed(NOW.minusMillis(500));
    assertThat(numbers()).containsExactly(0);
    Files.createFile(folder.resolve("versie-000001.duckdb"));
    changed(NOW.minusMillis(500));
    assertThat(numbers()).containsExactly(1);
  }

  @Test
  void aFolderThatIsGoneHoldsNothingAndMayComeBack() throws IOException {
    changed(NOW.minusSeconds(60));
    Files.createFile(folder.resolve("versie-000001.duckdb"));
    changed(NOW.minusSeconds(60));
    assertThat(numbers()).containsExactly(1);
    Path away = folder.resolveSibling(folder.getFileName() + "-weg");
    Files.move(folder, away);
    assertThat(numbers()).isEmpty();
    Files.move(away, folder);
    assertThat(numbers()).containsExactly(1);
  }
}
