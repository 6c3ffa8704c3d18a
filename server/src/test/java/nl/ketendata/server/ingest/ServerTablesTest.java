package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Table;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was delivered and what of it did not fit, as everyone with access can ask it. */
class ServerTablesTest {
  private static final String FIRST = "Ketendata-IJW-Test-aan-Zee-20240107060000.zip";
  private static final String SECOND = "Ketendata-IJW-Test-aan-Zee-20240114060000.zip";
  private static final String THIRD = "Ketendata-IJW-Test-aan-Zee-20240121060000.zip";
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

  private static String many(String header, int rows) {
    StringBuilder text = new StringBuilder(header).append('\n');
    for (int i = 0; i < rows; i++) {
      text.append("r").append(i).append(",1\n");
    }
    return text.toString();
  }

  @Test
  void areThereAndEmptyBeforeTheFirstDelivery() {
    server.take("GM9030", FIRST, Map.of("JW301.csv", "Bericht_Id\na\n"));
    for (Table table : TestServer.CATALOGUE.tables(Product.IWMO)) {
      assertThat(server.sql(CALLER, "select count(*) from IWMO." + table.name()))
          .as(table.name())
          .containsExactly("0");
    }
    assertThat(server.mounted("GM9030", Product.IWMO).tables())
        .extracting(Table::name)
        .contains("Geweigerde_Rijen", "Geweigerde_Waarden", "Overstemde_Rijen", "Bevindingen")
        .contains("Leveringen");
  }

  @Test
  void tellOfEveryDelivery() {
    server.take("GM9030", FIRST, Map.of("JW301.csv", many("Bericht_Id,Header_Ontvanger", 30)));
    server.take("GM9030", SECOND, Map.of("JW301.csv", "Bericht_Id,Header_Ontvanger\nr1,2\nx,1\n"));
    assertThat(
            server.sql(
                CALLER,
                "select Levering_Id, Naam, cast(Tijdstip as varchar), Aangeleverd_Door, Vervangt,"
                    + " Rijen_Gelezen, Rijen_Toegevoegd, Rijen_Vervangen, Levering_Nummer"
                    + " from Leveringen order by Levering_Nummer"))
        .containsExactly(
            "9030-1|" + FIRST + "|2024-01-07 06:00:00|test|nee|30|30|0|1",
            "9030-2|" + SECOND + "|2024-01-14 06:00:00|test|nee|2|1|1|2");
    assertThat(server.sql(CALLER, "select char_length(Sha256) from Leveringen"))
        .containsExactly("64", "64");
  }

  @Test
  void keepWhatWasRefused() {
    server.take(
        "GM9030",
        FIRST,
        Map.of(
            "JW301.csv",
            many("Bericht_Id,Header_Ontvanger", 40) + "kort\n",
            "JW301_ToegewezenProduct.csv",
            "ToegewezenProduct_Id,Budget\na,veel\n"));
    assertThat(
            server.sql(
                CALLER,
                "select GeweigerdeRij_Id, Bestand, Regel, Code, Tekst, Levering_Gemeente,"
                    + " Levering_Nummer from Geweigerde_Rijen"))
        .containsExactly("9030-1-JW301.csv-42|JW301.csv|42|KD207|kort|9030|1");
    assertThat(
            server.sql(
                CALLER,
                "select Tabel, Regel, Rijsleutel, Kolom, Waarde, Code from Geweigerde_Waarden"))
        .containsExactly("JW301_ToegewezenProduct|2|a|Budget|veel|KD203");
  }

  @Test
  void keepTheOlderContentOfARowAndSayWhichDeliveryOverruledIt() {
    server.take("GM9030", FIRST, Map.of("JW301.csv", "Bericht_Id,Header_Ontvanger\na,oud\n"));
    server.take("GM9030", THIRD, Map.of("JW301.csv", "Bericht_Id,Header_Ontvanger\na,nieuw\n"));
    server.take("GM9030", SECOND, Map.of("JW301.csv", "Bericht_Id,Header_Ontvanger\na,tussen\n"));
    assertThat(
            server.sql(
                CALLER,
                "select OverstemdeRij_Id, Tabel, Rijsleutel, Levering_Nummer, Overstemd_Door"
                    + " from Overstemde_Rijen order by Levering_Nummer"))
        .containsExactly("9030-1-JW301-a|JW301|a|1|2", "9030-3-JW301-a|JW301|a|3|2");
    assertThat(server.sql(CALLER, "select Inhoud from Overstemde_Rijen order by 1").toString())
        .contains("\"Header_Ontvanger\":\"oud\"", "\"Header_Ontvanger\":\"tussen\"");
  }

  @Test
  void nameAnOrphanAsLongAsItsParentIsInNoDelivery() {
    String orphans =
        "select Tabel, Kolom, Code, Aantal, Voorbeeld_Rijsleutel, Levering_Nummer"
            + " from Bevindingen where Code = 'KD223'";
    server.take(
        "GM9030",
        FIRST,
        Map.of("JW301_ToegewezenProduct.csv", "ToegewezenProduct_Id,Bericht_Id\np,a\nq,a\nr,b\n"));
    assertThat(server.sql(CALLER, orphans))
        .containsExactly("JW301_ToegewezenProduct|Bericht_Id|KD223|3|p|1");
    server.take("GM9030", SECOND, Map.of("JW301.csv", "Bericht_Id\na\n"));
    assertThat(server.sql(CALLER, orphans))
        .containsExactly("JW301_ToegewezenProduct|Bericht_Id|KD223|1|r|1");
    server.take(
        "GM9030",
        THIRD,
        Map.of("JW301_ToegewezenProduct.csv", "ToegewezenProduct_Id,Bericht_Id\nr,a\np,c\n"));
    assertThat(server.sql(CALLER, orphans))
        .containsExactly("JW301_ToegewezenProduct|Bericht_Id|KD223|1|p|3");
  }
}
