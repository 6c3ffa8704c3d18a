package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of the rows and values of a file. */
class RowsTest extends IngestFixture {
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
}
