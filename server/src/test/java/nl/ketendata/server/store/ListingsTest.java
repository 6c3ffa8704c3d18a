package nl.ketendata.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingsTest {
  @TempDir Path folder;
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger reads = new AtomicInteger();
  private final Listings listings = new Listings(nanos::get);

  private String names() {
    return listings.of(
        folder,
        String.class,
        () -> {
          reads.incrementAndGet();
          return String.join(",", folder.toFile().list());
        });
  }

  private void touched(Duration ago) throws IOException {
    Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(ago)));
  }

  @Test
  void aFolderThatDidNotChangeIsListedOnce() throws IOException {
    touched(Duration.ofMinutes(1));
    for (int i = 0; i < 5; i++) {
      assertThat(names()).isEmpty();
    }
    assertThat(reads).hasValue(1);
  }

  @Test
  void aNewNameIsSeenAtOnce() throws IOException {
    for (int i = 0; i < 50; i++) {
      Files.createFile(folder.resolve("a" + i));
      assertThat(names().split(",")).hasSize(i + 1);
    }
    touched(Duration.ofMinutes(1));
    names();
    Files.createFile(folder.resolve("b"));
    assertThat(names()).contains("b");
    Files.delete(folder.resolve("b"));
    assertThat(names()).doesNotContain("b");
  }

  @Test
  void whereFoldersHaveNoTimesOfTheirOwnANewNameIsSeenWithinASecond() throws IOException {
    touched(Duration.ofMinutes(1));
    FileTime before = Files.getLastModifiedTime(folder);
    names();
    Files.createFile(folder.resolve("a"));
    Files.setLastModifiedTime(folder, before);
    nanos.addAndGet(Duration.ofMillis(1_001).toNanos());
    assertThat(names()).isEqualTo("a");
  }

  @Test
  void whatIsGoneIsReadEachTime() throws IOException {
    Path away = folder.resolve("weg");
    assertThat(listings.of(away, String.class, () -> "1")).isEqualTo("1");
    assertThat(listings.of(away, String.class, () -> "2")).isEqualTo("2");
    Files.createDirectory(away);
    assertThat(listings.of(away, String.class, () -> "3")).isEqualTo("3");
  }
}
