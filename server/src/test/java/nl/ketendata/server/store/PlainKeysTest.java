package nl.ketendata.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How keys lie in a version file: a look at a few of them must not unpack all. */
class PlainKeysTest {
  private static final int ROWS = 3_000;

  @TempDir private Path data;

  @Test
  void rowKeysAndForeignKeysAreStoredPlainAndOtherTextIsPacked() throws Exception {
    take(1);
    assertThat(compression(1))
        .containsEntry("ToegewezenProduct_Id", "Uncompressed")
        .containsEntry("Bericht_Id", "Uncompressed")
        .containsEntry("Product_Code", "DICT_FSST");
  }

  @Test
  void theyStayPlainWhenALaterDeliveryAddsRows() throws Exception {
    take(1);
    take(2);
    assertThat(compression(2))
        .containsEntry("ToegewezenProduct_Id", "Uncompressed")
        .containsEntry("Bericht_Id", "Uncompressed");
  }

  private void take(int week) {
    String rows =
        IntStream.range(0, ROWS)
            .mapToObj(i -> id(week, i) + "," + id(week, i / 3) + ",41A03")
            .collect(Collectors.joining("\n"));
    try (TestServer server = new TestServer(data)) {
      server.take(
          "GM9030",
          "Ketendata-IJW-Test-2024010%d060000.zip".formatted(week),
          Map.of(
              "JW301_ToegewezenProduct.csv",
              "ToegewezenProduct_Id,Bericht_Id,Product_Code\n" + rows + "\n"));
    }
  }

  private static UUID id(int week, int row) {
    return UUID.nameUUIDFromBytes((week + "/" + row).getBytes());
  }

  private Map<String, String> compression(int version) throws Exception {
    Path file = data.resolve("gemeenten/GM9030/ijw/versie-%06d.duckdb".formatted(version));
    Map<String, String> found = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT column_name, string_agg(DISTINCT compression) FROM"
                    + " pragma_storage_info('JW301_ToegewezenProduct') WHERE segment_type ="
                    + " 'VARCHAR' GROUP BY 1")) {
      while (rows.next()) {
        found.put(rows.getString(1), rows.getString(2));
      }
    }
    return found;
  }
}
