package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.store.Leftovers;
import nl.ketendata.server.store.Steps;
import nl.ketendata.server.store.StoreCheck;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the store that somebody deleted: no delivery may be forgotten without a word. */
class LostVersionTest {
  private static final Gemeente GEMEENTE = Gemeente.parse("GM9030");
  private static final Caller CALLER = TestServer.caller("GM9030");

  @TempDir private Path data;
  private Path folder;
  private TestServer server;

  @BeforeEach
  void takeIn() {
    folder = data.resolve("gemeenten/GM9030/ijw");
    server = new TestServer(data);
    take(7, "a");
    take(14, "b");
    take(21, "c");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void take(int day, String key) {
    server.take(
        "GM9030",
        "Ketendata-IJW-Test-202401%02d060000.zip".formatted(day),
        Map.of("JW301.csv", "Bericht_Id\n" + key + "\n"));
  }

  /** Deletes versions, and starts again as a server does. */
  private void lose(int fromVersion) throws IOException {
    server.close();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".duckdb")).toList()) {
        String name = file.getFileName().toString();
        if (Integer.parseInt(name.replaceAll("[^0-9]", "")) >= fromVersion) {
          Files.delete(file);
        }
      }
    }
    new Leftovers(data, Steps.NONE)
        .delete(
            failure -> {
              throw failure;
            });
    server = new TestServer(data);
  }

  private List<String> check() {
    return new StoreCheck(data, TestServer.CATALOGUE)
        .run().stream()
            .filter(line -> line.thing().equals("GM9030 ijw"))
            .map(line -> line.verdict() + " " + line.what())
            .toList();
  }

  private Rebuild.Result rebuild() {
    return new Rebuild(TestServer.CATALOGUE, server.ingestSettings(), server.clock())
        .rebuild(GEMEENTE, Product.IJW, Progress.NONE);
  }

  private void isWholeAgain() {
    assertThat(rebuild().leveringen()).isEqualTo(3);
    assertThat(server.sql(CALLER, "select Bericht_Id from JW301 order by 1"))
        .containsExactly("a", "b", "c");
    assertThat(check()).singleElement().asString().startsWith("goed");
    take(28, "d");
  }

  @Test
  void isToldAndNothingIsBuiltOnTheOneBefore() throws IOException {
    lose(3);
    assertThat(check())
        .singleElement()
        .asString()
        .startsWith("fout levering 3 is verwerkt")
        .contains("ketendata herbouw --gemeente GM9030 --product ijw");
    assertThatThrownBy(() -> take(28, "d"))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(Code.VERSION_LOST));
    assertThat(folder.resolve("leveringen/000003.zip")).exists();
    isWholeAgain();
  }

  @Test
  void isMadeAgainWhenNoneIsLeft() throws IOException {
    lose(0);
    assertThat(check()).singleElement().asString().startsWith("fout levering 1 is verwerkt");
    assertThatThrownBy(() -> server.ingest().makeKnown(GEMEENTE)).isInstanceOf(Failure.class);
    isWholeAgain();
  }

  @Test
  void isNotMadeAgainWithoutADeliveryInTheMiddle() throws IOException {
    Files.delete(folder.resolve("leveringen/000002.json"));
    lose(0);
    assertThatThrownBy(this::rebuild)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(Code.LEDGER_HOLE);
              assertThat(failure.getMessage()).contains("levering 2").contains("000002.json");
            });
  }

  @Test
  void isNoMatterOfAJsonThatIsGoneForTheVersionSaysItAgain() throws IOException {
    Path json = folder.resolve("leveringen/000002.json");
    byte[] before = Files.readAllBytes(json);
    Files.delete(json);
    take(28, "d");
    assertThat(json).hasBinaryContent(before);
  }
}
