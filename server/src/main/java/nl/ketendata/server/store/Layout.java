package nl.ketendata.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import nl.ketendata.schema.Standard;
import nl.ketendata.schema.Table;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/** What is in a version file. */
final class Layout {
  /** Rises when a file of this server cannot be read by an older one. */
  private static final int FORMAT = 1;

  private final Standard standard;

  Layout(Standard standard) {
    this.standard = standard;
  }

  void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (Table table : standard.tables()) {
        statement.execute(create(table));
      }
      statement.execute("CREATE TABLE _opslag AS SELECT " + FORMAT + " AS formaat");
      statement.execute(
          "CREATE TABLE _leveringen (nummer BIGINT, naam VARCHAR, sha256 VARCHAR, bytes BIGINT,"
              + " tijdstip TIMESTAMP, geladen_op TIMESTAMP, door VARCHAR, vervangt BOOLEAN,"
              + " verslag VARCHAR)");
      statement.execute(
          "CREATE TABLE _geweigerde_rijen (levering BIGINT, bestand VARCHAR, regel BIGINT,"
              + " code VARCHAR, reden VARCHAR, tekst VARCHAR)");
      statement.execute(
          "CREATE TABLE _geweigerde_waarden (levering BIGINT, bestand VARCHAR, regel BIGINT,"
              + " rijsleutel VARCHAR, kolom VARCHAR, waarde VARCHAR, reden VARCHAR)");
      statement.execute(
          "CREATE TABLE _overstemde_rijen (levering BIGINT, door_levering BIGINT, bestand VARCHAR,"
              + " rijsleutel VARCHAR, rij VARCHAR)");
    }
  }

  private static String create(Table table) {
    return "CREATE TABLE "
        + Sql.name(table.name())
        + table.allColumns().stream()
            .map(column -> Sql.name(column.name()) + " " + Sql.type(column.type()))
            .collect(Collectors.joining(", ", " (", ", "))
        + Sql.name(CsvSelect.CONFIRMED)
        + " BIGINT, "
        + Sql.name(CsvSelect.FLAWED)
        + " BOOLEAN)";
  }

  static void check(int format, String gemeente) {
    if (format > FORMAT) {
      throw Failure.of(Code.STORE_NEWER, gemeente, format, FORMAT);
    }
  }
}
