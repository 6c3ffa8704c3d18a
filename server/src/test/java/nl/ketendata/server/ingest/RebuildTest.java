package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.testing.Deliveries;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RebuildTest {
  private static final Gemeente GEMEENTE = Gemeente.parse("GM9030");
  private static final Caller CALLER = TestServer.caller("GM9030");

  @TempDir private Path data;
  private TestServer server;
  private Path folder;

  @BeforeEach
  void take() {
    server = new TestServer(data);
    folder = data.resolve("gemeenten/GM9030/ijw");
    take(14, "a,1,\nb,2,1999-02-30\n");
    take(7, "a,0,\nc,3,\n");
    take(21, "a,2,\nd,4,\n");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void take(int day, String rows) {
    server.take("GM9030", name(day), files(rows));
  }

  private static String name(int day) {
    return "Ketendata-IJW-Test-aan-Zee-202401%02d060000.zip".formatted(day);
  }

  private static Map<String, String> files(String rows) {
    return Map.of("JW301.csv", "Bericht_Id,Header_Ontvanger,Client_Geboortedatum_Datum\n" + rows);
  }

  private List<String> everything() {
    List<String> all = new ArrayList<>();
    for (String table : List.of("JW301", "Leveringen", "Geweigerde_Waarden", "Overstemde_Rijen")) {
      all.addAll(server.sql(CALLER, "select * from IJW." + table + " order by 1"));
    }
    return all;
  }

  private Rebuild.Result rebuild() {
    return new Rebuild(TestServer.CATALOGUE, server.ingestSettings(), server.clock())
        .rebuild(GEMEENTE, Product.IJW, Progress.NONE);
  }

  private void assertRefused(Code code) {
    List<String> before = everything();
    assertThatThrownBy(this::rebuild)
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    assertThat(everything()).isEqualTo(before);
    assertThat(folder.resolve("bouw/werk")).doesNotExist();
  }

  @Test
  void givesTheSameRowsUnderTheSameNumbersAndMoments() {
    List<String> before = everything();
    assertThat(before).hasSizeGreaterThan(8);
    Rebuild.Result result = rebuild();
    assertThat(result.versie()).isEqualTo(4);
    assertThat(result.leveringen()).isEqualTo(3);
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void makesAVersionAgainThatCannotBeRead() throws IOException {
    List<String> before = everything();
    server.close();
    Files.writeString(folder.resolve("versie-000003.duckdb"), "beschadigd");
    server = new TestServer(data);
    assertThatThrownBy(this::everything)
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).isEqualTo(Code.STORE_DAMAGED));
    rebuild();
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void replaysADeliveryThatReplacedAll() {
    Path zip = Deliveries.zip(data, name(28), files("z,9,\n"));
    server
        .ingest()
        .take(
            new IngestOrder(zip, GEMEENTE, Optional.empty(), Optional.empty(), true, "test"),
            Progress.NONE);
    List<String> before = everything();
    rebuild();
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void refusesWhenAZipIsGone() throws IOException {
    Files.delete(folder.resolve("leveringen/000002.zip"));
    assertRefused(Code.ZIP_GONE);
  }

  @Test
  void refusesAZipThatIsNotTheOneThatWasTakenIn() throws IOException {
    Files.copy(
        Deliveries.zip(data, "ander.zip", files("x,1,\n")),
        folder.resolve("leveringen/000002.zip"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertRefused(Code.OTHER_ZIP);
  }

  @Test
  void refusesWhenNothingTellsWhichDeliveriesThereWere() throws IOException {
    server.close();
    Files.writeString(folder.resolve("versie-000003.duckdb"), "beschadigd");
    for (int i = 1; i <= 3; i++) {
      Files.delete(folder.resolve("leveringen/00000" + i + ".json"));
    }
    server = new TestServer(data);
    assertThatThrownBy(this::rebuild)
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).isEqualTo(Code.LEDGER_GONE));
  }
}
