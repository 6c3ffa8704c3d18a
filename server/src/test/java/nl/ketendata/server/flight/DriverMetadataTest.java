package nl.ketendata.server.flight;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import nl.ketendata.server.query.SqlWords;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** All that a tool may ask of {@link DatabaseMetaData}, through both stock drivers. */
@ExtendWith(Utc.class)
class DriverMetadataTest {
  /** Both drivers throw "todo: implement this method" of themselves; no server can help it. */
  private static final String[] OF_THE_DRIVERS = {
    "deletesAreDetected",
    "insertsAreDetected",
    "othersDeletesAreVisible",
    "othersInsertsAreVisible",
    "othersUpdatesAreVisible",
    "ownDeletesAreVisible",
    "ownInsertsAreVisible",
    "ownUpdatesAreVisible",
    "supportsResultSetHoldability",
    "updatesAreDetected"
  };

  private static final List<String> TOLD =
      List.of(
          "Ketendata Server",
          "1.2.3",
          String.join(",", SqlWords.STANDARD.keywords()),
          String.join(",", SqlWords.STANDARD.numeric()),
          String.join(",", SqlWords.STANDARD.text()),
          String.join(",", SqlWords.STANDARD.moments()),
          String.join(",", SqlWords.STANDARD.others()));

  @TempDir static Path folder;
  private static WiresFixture wires;

  @BeforeAll
  static void start() {
    wires = new WiresFixture(folder);
  }

  @AfterAll
  static void stop() {
    wires.close();
  }

  @Test
  void everyMethodAnswersOverFlight() throws SQLException {
    try (Connection connection = wires.flight.connect("anna")) {
      assertThat(refusals(connection.getMetaData())).containsOnlyKeys(OF_THE_DRIVERS);
      assertThat(told(connection.getMetaData())).isEqualTo(TOLD);
    }
  }

  @Test
  void everyMethodAnswersOverAvatica() throws SQLException {
    try (Connection connection = wires.avatica()) {
      assertThat(refusals(connection.getMetaData())).containsOnlyKeys(OF_THE_DRIVERS);
      // Its product name and version are the driver's own, whatever a server says.
      assertThat(told(connection.getMetaData()).subList(2, 7)).isEqualTo(TOLD.subList(2, 7));
    }
  }

  private static List<String> told(DatabaseMetaData data) throws SQLException {
    List<String> told =
        List.of(
            data.getDatabaseProductName(),
            data.getDatabaseProductVersion(),
            data.getSQLKeywords(),
            data.getNumericFunctions(),
            data.getStringFunctions(),
            data.getTimeDateFunctions(),
            data.getSystemFunctions());
    return told.stream().map(words -> words.replace(", ", ",")).toList();
  }

  /** What is told is also true. */
  @Test
  void everyFunctionThatIsToldOfCanBeAsked() throws SQLException {
    try (Connection connection = wires.avatica();
        Statement statement = connection.createStatement()) {
      DatabaseMetaData data = connection.getMetaData();
      for (String name : data.getNumericFunctions().split(",")) {
        String rest = name.matches("MOD|POWER|ROUND|TRUNCATE") ? "(2, 1)" : "(2)";
        statement.executeQuery("select " + name + rest).close();
      }
      assertThat(data.getStringFunctions().split(",")).contains("UPPER", "SUBSTRING");
    }
  }

  @Test
  void tellsKeysOfCodesAndWideTables() throws SQLException {
    try (Connection connection = wires.flight.connect("anna")) {
      DatabaseMetaData data = connection.getMetaData();
      assertThat(
              texts(
                  data.getImportedKeys("GM9030", "IJW", "JW301_ToegewezenProduct"),
                  "FKCOLUMN_NAME PKTABLE_NAME PKCOLUMN_NAME FK_NAME PK_NAME"))
          .contains(
              "Bericht_Id JW301 Bericht_Id FK_P064 PK_JW301",
              "Omvang_Eenheid Codelijst_WJ756 Code FK_JW301_ToegewezenProduct_Omvang_Eenheid"
                  + " PK_Codelijst_WJ756");
      assertThat(
              texts(
                  data.getCrossReference(
                      null, null, "Codelijst_WJ756", null, null, "JW301_ToegewezenProduct_Breed"),
                  "FKCOLUMN_NAME"))
          .containsExactly("Omvang_Eenheid");
      assertThat(texts(data.getPrimaryKeys(null, "IJW", "Codelijst_WJ756"), "COLUMN_NAME"))
          .containsExactly("Code");
      assertThat(texts(data.getTables(null, "IJW", "%", new String[] {"VIEW"}), "TABLE_NAME"))
          .contains("JW301_ToegewezenProduct_Breed")
          .allMatch(name -> name.endsWith("_Breed"));
    }
    try (Connection connection = wires.avatica()) {
      DatabaseMetaData data = connection.getMetaData();
      assertThat(
              texts(
                  data.getTables(null, "IJW", "JW301\\_%P%", null),
                  "TABLE_NAME TABLE_TYPE REMARKS"))
          .contains(
              "JW301_ToegewezenProduct_Breed VIEW JW301_ToegewezenProduct met de kolommen van"
                  + " JW301 ernaast.");
    }
  }

  private static List<String> texts(ResultSet rows, String columns) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (String column : columns.split(" ")) {
          row.add(rows.getString(column));
        }
        texts.add(String.join(" ", row));
      }
    }
    return texts;
  }

  /** What every method without an answer says, by the method's name. */
  private static Map<String, String> refusals(DatabaseMetaData data) {
    Map<String, String> refusals = new TreeMap<>();
    List<Method> methods =
        Stream.of(DatabaseMetaData.class.getMethods())
            .sorted(Comparator.comparing(Method::toString))
            .toList();
    for (Method method : methods) {
      try {
        if (method.invoke(data, arguments(method)) instanceof ResultSet rows) {
          readAll(rows);
        }
      } catch (InvocationTargetException e) {
        refusals.put(method.getName(), String.valueOf(e.getCause()));
      } catch (IllegalAccessException | SQLException | RuntimeException e) {
        refusals.put(method.getName(), String.valueOf(e));
      }
    }
    assertThat(methods).hasSizeGreaterThan(170);
    return refusals;
  }

  private static Object[] arguments(Method method) {
    List<Object> arguments = new ArrayList<>();
    for (Class<?> type : method.getParameterTypes()) {
      arguments.add(
          type == int.class
              ? ResultSet.TYPE_FORWARD_ONLY
              : type == boolean.class
                  ? false
                  : type == Class.class ? DatabaseMetaData.class : null);
    }
    if (method.getName().equals("supportsTransactionIsolationLevel")) {
      return new Object[] {Connection.TRANSACTION_NONE};
    }
    if (method.getName().matches("get(PrimaryKeys|ImportedKeys|ExportedKeys|CrossReference)")) {
      arguments.replaceAll(none -> "JW301");
    }
    return arguments.toArray();
  }

  private static void readAll(ResultSet rows) throws SQLException {
    try (rows) {
      while (rows.next()) {
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          rows.getObject(column);
        }
      }
    }
  }
}
