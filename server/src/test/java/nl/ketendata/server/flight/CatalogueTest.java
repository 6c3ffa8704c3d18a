package nl.ketendata.server.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import nl.ketendata.schema.Join;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Table;
import nl.ketendata.server.testing.FakeSqlDoor;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Everything that {@link DatabaseMetaData} asks, by the stock driver. */
@SuppressWarnings("try") // the client's close may be interrupted
class CatalogueTest {
  private static FakeSqlDoor door;
  private static FlightFixture fixture;
  private static Connection connection;
  private static DatabaseMetaData data;

  @BeforeAll
  static void start() throws SQLException {
    door = new FakeSqlDoor(FlightFixture.CATALOGUE);
    fixture = new FlightFixture(door);
    connection = fixture.connect("beide");
    data = connection.getMetaData();
  }

  @AfterAll
  static void stop() throws SQLException {
    connection.close();
    fixture.close();
    door.close();
  }

  /** The values of some columns, joined by a space. */
  private static List<String> texts(ResultSet rows, String... columns) throws SQLException {
    try (rows) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (String column : columns) {
          values.add(String.valueOf(rows.getObject(column)));
        }
        texts.add(String.join(" ", values));
      }
      return texts;
    }
  }

  @Test
  void tellsWhoItIs() throws SQLException {
    assertThat(data.getDatabaseProductName()).isEqualTo("Ketendata Server");
    assertThat(data.getDatabaseProductVersion()).isEqualTo("1.2.3");
    assertThat(data.isReadOnly()).isTrue();
    assertThat(data.getIdentifierQuoteString()).isEqualTo("\"");
    assertThat(data.getStringFunctions()).contains("SUBSTRING");
    assertThat(data.getTimeDateFunctions()).contains("EXTRACT");
    assertThat(data.supportsUnionAll()).isTrue();
    assertThat(data.supportsFullOuterJoins()).isTrue();
    assertThat(data.supportsTransactions()).isFalse();
  }

  @Test
  void showsCatalogsAndSchemas() throws SQLException {
    assertThat(texts(data.getCatalogs(), "TABLE_CAT")).containsExactly("GM9030", "GM9031");
    assertThat(texts(data.getSchemas(), "TABLE_CATALOG", "TABLE_SCHEM"))
        .containsExactly("GM9030 IJW", "GM9030 IWMO", "GM9031 IJW", "GM9031 IWMO");
    assertThat(texts(data.getSchemas("gm9031", "%MO"), "TABLE_CATALOG", "TABLE_SCHEM"))
        .containsExactly("GM9031 IWMO");
    assertThat(texts(data.getTableTypes(), "TABLE_TYPE")).containsExactly("TABLE", "VIEW");
  }

  @Test
  void showsEveryTable() throws SQLException {
    List<String> names =
        FlightFixture.CATALOGUE.standard(Product.IJW).tables().stream()
            .map(Table::name)
            .sorted()
            .toList();
    assertThat(texts(data.getTables("GM9030", "IJW", "%", null), "TABLE_NAME")).isEqualTo(names);
    assertThat(
            texts(
                data.getTables(null, null, "jw301\\_rel%", new String[] {"TABLE"}),
                "TABLE_CAT",
                "TABLE_SCHEM",
                "TABLE_NAME",
                "TABLE_TYPE"))
        .contains("GM9030 IJW JW301_Relatie TABLE", "GM9031 IJW JW301_Relatie TABLE");
    assertThat(texts(data.getTables("GM9030", "IJW", "%", new String[] {"VIEW"}), "TABLE_NAME"))
        .isEmpty();
  }

  @Test
  void showsColumnsWithTypesAndDescriptions() throws SQLException {
    List<String> columns =
        texts(
            data.getColumns("GM9030", "IJW", "JW301_ToegewezenProduct", "%"),
            "COLUMN_NAME",
            "TYPE_NAME",
            "IS_NULLABLE");
    assertThat(columns)
        .contains(
            "ToegewezenProduct_Id VARCHAR NO",
            "Bericht_Id VARCHAR YES",
            "Toewijzingsdatum DATE YES",
            "Toewijzingstijd TIME YES",
            "Omvang_Volume BIGINT YES",
            "Levering_GeladenOp TIMESTAMP NO");
    String remark =
        texts(data.getColumns("GM9030", "IJW", "JW301", "Levering_Nummer"), "REMARKS").get(0);
    assertThat(remark).startsWith("Nummer van de levering");
  }

  @Test
  void showsKeysOfEveryTable() throws SQLException {
    assertThat(
            texts(
                data.getPrimaryKeys("GM9030", "IJW", "JW301_ToegewezenProduct"),
                "TABLE_NAME",
                "COLUMN_NAME",
                "KEY_SEQ",
                "PK_NAME"))
        .containsExactly(
            "JW301_ToegewezenProduct ToegewezenProduct_Id 1 PK_JW301_ToegewezenProduct");
  }

  @Test
  void showsForeignKeysFromBothSides() throws SQLException {
    List<Join> joins = FlightFixture.CATALOGUE.standard(Product.IJW).joins();
    String[] columns = {"PKTABLE_NAME", "PKCOLUMN_NAME", "FKTABLE_NAME", "FKCOLUMN_NAME"};
    List<String> children =
        joins.stream()
            .filter(join -> join.parent().equals("JW301"))
            .map(CatalogueTest::text)
            .sorted()
            .toList();
    assertThat(children).isNotEmpty();
    assertThat(texts(data.getExportedKeys("GM9030", "IJW", "JW301"), columns))
        .containsExactlyInAnyOrderElementsOf(children);
    assertThat(texts(data.getImportedKeys("GM9030", "IJW", "JW301_ToegewezenProduct"), columns))
        .containsExactlyInAnyOrderElementsOf(
            joins.stream()
                .filter(join -> join.child().equals("JW301_ToegewezenProduct"))
                .map(CatalogueTest::text)
                .collect(Collectors.toList()));
    assertThat(
            texts(
                data.getCrossReference(
                    "GM9030", "IJW", "JW301", "GM9030", "IJW", "JW301_ToegewezenProduct"),
                columns))
        .containsExactly("JW301 Bericht_Id JW301_ToegewezenProduct Bericht_Id");
    assertThat(
            texts(
                data.getCrossReference(
                    "GM9030", "IJW", "JW301", "GM9031", "IJW", "JW301_ToegewezenProduct"),
                columns))
        .isEmpty();
  }

  private static String text(Join join) {
    return String.join(" ", join.parent(), join.column(), join.child(), join.column());
  }

  /** The stock JDBC driver does not ask for them; others do. */
  @Test
  void showsTypes() throws Exception {
    try (FlightSqlClient client = fixture.client()) {
      FlightInfo info = client.getXdbcTypeInfo(FlightFixture.token("anna"));
      try (FlightStream types =
          client.getStream(info.getEndpoints().get(0).getTicket(), FlightFixture.token("anna"))) {
        assertThat(types.next()).isTrue();
        List<String> found = new ArrayList<>();
        for (int row = 0; row < types.getRoot().getRowCount(); row++) {
          found.add(
              types.getRoot().getVector("type_name").getObject(row)
                  + " "
                  + types.getRoot().getVector("data_type").getObject(row)
                  + " "
                  + types.getRoot().getVector("create_params").getObject(row));
        }
        assertThat(found)
            .contains(
                "VARCHAR 12 null",
                "BIGINT -5 null",
                "DECIMAL 3 [\"precision\",\"scale\"]",
                "TIMESTAMP 93 null",
                "BOOLEAN 16 null");
      }
    }
  }

  @Test
  void nobodySeesAnothersNames() throws SQLException {
    try (Connection other = fixture.connect("anna")) {
      DatabaseMetaData seen = other.getMetaData();
      assertThat(texts(seen.getCatalogs(), "TABLE_CAT")).containsExactly("GM9030");
      assertThat(texts(seen.getTables("GM9031", null, "%", null), "TABLE_NAME")).isEmpty();
      assertThat(texts(seen.getPrimaryKeys("GM9031", "IJW", "JW301"), "TABLE_NAME")).isEmpty();
      assertThat(texts(seen.getExportedKeys("GM9031", "IJW", "JW301"), "FKTABLE_NAME")).isEmpty();
    }
    assertThatThrownBy(() -> fixture.connect("anna", "catalog", "GM9031").close())
        .hasStackTraceContaining("42S02 KD603 ");
    assertThatThrownBy(
            () -> {
              try (Connection other = fixture.connect("anna", "gemeente", "GM9031")) {
                other.getMetaData().getCatalogs();
              }
            })
        .hasStackTraceContaining("42S02 KD603 ");
  }
}
