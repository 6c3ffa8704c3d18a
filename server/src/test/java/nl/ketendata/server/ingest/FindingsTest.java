package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands out and costs nothing. */
class FindingsTest {
  private static final Caller CALLER = TestServer.caller("GM9030");
  private static final String HEADER =
      "ToegewezenProduct_Id,Bericht_Id,Product_Categorie,Toewijzingsdatum,Omvang_Eenheid\n";
  private static final String QUESTION =
      "select Kolom, Code, Aantal, Voorbeeld_Rijsleutel, Levering_Nummer from Bevindingen"
          + " where Code <> 'KD223' order by 1, 2, 5";

  @TempDir private Path data;

  private static Map<String, String> products(String rows) {
    return Map.of("JW301_ToegewezenProduct.csv", HEADER + rows);
  }

  @Test
  void areCountedPerColumnAndRuleWithAnExample() {
    try (TestServer server = new TestServer(data)) {
      Report report =
          server.take(
              "GM9030",
              "Ketendata-IJW-Test-20240107060000.zip",
              products("a,m,XX,2024-01-01,14\nb,m,YYY,,14\nc,m,45,2024-01-01,14\n"));
      assertThat(report.rowsRefused()).isZero();
      assertThat(server.sql(CALLER, "select Product_Categorie from JW301_ToegewezenProduct"))
          .containsExactlyInAnyOrder("XX", "YYY", "45");
      List<String> found = server.sql(CALLER, QUESTION);
      assertThat(found)
          .containsExactly(
              "Product_Categorie|KD220|1|b|1",
              "Product_Categorie|KD221|2|a|1",
              "Toewijzingsdatum|KD222|1|b|1");
      assertThat(report.bestanden().get(0).bevindingen()).hasSameSizeAs(found);
      assertThat(
              server.sql(
                  CALLER, "select count(*) from Bevindingen where Levering_GeladenOp is null"))
          .containsExactly("0");
    }
  }

  @Test
  void areOfTheDeliveryWhateverCameBeforeOrAfter() {
    String later = "Ketendata-IJW-Test-20240114060000.zip";
    String earlier = "Ketendata-IJW-Test-20240107060000.zip";
    try (TestServer server = new TestServer(data)) {
      server.take("GM9030", later, products("a,m,45,2024-01-01,14\n"));
      server.take("GM9030", earlier, products("a,m,XX,2024-01-01,14\n"));
      assertThat(server.sql(CALLER, QUESTION)).containsExactly("Product_Categorie|KD221|1|a|2");
      assertThat(server.sql(CALLER, "select Product_Categorie from JW301_ToegewezenProduct"))
          .containsExactly("45");
    }
  }

  /** Only the codes of the aids of the Wmo are public, and those alone can be told to be wrong. */
  @Test
  void holdProductCodesAgainstTheirListAndTheirCategory() {
    String rows =
        "goed,m,11,11X00\n"
            + "anders,m,12,11X00\n"
            + "geen,m,11,11XZZ\n"
            + "eigen,m,11,ABC\n"
            + "leeg,m,11,\n"
            + "zonder,m,,11X00\n";
    String header = "ToegewezenProduct_Id,Bericht_Id,Product_Categorie,Product_Code\n";
    try (TestServer server = new TestServer(data)) {
      server.take(
          "GM9030",
          "Ketendata-IWMO-Test-20240107060000.zip",
          Map.of("WMO301_ToegewezenProduct.csv", header + rows));
      server.take(
          "GM9030",
          "Ketendata-IJW-Test-20240107060000.zip",
          Map.of("JW301_ToegewezenProduct.csv", header + "j,m,45,11XZZ\n"));
      assertThat(
              server.sql(
                  CALLER,
                  "select Code, Aantal, Voorbeeld_Rijsleutel from GM9030.IWMO.Bevindingen"
                      + " where Kolom = 'Product_Code' order by 1"))
          .containsExactly("KD221|1|geen", "KD224|1|anders");
      assertThat(
              server.sql(
                  CALLER, "select Code from GM9030.IJW.Bevindingen where Kolom = 'Product_Code'"))
          .isEmpty();
    }
  }
}
