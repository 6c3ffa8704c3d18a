package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
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

class IngestTest {
  private static final String FIRST = "Ketendata-IJW-Test-aan-Zee-20240107060000.zip";
  private static final String SECOND = "Ketendata-IJW-Test-aan-Zee-20240114060000.zip";
  private static final Caller CALLER = TestServer.caller("GM9030");

  @TempDir private Path data;
  private TestServer server;

  @BeforeEach
  void open() {
    server = new TestServer(data);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static Map<String, String> messages(String... rows) {
    return Map.of(
        "JW301.csv",
        "Bericht_Id,Header_Ontvanger,Client_Geboortedatum_Datum\n"
            + String.join("\n", rows)
            + "\n");
  }

  private List<String> rows() {
    return server.sql(
        CALLER,
        "select Bericht_Id, Header_Ontvanger, Client_Geboortedatum_Datum, Levering_Nummer from"
            + " JW301 order by 1");
  }

  private void assertRefused(Code code, String name, Map<String, String> files) {
    assertThatThrownBy(() -> server.take("GM9030", name, files))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  @Test
  void addsNewRowsAndKnowsTheOnesThatWereThere() {
    server.take("GM9030", FIRST, messages("a,1,", "b,2,"));
    Report report = server.take("GM9030", SECOND, messages("b,2,", "c,3,"));
    Report.FileReport file = report.bestanden().get(0);
    assertThat(List.of(file.gelezen(), file.toegevoegd(), file.bekend(), file.vervangen()))
        .containsExactly(2L, 1L, 1L, 0L);
    assertThat(rows()).containsExactly("a|1|-|1", "b|2|-|1", "c|3|-|2");
  }

  @Test
  void changesNothingForTheSameDeliveryAgain() {
    server.take("GM9030", FIRST, messages("a,1,"));
    String version = server.mounted("GM9030", Product.IJW).version();
    assertThat(server.take("GM9030", data.resolve(FIRST)).alBekend()).isTrue();
    assertThat(server.mounted("GM9030", Product.IJW).version()).isEqualTo(version);
  }

  @Test
  void refusesTheSameNameWithOtherBytes() {
    server.take("GM9030", FIRST, messages("a,1,"));
    assertRefused(Code.OTHER_BYTES, FIRST, messages("a,2,"));
    assertThat(rows()).containsExactly("a|1|-|1");
  }

  @Test
  void letsTheLatestMomentInTheNameWinWhateverTheOrderOfArrival() {
    List<String> names = List.of(FIRST, SECOND, "Ketendata-IJW-Test-aan-Zee-20240121060000.zip");
    List<Map<String, String>> contents =
        List.of(messages("a,1,", "b,oud,"), messages("a,2,"), messages("a,1,", "b,nieuw,", "c,3,"));
    List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
    List<List<String>> results = new ArrayList<>();
    Random random = new Random(7);
    for (int round = 0; round < 6; round++) {
      Collections.shuffle(order, random);
      Path folder = data.resolve("ronde" + round);
      try (TestServer other = new TestServer(folder)) {
        for (int i : order) {
          other.take("GM9030", names.get(i), contents.get(i));
        }
        results.add(other.sql(CALLER, "select Bericht_Id, Header_Ontvanger from JW301 order by 1"));
      }
    }
    assertThat(results).allMatch(List.of("a|1", "b|nieuw", "c|3")::equals);
  }

  @Test
  void replacesEverythingBeforeItWhenAskedTo() {
    server.take("GM9030", FIRST, messages("a,1,", "b,2,"));
    Path zip = Deliveries.zip(data, SECOND, messages("c,3,"));
    server
        .ingest()
        .take(
            new IngestOrder(
                zip, Gemeente.parse("GM9030"), Optional.empty(), Optional.empty(), true, "test"),
            Progress.NONE);
    assertThat(rows()).containsExactly("c|3|-|2");
  }

  @Test
  void costsABadValueTheValueAndNotTheRow() {
    Report report =
        server.take(
            "GM9030", FIRST, messages("a,1,31-02-2024", "b,2,2024-02-30", "c,3,2024-02-29"));
    assertThat(report.bestanden().get(0).geweigerdeWaarden()).isEqualTo(2);
    assertThat(rows()).containsExactly("a|1|-|1", "b|2|-|1", "c|3|19782|1");
  }

  @Test
  void takesNoNumberThatTheFileDoesNotHold() {
    String[] odd = {
      "0x10", "1_000", "1e3", "12.5", "1.000", "99999999999999999999", "+7", "007", "-3"
    };
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < odd.length; i++) {
      rows.append(i).append(",").append(odd[i]).append("\n");
    }
    server.take(
        "GM9030",
        FIRST,
        Map.of("JW301_ToegewezenProduct.csv", "ToegewezenProduct_Id,Budget\n" + rows));
    assertThat(
            server.sql(
                CALLER,
                "select ToegewezenProduct_Id, Budget from JW301_ToegewezenProduct where Budget is"
                    + " not null order by 1"))
        .containsExactly("6|7", "7|7", "8|-3");
  }

  @Test
  void refusesRowsThatCannotBePlacedAndKeepsTheOthers() {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      rows.add("r" + i + ",1,");
    }
    rows.add(",zonder sleutel,");
    rows.add("r5,dubbel,");
    rows.add("kort");
    Report report = server.take("GM9030", FIRST, messages(rows.toArray(String[]::new)));
    assertThat(report.rowsRefused()).isEqualTo(3);
    assertThat(report.rowsRead()).isEqualTo(103);
    assertThat(server.sql(CALLER, "select count(*) from JW301")).containsExactly("100");
    assertThat(server.sql(CALLER, "select Header_Ontvanger from JW301 where Bericht_Id = 'r5'"))
        .containsExactly("1");
  }

  @Test
  void refusesADeliveryOfWhichTooMuchCannotBePlaced() {
    assertRefused(Code.TOO_MANY_REFUSED, FIRST, messages("a,1,", ",2,", ",3,"));
    assertThat(server.store().gemeenten()).isEmpty();
  }

  @Test
  void keepsUnknownColumnsAsTextAndReportsMissingOnes() {
    Report report =
        server.take(
            "GM9030",
            FIRST,
            Map.of("map/jw301.CSV", "HEADER_ONTVANGER;bericht_id;Nieuw veld\n1;a;iets\n"));
    Report.FileReport file = report.bestanden().get(0);
    assertThat(file.onbekendeKolommen()).containsExactly("Nieuw_veld");
    assertThat(file.scheidingsteken()).isEqualTo(";");
    assertThat(file.ontbrekendeKolommen()).contains("Client_Bsn").doesNotContain("Bericht_Id");
    assertThat(server.sql(CALLER, "select Bericht_Id, Header_Ontvanger, Nieuw_veld from JW301"))
        .containsExactly("a|1|iets");
  }

  @Test
  void understandsOtherNamesFromTheAliasFile() throws IOException {
    Files.writeString(
        data.resolve("aliassen.csv"),
        "bestand,naam,betekent\n"
            + "*,Toewijzing,JW301\n"
            + "JW301,BerichtSleutel,Bericht_Id\n"
            + ",BSN,Client_Bsn\n");
    server.take("GM9030", FIRST, Map.of("Toewijzing.csv", "BerichtSleutel,BSN\na,hash\n"));
    assertThat(server.sql(CALLER, "select Bericht_Id, Client_Bsn from JW301"))
        .containsExactly("a|hash");
  }

  @Test
  void readsQuotedLineBreaksAndEmptyTextAsNull() {
    server.take(
        "GM9030",
        FIRST,
        Map.of(
            "JW301.csv",
            "\uFEFFBericht_Id,Client_Commentaar,Header_Ontvanger\r\n"
                + "a,\"een\n"
                + "twee \"\"x\"\"\",\"\"\r\n"));
    assertThat(server.sql(CALLER, "select Client_Commentaar, Header_Ontvanger from JW301"))
        .containsExactly("een\ntwee \"x\"|-");
  }

  @Test
  void turnsMomentsWithAnOffsetIntoDutchWallClock() {
    server.take(
        "GM9030",
        FIRST,
        Map.of(
            "JW301.csv",
            """
            Bericht_Id,Uitwisseling_OntvangenGGk
            a,2024-07-01T10:00:00
            b,2024-07-01T10:00:00Z
            c,2024-01-01 10:00:00+03:00
            """));
    assertThat(
            server.sql(
                CALLER,
                "select cast(Uitwisseling_OntvangenGGk as varchar) from JW301 order by Bericht_Id"))
        .containsExactly("2024-07-01 10:00:00", "2024-07-01 12:00:00", "2024-01-01 08:00:00");
  }

  @Test
  void refusesWhatIsNotThisGemeentesOwn() {
    Map<String, String> other = Map.of("JW301.csv", "Bericht_Id,Header_Afzender\na,0344\n");
    assertRefused(Code.OTHER_GEMEENTE, FIRST, other);
  }

  @Test
  void takesTheCodesOfPredecessors() throws IOException {
    Path folder = data.resolve("gemeenten/GM9030");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("voorgangers.txt"), "0344\n");
    server.take("GM9030", FIRST, Map.of("JW301.csv", "Bericht_Id,Header_Afzender\na,0344\n"));
    assertThat(server.sql(CALLER, "select Header_Afzender from JW301")).containsExactly("0344");
  }

  @Test
  void refusesAReadableBsn() {
    assertRefused(
        Code.PLAIN_BSN, FIRST, Map.of("JW301.csv", "Bericht_Id,Client_Bsn\na,999900006\n"));
    server.take("GM9030", SECOND, Map.of("JW301.csv", "Bericht_Id,Client_Bsn\na,999900007\n"));
  }

  @Test
  void refusesWhatIsNoDelivery() throws IOException {
    Files.writeString(data.resolve(FIRST), "geen zip");
    assertThatThrownBy(() -> server.take("GM9030", data.resolve(FIRST)))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).isEqualTo(Code.BROKEN_ARCHIVE));
    Map<String, Code> refused = new TreeMap<>();
    refused.put("../JW301.csv", Code.HOSTILE_ENTRY);
    refused.put("a/b/JW301.csv", Code.HOSTILE_ENTRY);
    refused.put("/JW301.csv", Code.HOSTILE_ENTRY);
    refused.put("C:\\JW301.csv", Code.HOSTILE_ENTRY);
    refused.put("JW301.zip", Code.NESTED_ARCHIVE);
    refused.put("iets.csv", Code.NOTHING_KNOWN);
    refused.put("WMO301.csv", Code.OTHER_PRODUCT);
    refused.forEach((name, code) -> assertRefused(code, SECOND, Map.of(name, "Bericht_Id\na\n")));
    assertRefused(
        Code.DOUBLE_FILE,
        SECOND,
        Map.of("JW301.csv", "Bericht_Id\na\n", "jw301.CSV", "Bericht_Id\n"));
    assertRefused(Code.DELIVERY_NAME, "levering.zip", messages("a,1,"));
    assertRefused(Code.WRONG_HEADER, SECOND, Map.of("JW301.csv", "Bericht,Datum\na,b\n"));
    assertThat(server.store().gemeenten()).isEmpty();
  }

  @Test
  void refusesAnArchiveThatLosesBytes() throws IOException {
    Path zip = Deliveries.zip(data, FIRST, messages("a,1,", "b,2,"));
    byte[] bytes = Files.readAllBytes(zip);
    for (int at = 0; at < bytes.length; at += Math.max(1, bytes.length / 10)) {
      Files.write(zip, Arrays.copyOf(bytes, at));
      assertThatThrownBy(() -> server.take("GM9030", zip)).isInstanceOf(Failure.class);
    }
    byte[] changed = bytes.clone();
    changed[40] ^= 0x55;
    Files.write(zip, changed);
    assertThatThrownBy(() -> server.take("GM9030", zip)).isInstanceOf(Failure.class);
  }

  @Test
  void showsWeeksWithoutADelivery() {
    server.take("GM9030", FIRST, messages("a,1,"));
    Report report =
        server.take("GM9030", "Ketendata-IJW-Test-aan-Zee-20240128060000.zip", messages("b,1,"));
    assertThat(report.gaten())
        .containsExactly(new Report.Gap(LocalDate.of(2024, 1, 7), LocalDate.of(2024, 1, 28)));
  }

  @Test
  void recoversTheRowsThatAnUnclosedQuoteWouldTakeWithIt() {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      rows.add("r" + i + ",1,");
    }
    rows.set(100, "r100,\"kapot,");
    Report report = server.take("GM9030", FIRST, messages(rows.toArray(String[]::new)));
    assertThat(report.rowsRead()).isEqualTo(1000);
    assertThat(report.rowsRefused()).isEqualTo(1);
    assertThat(server.sql(CALLER, "select Code, Regel, Tekst from Geweigerde_Rijen"))
        .containsExactly("KD208|102|r100,\"kapot,");
    assertThat(server.sql(CALLER, "select count(*) from JW301")).containsExactly("999");
  }

  @Test
  void checksRowsThatNewerContentStandsAbove() {
    server.take("GM9030", SECOND, messages("a,2,"));
    assertRefused(
        Code.OTHER_GEMEENTE, FIRST, Map.of("JW301.csv", "Bericht_Id,Header_Afzender\na,0344\n"));
    assertRefused(
        Code.PLAIN_BSN, FIRST, Map.of("JW301.csv", "Bericht_Id,Client_Bsn\na,999900006\n"));
  }

  @Test
  void givesTheSameRowsWhateverTheOrderWhenColumnsDiffer() {
    List<Map<String, String>> contents =
        List.of(
            Map.of("JW301.csv", "Bericht_Id,Header_Ontvanger,Extra\na,1,oud\nb,1,x\n"),
            Map.of("JW301.csv", "Bericht_Id,Header_Ontvanger\na,1\n"));
    List<List<String>> results = new ArrayList<>();
    for (boolean reversed : new boolean[] {false, true}) {
      try (TestServer other = new TestServer(data.resolve("omgekeerd" + reversed))) {
        other.take("GM9030", reversed ? SECOND : FIRST, contents.get(reversed ? 1 : 0));
        other.take("GM9030", reversed ? FIRST : SECOND, contents.get(reversed ? 0 : 1));
        results.add(
            other.sql(
                CALLER, "select Bericht_Id, Header_Ontvanger, Extra from JW301" + " order by 1"));
      }
    }
    assertThat(results.get(0)).containsExactly("a|1|-", "b|1|x");
    assertThat(results.get(1)).isEqualTo(results.get(0));
  }
}
