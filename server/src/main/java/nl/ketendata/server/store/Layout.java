package nl.ketendata.server.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Join;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.ServerTable;
import nl.ketendata.schema.Table;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;

/** What is in a version file. */
final class Layout {
  /**
   * Rises when a file of this server cannot be read by an older one.
   *
   * <p>2: what was refused stands in tables that are mounted.
   */
  private static final int FORMAT = 2;

  private final List<Table> standard;
  private final List<Join> joins;
  private final List<Table> all;
  private final Gemeente gemeente;

  Layout(Catalogue catalogue, Product product, Gemeente gemeente) {
    this.standard = catalogue.standard(product).tables();
    this.joins = catalogue.standard(product).joins();
    this.all = catalogue.tables(product);
    this.gemeente = gemeente;
  }

  void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (Table table : all) {
        statement.execute(create(table));
      }
      statement.execute("CREATE TABLE _opslag AS SELECT " + FORMAT + " AS formaat");
      statement.execute(
          "CREATE TABLE _leveringen (nummer BIGINT, naam VARCHAR, sha256 VARCHAR, bytes BIGINT,"
              + " tijdstip TIMESTAMP, geladen_op TIMESTAMP, door VARCHAR, vervangt BOOLEAN,"
              + " verslag VARCHAR)");
      statement.execute(Orphans.TABLE);
    }
  }

  private String create(Table table) {
    String own =
        standard.contains(table)
            ? ", "
                + Sql.name(CsvSelect.CONFIRMED)
                + " BIGINT, "
                + Sql.name(CsvSelect.FLAWED)
                + " BOOLEAN"
            : "";
    return "CREATE TABLE "
        + Sql.name(table.name())
        + " ("
        + Sql.columns(table, keys(table))
        + own
        + ")";
  }

  /**
   * The row key and the foreign keys. Compressed, every look at a few of them unpacks thousands: a
   * page of 100 rows out of 600,000 then takes 27 ms of processor time instead of 10, a row by its
   * key 23 instead of 7. It costs 36 bytes a value instead of about 22.
   */
  private Set<String> keys(Table table) {
    Set<String> keys = new HashSet<>(Set.of(table.key()));
    joins.stream()
        .filter(join -> join.child().equals(table.name()))
        .forEach(join -> keys.add(join.column()));
    return keys;
  }

  /**
   * Makes a file of an earlier format one of this format.
   *
   * @throws Failure KD310 when it is of a later one
   */
  void upgrade(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int format = format(statement);
      check(format, gemeente);
      Set<String> present = tables(statement);
      for (Table table : all) {
        if (!present.contains(table.name())) {
          statement.execute(create(table));
        }
      }
      if (format == 1) {
        fromFirstFormat(statement);
      }
    }
  }

  /**
   * @throws Failure KD310 when a file of this format was written by a later server
   */
  static void check(int format, Gemeente gemeente) {
    if (format > FORMAT) {
      throw Failure.of(Code.STORE_NEWER, gemeente.id(), format, FORMAT);
    }
  }

  private static int format(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT formaat FROM _opslag")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static Set<String> tables(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("SELECT table_name FROM duckdb_tables() WHERE NOT internal")) {
      Set<String> names = new HashSet<>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    }
  }

  private void fromFirstFormat(Statement statement) throws SQLException {
    String code = Sql.text(gemeente.code());
    String added = code + ", o.levering, l.geladen_op FROM ";
    String deliveries = " o LEFT JOIN _leveringen l ON l.nummer = o.levering";
    statement.execute(
        "INSERT INTO %s SELECT concat_ws('-', %s, o.levering, o.bestand, o.regel), o.bestand, o.regel, o.code, o.reden, o.tekst, %s_geweigerde_rijen%s"
            .formatted(Sql.name(ServerTable.GEWEIGERDE_RIJEN), code, added, deliveries));
    statement.execute(
        "INSERT INTO %s SELECT concat_ws('-', %s, o.levering, o.bestand, o.regel, o.kolom), o.bestand, regexp_replace(o.bestand, '(?i)\\.csv$', ''), o.regel, o.rijsleutel, o.kolom, o.waarde, %s, o.reden, %s_geweigerde_waarden%s"
            .formatted(
                Sql.name(ServerTable.GEWEIGERDE_WAARDEN),
                code,
                Sql.text(Code.VALUE.id()),
                added,
                deliveries));
    statement.execute(
        "INSERT INTO %s SELECT concat_ws('-', %s, o.levering, regexp_replace(o.bestand, '(?i)\\.csv$', ''), o.rijsleutel), regexp_replace(o.bestand, '(?i)\\.csv$', ''), o.rijsleutel, o.door_levering, o.rij, %s_overstemde_rijen%s"
            .formatted(Sql.name(ServerTable.OVERSTEMDE_RIJEN), code, added, deliveries));
    for (String old : List.of("_geweigerde_rijen", "_geweigerde_waarden", "_overstemde_rijen")) {
      statement.execute("DROP TABLE " + old);
    }
    statement.execute(Orphans.TABLE);
    statement.execute("UPDATE _opslag SET formaat = " + FORMAT);
  }
}
