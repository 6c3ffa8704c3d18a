package nl.ketendata.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import nl.ketendata.schema.ServerTable;
import nl.ketendata.server.policy.Gemeente;

/** The ledger as a table that everyone with access to the gemeente can ask. */
final class DeliveryTable {
  private static final List<String> COUNTS =
      List.of(
          "gelezen",
          "toegevoegd",
          "bekend",
          "vervangen",
          "overstemd",
          "geweigerd",
          "geweigerdeWaarden");

  private DeliveryTable() {}

  /** Makes it equal to the ledger: a few hundred rows in ten years. */
  static void fill(Connection connection, Gemeente gemeente) throws SQLException {
    String table = Sql.name(ServerTable.LEVERINGEN);
    String counts = COUNTS.stream().map(DeliveryTable::sum).collect(Collectors.joining(", "));
    String code = Sql.text(gemeente.code());
    try (Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM " + table);
      statement.execute(
          "INSERT INTO %s SELECT concat_ws('-', %s, nummer), naam, tijdstip, bytes, sha256, door, CASE WHEN vervangt THEN 'ja' ELSE 'nee' END, %s, %2$s, nummer, geladen_op FROM _leveringen ORDER BY nummer"
              .formatted(table, code, counts));
    }
  }

  private static String sum(String count) {
    return "coalesce(list_sum(list_transform(json_extract_string(verslag, '$.bestanden[*].%s'), lambda n: TRY_CAST(n AS BIGINT))), 0)::BIGINT"
        .formatted(count);
  }
}
