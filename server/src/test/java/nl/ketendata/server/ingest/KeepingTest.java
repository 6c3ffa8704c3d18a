package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.store.GemeenteRemoval;
import nl.ketendata.server.store.Leftovers;
import nl.ketendata.server.store.Steps;
import nl.ketendata.server.store.StoreCheck;
import nl.ketendata.server.testing.Deliveries;
import nl.ketendata.server.testing.SetClock;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept, for how long, and how it is checked and removed. */
class KeepingTest {
  private static final Gemeente GEMEENTE = Gemeente.parse("GM9030");
  private static final Caller CALLER = TestServer.caller("GM9030");

  @TempDir private Path data;
  private final SetClock clock = new SetClock();
  private TestServer server;
  private Path folder;

  @BeforeEach
  void take() {
    server = new TestServer(data, clock);
    folder = data.resolve("gemeenten/GM9030/ijw");
    take(14, false, "a,1\nb,2\n");
    clock.forward(Duration.ofDays(10));
    take(21, false, "a,2\nc,3\n");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void take(int day, boolean replaces, String rows) {
    Path zip =
        Deliveries.zip(
            data,
            "Ketendata-IJW-Test-aan-Zee-202401%02d060000.zip".formatted(day),
            Map.of("JW301.csv", "Bericht_Id,Header_Ontvanger\n" + rows));
    server
        .ingest()
        .take(
            new IngestOrder(zip, GEMEENTE, Optional.empty(), Optional.empty(), replaces, "test"),
            Progress.NONE);
  }

  private List<String> rows() {
    return server.sql(CALLER, "select Bericht_Id, Header_Ontvanger from JW301 order by 1");
  }

  private List<String> checked() {
    return new StoreCheck(data, TestServer.CATALOGUE)
        .run().stream()
            .filter(line -> line.thing().equals("GM9030 ijw"))
            .map(line -> line.verdict() + ": " + line.what())
            .toList();
  }

  /** Changes the current version, as nothing of ours does. */
  private void tamper(String sql) throws SQLException {
    server.close();
    try (Connection connection =
            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("versie-000002.duckdb"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
    server = new TestServer(data, clock);
  }

  @Test
  void findsLedgerRowsAndZipsInAgreement() {
    assertThat(checked()).containsExactly("goed: versie 2, 2 leveringen, 3 rijen");
    take(28, true, "z,1\n");
    take(7, false, "z,0\ny,0\n");
    assertThat(checked()).containsExactly("goed: versie 4, 4 leveringen, 2 rijen");
  }

  @Test
  void findsARowThatIsMissingAndSaysWhatToDo() throws SQLException {
    tamper("DELETE FROM JW301 WHERE Bericht_Id = 'a'");
    assertThat(checked())
        .containsExactly(
            "fout: JW301 heeft 2 rijen; de verslagen zeggen 3. Doe: ketendata herbouw --gemeente"
                + " GM9030 --product ijw");
  }

  @Test
  void findsARowOfNoDeliveryAndAHoleInTheNumbers() throws SQLException {
    tamper("UPDATE JW301 SET Levering_Nummer = 9 WHERE Bericht_Id = 'b'");
    assertThat(checked()).hasSize(1).first().asString().contains("van geen levering");
    tamper("DELETE FROM _leveringen WHERE nummer = 1");
    assertThat(checked()).anyMatch(line -> line.contains("levering 1 ontbreekt"));
  }

  @Test
  void findsAnotherZipAMissingOneAndWhatWasCutOff() throws IOException {
    Files.writeString(folder.resolve("leveringen/000001.zip"), "iets anders");
    Files.delete(folder.resolve("leveringen/000002.zip"));
    Files.writeString(folder.resolve("leveringen/000003.zip"), "half");
    assertThat(checked())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("fout: KD305"))
        .anyMatch(line -> line.startsWith("let op: de ZIP van levering 2"))
        .anyMatch(line -> line.startsWith("let op: er zijn resten"));
    new Leftovers(data, Steps.NONE).delete(KeepingTest::fault);
    assertThat(folder.resolve("leveringen/000003.zip")).doesNotExist();
    assertThat(folder.resolve("leveringen/000001.zip")).exists();
  }

  @Test
  void deletesOldZipsAndNeverTheirData() {
    List<String> before = rows();
    new Leftovers(data, Steps.NONE).deleteZips(Duration.ofDays(5), clock, KeepingTest::fault);
    assertThat(folder.resolve("leveringen/000001.zip")).doesNotExist();
    assertThat(folder.resolve("leveringen/000001.json")).exists();
    assertThat(folder.resolve("leveringen/000002.zip")).exists();
    assertThat(rows()).isEqualTo(before);
    Rebuild rebuild = new Rebuild(TestServer.CATALOGUE, server.ingestSettings(), clock);
    assertThatThrownBy(() -> rebuild.rebuild(GEMEENTE, Product.IJW, Progress.NONE))
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.code()).isEqualTo(Code.ZIP_GONE));
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void removesAGemeenteWithAllThatWasKept() throws IOException {
    Path refused = data.resolve("inbox/GM9030/ijw/geweigerd");
    Files.createDirectories(refused);
    Files.writeString(refused.resolve("x.zip"), "geweigerd");
    Path half = Files.createDirectories(data.resolve("inkomend/GM9030-123"));
    Files.writeString(half.resolve("x.zip"), "half");
    Path told = Files.createDirectories(data.resolve("voortgang"));
    Files.writeString(told.resolve("GM9030-ijw-1.json"), "{}");
    Files.writeString(told.resolve("GM9031-ijw-1.json"), "{}");
    Path answers = Files.createDirectories(data.resolve("antwoorden"));
    Files.writeString(answers.resolve("1.antwoord"), "rijen");
    server.take(
        "GM9031", "Ketendata-IJW-Ander-20240107060000.zip", Map.of("JW301.csv", "Bericht_Id\nx\n"));
    assertThat(rows()).hasSize(3);
    List<GemeenteRemoval.Folder> removed = new GemeenteRemoval(data, Steps.NONE).remove(GEMEENTE);
    assertThat(removed).hasSize(4).allMatch(each -> each.files() > 0 && each.bytes() > 0);
    try (Stream<Path> left = Files.walk(data)) {
      assertThat(left.map(Path::toString))
          .noneMatch(path -> path.contains("GM9030") || path.contains("verwijderd"));
    }
    assertThat(answers).isEmptyDirectory();
    assertThat(told.resolve("GM9031-ijw-1.json")).exists();
    assertThat(server.store().gemeenten()).containsExactly(Gemeente.parse("GM9031"));
    assertThatThrownBy(() -> new GemeenteRemoval(data, Steps.NONE).remove(GEMEENTE))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).isEqualTo(Code.UNKNOWN_ORGANISATION));
    assertThat(server.sql(TestServer.caller("GM9031"), "select count(*) from JW301"))
        .containsExactly("1");
  }

  @Test
  void showsNothingOfBeforeWhenAGemeenteComesBack() {
    assertThat(rows()).hasSize(3);
    new GemeenteRemoval(data, Steps.NONE).remove(GEMEENTE);
    take(14, false, "nieuw,1\n");
    take(21, false, "nieuw,2\n");
    assertThat(rows()).containsExactly("nieuw|2");
  }

  private static void fault(Failure failure) {
    throw failure;
  }
}
