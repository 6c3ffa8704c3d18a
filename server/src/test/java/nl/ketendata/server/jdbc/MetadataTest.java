package nl.ketendata.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import nl.ketendata.schema.Product;
import org.apache.calcite.avatica.AvaticaDatabaseMetaData;
import org.apache.calcite.avatica.Meta.DatabaseProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTest {
  private Fixture fixture;
  private Connection connection;
  private DatabaseMetaData data;

  @BeforeEach
  void start() throws Exception {
    fixture = new Fixture();
    connection = fixture.connect("beide");
    data = connection.getMetaData();
  }

  @AfterEach
  void stop() throws SQLException {
    connection.close();
    fixture.close();
  }

  private static List<String> read(ResultSet rows, String... columns) throws SQLException {
    List<String> read = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (String column : columns) {
          values.add(rows.getString(column));
        }
        read.add(String.join("|", values));
      }
    }
    return read;
  }

  @Test
  void catalogsAreTheCallersOrganisations() throws SQLException {
    assertThat(read(data.getCatalogs(), "TABLE_CAT")).containsExactly("GM9030", "GM9031");
  }

  @Test
  void schemasAreTheProductsOfEachCatalog() throws SQLException {
    assertThat(read(data.getSchemas(), "TABLE_CATALOG", "TABLE_SCHEM"))
        .containsExactly("GM9030|IJW", "GM9030|IWMO", "GM9031|IJW", "GM9031|IWMO");
    assertThat(read(data.getSchemas("GM9031", "%mo"), "TABLE_CATALOG", "TABLE_SCHEM"))
        .containsExactly("GM9031|IWMO");
  }

  @Test
  void tablesAreAllFilesOfTheCatalogue() throws SQLException {
    int files = 0;
    for (Product product : Product.values()) {
      files += Fixture.CATALOGUE.standard(product).tables().size();
    }
    assertThat(read(data.getTables(null, null, null, null), "TABLE_NAME")).hasSize(2 * files);
    assertThat(read(data.getTables("GM9030", null, "%", new String[] {"TABLE"}), "TABLE_NAME"))
        .hasSize(files);
    assertThat(read(data.getTables(null, null, null, new String[] {"VIEW"}), "TABLE_NAME"))
        .isEmpty();
    assertThat(read(data.getTables("GM9999", null, null, null), "TABLE_NAME")).isEmpty();
  }

  @Test
  void tablesHaveTheirDutchDescription() throws SQLException {
    assertThat(
            read(
                data.getTables("GM9030", "IWMO", "wmo301_toegewezenproduct", null),
                "TABLE_CAT",
                "TABLE_SCHEM",
                "TABLE_NAME",
                "TABLE_TYPE",
                "REMARKS"))
        .containsExactly(
            "GM9030|IWMO|WMO301_ToegewezenProduct|TABLE"
                + "|Toewijzing Wmo-ondersteuning: ToegewezenProduct");
  }

  @ParameterizedTest
  @ValueSource(strings = {"JW301\\_%", "jw301_Relat__%"})
  void patternsKnowWildcardsAndEscape(String pattern) throws SQLException {
    assertThat(read(data.getTables("GM9030", "IJW", pattern, null), "TABLE_NAME"))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("JW301_"));
  }

  @Test
  void columnsHaveTypeNullabilityPlaceAndDescription() throws SQLException {
    List<String> columns =
        read(
            data.getColumns("GM9030", "IJW", "JW301", null),
            "ORDINAL_POSITION",
            "COLUMN_NAME",
            "TYPE_NAME",
            "IS_NULLABLE",
            "NULLABLE");
    int all =
        Fixture.CATALOGUE.standard(Product.IJW).table("JW301").orElseThrow().allColumns().size();
    assertThat(columns)
        .hasSize(all)
        .contains("1|Bericht_Id|VARCHAR|NO|0")
        .contains(all + "|Levering_GeladenOp|TIMESTAMP|NO|0")
        .contains((all - 1) + "|Levering_Nummer|BIGINT|NO|0");
    assertThat(columns.stream().filter(column -> column.endsWith("|YES|1"))).hasSize(all - 4);
    assertThat(read(data.getColumns("GM9030", "IJW", "JW301", "client_bsn"), "REMARKS"))
        .containsExactly(
            Fixture.CATALOGUE
                .standard(Product.IJW)
                .table("JW301")
                .flatMap(table -> table.column("Client_Bsn"))
                .orElseThrow()
                .description());
  }

  @Test
  void columnsOfAllTablesComeWhole() throws SQLException {
    int expected = 0;
    for (Product product : Product.values()) {
      for (var table : Fixture.CATALOGUE.standard(product).tables()) {
        expected += table.allColumns().size();
      }
    }
    assertThat(read(data.getColumns("GM9030", null, null, null), "COLUMN_NAME")).hasSize(expected);
    assertThat(read(data.getColumns(null, null, null, null), "COLUMN_NAME")).hasSize(2 * expected);
  }

  @Test
  void tellsTypesOnce() throws SQLException {
    assertThat(read(data.getTypeInfo(), "TYPE_NAME"))
        .contains("VARCHAR", "BIGINT", "DATE", "TIME", "TIMESTAMP")
        .doesNotHaveDuplicates();
    assertThat(read(data.getTableTypes(), "TABLE_TYPE")).containsExactly("TABLE", "VIEW");
  }

  @Test
  void numbersInMetadataAreNumbers() throws SQLException {
    try (ResultSet rows = data.getColumns("GM9030", "IJW", "JW301", "Levering_Nummer")) {
      rows.next();
      assertThat(rows.getInt("DATA_TYPE")).isEqualTo(Types.BIGINT);
      assertThat(rows.getInt("COLUMN_SIZE")).isEqualTo(19);
      assertThat(rows.getInt("DECIMAL_DIGITS")).isZero();
      assertThat(rows.getObject("BUFFER_LENGTH")).isNull();
    }
  }

  @Test
  void tellsProductAndVersion() throws SQLException {
    AvaticaDatabaseMetaData avatica = data.unwrap(AvaticaDatabaseMetaData.class);
    assertThat(remote(avatica, DatabaseProperty.GET_DATABASE_PRODUCT_NAME))
        .isEqualTo("Ketendata Server");
    assertThat(remote(avatica, DatabaseProperty.GET_DATABASE_PRODUCT_VERSION)).isEqualTo("1.2.3");
    assertThat(data.getSQLKeywords()).contains("QUALIFY");
    assertThat(data.isReadOnly()).isTrue();
  }

  private static Object remote(AvaticaDatabaseMetaData data, DatabaseProperty property)
      throws SQLException {
    return data.getRemoteAvaticaProperties().get(property.name());
  }

  @Test
  void givesBackALongListingThatIsNotReadToTheEnd() throws SQLException {
    for (int i = 0; i < 20; i++) {
      ResultSet rows = data.getColumns(null, null, null, null);
      rows.next();
      rows.close();
    }
    assertThat(read(data.getCatalogs(), "TABLE_CAT")).hasSize(2);
  }
}
