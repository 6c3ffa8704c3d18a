package nl.ketendata.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Table;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version file that was made before this server's own tables existed. */
class OlderFormatTest {
  private static final Caller CALLER = TestServer.caller("GM9030");
  private static final List<String> OWN =
      List.of(
          "Leveringen",
          "Bevindingen",
          "Geweigerde_Rijen",
          "Geweigerde_Waarden",
          "Overstemde_Rijen",
          "_wezen");

  @TempDir private Path data;

  private void takeAndTurnBack() throws Exception {
    try (TestServer server = new TestServer(data)) {
      server.take(
          "GM9030",
          "Ketendata-IJW-Test-20240107060000.zip",
          Map.of("JW301.csv", "Bericht_Id,Header_Ontvanger\na,1\n"));
    }
    try (Stream<Path> files = Files.list(data.resolve("gemeenten/GM9030/ijw"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".duckdb")).toList()) {
        makeFirstFormat(file);
      }
    }
  }

  private static void makeFirstFormat(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      for (String table : OWN) {
        statement.execute("DROP TABLE " + table);
      }
      statement.execute(
          "CREATE TABLE _geweigerde_rijen (levering BIGINT, bestand VARCHAR, regel BIGINT, code"
              + " VARCHAR, reden VARCHAR, tekst VARCHAR)");
      statement.execute(
          "CREATE TABLE _geweigerde_waarden (levering BIGINT, bestand VARCHAR, regel BIGINT,"
              + " rijsleutel VARCHAR, kolom VARCHAR, waarde VARCHAR, reden VARCHAR)");
      statement.execute(
          "CREATE TABLE _overstemde_rijen (levering BIGINT, door_levering BIGINT, bestand VARCHAR,"
              + " rijsleutel VARCHAR, rij VARCHAR)");
      statement.execute(
          "INSERT INTO _geweigerde_rijen VALUES (1, 'JW301.csv', 7, 'KD207', 'reden', 'tekst')");
      statement.execute(
          "INSERT INTO _geweigerde_waarden VALUES (1, 'JW301.csv', 3, 'a', 'Kolom', 'x', 'reden')");
      statement.execute("INSERT INTO _overstemde_rijen VALUES (1, 2, 'JW301.csv', 'a', '{}')");
      statement.execute("UPDATE _opslag SET formaat = 1");
    }
  }

  @Test
  void isServedWithThoseTablesEmpty() throws Exception {
    takeAndTurnBack();
    try (TestServer server = new TestServer(data)) {
      assertThat(server.sql(CALLER, "select Header_Ontvanger from JW301")).containsExactly("1");
      for (String table : OWN.subList(0, 5)) {
        assertThat(server.sql(CALLER, "select * from " + table)).as(table).isEmpty();
      }
      assertThat(server.mounted("GM9030", Product.IJW).tables())
          .extracting(Table::name)
          .containsAll(TestServer.CATALOGUE.tables(Product.IJW).stream().map(Table::name).toList());
    }
  }

  @Test
  void keepsWhatItHeldWhenTheNextDeliveryComes() throws Exception {
    takeAndTurnBack();
    try (TestServer server = new TestServer(data)) {
      server.take(
          "GM9030",
          "Ketendata-IJW-Test-20240114060000.zip",
          Map.of("JW301.csv", "Bericht_Id,Header_Ontvanger\nb,2\n"));
      assertThat(server.sql(CALLER, "select GeweigerdeRij_Id, Regel, Tekst from Geweigerde_Rijen"))
          .containsExactly("9030-1-JW301.csv-7|7|tekst");
      assertThat(server.sql(CALLER, "select Tabel, Regel, Waarde from Geweigerde_Waarden"))
          .containsExactly("JW301|3|x");
      assertThat(server.sql(CALLER, "select Tabel, Overstemd_Door from Overstemde_Rijen"))
          .containsExactly("JW301|2");
      assertThat(server.sql(CALLER, "select Rijen_Toegevoegd from Leveringen order by Levering_Id"))
          .containsExactly("1", "1");
    }
  }
}
