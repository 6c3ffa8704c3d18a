package nl.ketendata.server.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.adbc.core.AdbcConnection;
import org.apache.arrow.adbc.core.AdbcConnection.GetObjectsDepth;
import org.apache.arrow.adbc.core.AdbcDatabase;
import org.apache.arrow.adbc.core.AdbcDriver;
import org.apache.arrow.adbc.core.AdbcException;
import org.apache.arrow.adbc.core.AdbcStatement;
import org.apache.arrow.adbc.core.AdbcStatement.QueryResult;
import org.apache.arrow.adbc.driver.flightsql.FlightSqlConnectionProperties;
import org.apache.arrow.adbc.driver.flightsql.FlightSqlDriver;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ADBC's own driver: the interface that Python, R and Go programs have to Flight SQL too. */
@SuppressWarnings("try") // the client's close may be interrupted
class AdbcTest {
  @TempDir static Path folder;
  private static WiresFixture wires;
  private static BufferAllocator allocator;
  private static AdbcDatabase database;

  @BeforeAll
  static void start() throws AdbcException {
    wires = new WiresFixture(folder);
    allocator = new RootAllocator();
    database = open("anna", "anna".transform(name -> new StringBuilder(name).reverse().toString()));
  }

  private static AdbcDatabase open(String user, String password) throws AdbcException {
    Map<String, Object> parameters = new HashMap<>();
    AdbcDriver.PARAM_URI.set(parameters, "grpc+tcp://127.0.0.1:" + wires.flight.head.port());
    AdbcDriver.PARAM_USERNAME.set(parameters, user);
    AdbcDriver.PARAM_PASSWORD.set(parameters, password);
    FlightSqlConnectionProperties.WITH_COOKIE_MIDDLEWARE.set(parameters, true);
    return new FlightSqlDriver(allocator).open(parameters);
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
    wires.close();
    allocator.close();
  }

  private static List<String> rows(ArrowReader reader) throws Exception {
    List<String> rows = new ArrayList<>();
    VectorSchemaRoot root = reader.getVectorSchemaRoot();
    while (reader.loadNextBatch()) {
      for (int row = 0; row < root.getRowCount(); row++) {
        List<String> values = new ArrayList<>();
        for (FieldVector vector : root.getFieldVectors()) {
          values.add(String.valueOf(vector.getObject(row)));
        }
        rows.add(String.join("|", values));
      }
    }
    return rows;
  }

  private static List<String> query(AdbcStatement statement) throws Exception {
    try (QueryResult result = statement.executeQuery()) {
      return rows(result.getReader());
    }
  }

  @Test
  void asksAndReadsRows() throws Exception {
    try (AdbcConnection connection = database.connect();
        AdbcStatement statement = connection.createStatement()) {
      statement.setSqlQuery(
          "select ToegewezenProduct_Id, Toewijzingsdatum, Toewijzingstijd, Omvang_Volume"
              + " from JW301_ToegewezenProduct order by ToegewezenProduct_Id limit 2");
      assertThat(query(statement)).containsExactly("p1|20635|0|12", "p2|20541|9000000000|0");
    }
  }

  @Test
  void bindsParametersOfEveryType() throws Exception {
    try (AdbcConnection connection = database.connect();
        AdbcStatement statement = connection.createStatement();
        VarCharVector text = new VarCharVector("1", allocator);
        BigIntVector number = new BigIntVector("2", allocator);
        DateDayVector date = new DateDayVector("3", allocator);
        TimeStampMicroVector moment = new TimeStampMicroVector("4", allocator);
        BitVector truth = new BitVector("5", allocator)) {
      text.setSafe(0, "Jansen".getBytes(StandardCharsets.UTF_8));
      number.setSafe(0, 3);
      date.setSafe(0, (int) LocalDate.of(2010, 2, 28).toEpochDay());
      LocalDateTime at = LocalDateTime.of(2026, 7, 1, 0, 30, 15);
      moment.setSafe(0, at.toEpochSecond(ZoneOffset.UTC) * 1_000_000);
      truth.setSafe(0, 1);
      statement.setSqlQuery(
          "select Bericht_Id from JW301 where Client_Naam_Geslachtsnaam_Achternaam = ?"
              + " and Header_BerichtVersie = ? and Client_Geboortedatum_Datum = ?"
              + " and Uitwisseling_OntvangenGGk = ? and (Bericht_Id is not null) = ?");
      statement.prepare();
      List<FieldVector> values = List.of(text, number, date, moment, truth);
      values.forEach(value -> value.setValueCount(1));
      try (VectorSchemaRoot root = new VectorSchemaRoot(values)) {
        root.setRowCount(1);
        statement.bind(root);
        assertThat(query(statement)).containsExactly("b1");
        number.set(0, 4);
        assertThat(query(statement)).isEmpty();
      }
    }
  }

  /** Without columns, for which the driver needs a class that the JDBC driver has another of. */
  @Test
  void showsCatalogsAndTables() throws Exception {
    try (AdbcConnection connection = database.connect()) {
      try (ArrowReader objects =
          connection.getObjects(
              GetObjectsDepth.TABLES,
              "GM9030",
              "IJW",
              "JW301\\_Toe%",
              new String[] {"VIEW"},
              null)) {
        List<String> rows = rows(objects);
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0))
            .contains("GM9030", "IJW", "JW301_ToegewezenProduct_Breed", "VIEW")
            .doesNotContain("JW301_ToegewezenProduct\"");
      }
    }
  }

  private static String objects(
      GetObjectsDepth depth, String catalog, String schema, String table, String... types)
      throws Exception {
    try (AdbcConnection connection = database.connect();
        ArrowReader objects =
            connection.getObjects(
                depth, catalog, schema, table, types.length == 0 ? null : types, null)) {
      return String.join("\n", rows(objects));
    }
  }

  @Test
  void showsNoMoreThanTheDepthAndThePatterns() throws Exception {
    assertThat(objects(GetObjectsDepth.CATALOGS, null, null, null))
        .contains("GM9030")
        .doesNotContain("IJW", "JW301");
    assertThat(objects(GetObjectsDepth.DB_SCHEMAS, "GM9030", "I_W", null))
        .contains("GM9030", "IJW")
        .doesNotContain("IWMO", "JW301");
    assertThat(objects(GetObjectsDepth.DB_SCHEMAS, "GM9999", null, null)).doesNotContain("IJW");
    assertThat(objects(GetObjectsDepth.TABLES, null, null, "JW30_", "TABLE"))
        .contains("\"JW301\"", "\"JW305\"")
        .doesNotContain("JW301_ToegewezenProduct", "WMO301");
    assertThat(objects(GetObjectsDepth.TABLES, null, null, "JW30\\_")).doesNotContain("JW301");
    assertThat(objects(GetObjectsDepth.TABLES, null, null, "jw301"))
        .contains("\"JW301\"")
        .doesNotContain("JW301_");
    assertThat(objects(GetObjectsDepth.TABLES, null, "IWMO", "%301%"))
        .contains("WMO301")
        .doesNotContain("\"JW301");
    assertThat(objects(GetObjectsDepth.TABLES, null, null, "x'; drop")).doesNotContain("JW301");
  }

  @Test
  void tellsWhatIsWrong() throws Exception {
    try (AdbcConnection connection = database.connect();
        AdbcStatement statement = connection.createStatement()) {
      statement.setSqlQuery("select * from JW303");
      assertThatThrownBy(statement::executeQuery)
          .isInstanceOf(AdbcException.class)
          .hasMessageContaining("42S02 KD")
          .hasMessageContaining("JW30");
      statement.setSqlQuery("delete from JW301");
      assertThatThrownBy(statement::executeUpdate).hasMessageContaining("25006 KD404");
    }
    assertThatThrownBy(() -> open("anna", "x").connect().close())
        .hasStackTraceContaining("28000 KD601");
  }
}
