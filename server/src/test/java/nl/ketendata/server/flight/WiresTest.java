package nl.ketendata.server.flight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same values through every wire. */
@ExtendWith(Utc.class)
class WiresTest {
  private static final String MESSAGES =
      "select Bericht_Id, Uitwisseling_OntvangenGGk, Client_Geboortedatum_Datum,"
          + " Header_BerichtVersie, Client_Naam_Geslachtsnaam_Achternaam, Levering_Gemeente,"
          + " Levering_Nummer, Levering_GeladenOp from JW301 order by Bericht_Id";
  private static final String PRODUCTS =
      "select ToegewezenProduct_Id, Toewijzingsdatum, Toewijzingstijd, Omvang_Volume"
          + " from JW301_ToegewezenProduct order by ToegewezenProduct_Id";

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        MESSAGES,
        PRODUCTS,
        "select 'tekst é 漢字', cast('ab' as char(5)), null, ''",
        "select 12345678901, cast(7 as integer), cast(-3 as smallint), cast(null as bigint)",
        "select 1.25, cast(-0.005 as decimal(10,3)), cast(1234567890123456789012 as decimal(38,0))",
        "select cast(1.5 as double), cast(1.5 as real), cast(1e300 as double)",
        "select true, false, cast(null as boolean), 1 = 1",
        "select date '2026-07-01', date '1899-12-31', time '23:59:59', time '00:00:00'",
        "select timestamp '2026-07-01 00:30:15.250', timestamp '1968-02-29 12:00:01'",
        "select timestamp '2021-10-31 02:15:01', timestamp '2026-03-29 02:30:00'",
        "select sum(Omvang_Volume), count(*), avg(Omvang_Volume), min(Toewijzingsdatum),"
            + " max(Toewijzingstijd), count(distinct Bericht_Id) from JW301_ToegewezenProduct",
        "select char_length('abc'), extract(year from date '2026-07-01'), 7 / 2, 7.0 / 2, mod(7, 4)"
      })
  void flightAndAvaticaGiveTheSame(String sql) throws SQLException {
    try (Connection avatica = wires.avatica();
        Connection flight = wires.flight.connect("anna")) {
      List<String> expected = rows(avatica, sql);
      assertThat(expected).isNotEmpty();
      assertThat(rows(flight, sql)).isEqualTo(expected);
    }
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int width = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= width; column++) {
          row.add(rows.getMetaData().getColumnLabel(column) + "=" + value(rows, column));
        }
        texts.add(String.join("|", row));
      }
    }
    return texts;
  }

  /** By value and type; the two drivers differ in the name of one class only. */
  private static String value(ResultSet rows, int column) throws SQLException {
    Object value = rows.getObject(column);
    if (value == null) {
      return "-";
    }
    if (value instanceof Time) {
      return "Time " + value;
    }
    if (value instanceof Timestamp) {
      return "Timestamp " + ((Timestamp) value).toLocalDateTime();
    }
    String text = value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    return value.getClass().getSimpleName() + " " + text;
  }

  @Test
  void odataGivesTheSame() throws SQLException {
    assertSame("JW301", MESSAGES);
    assertSame("JW301_ToegewezenProduct", PRODUCTS);
  }

  private static void assertSame(String set, String sql) throws SQLException {
    String columns = sql.substring(7, sql.indexOf(" from ")).replace(" ", "");
    String key = columns.substring(0, columns.indexOf(','));
    String address = "odata/GM9030/ijw/" + set + "?$select=" + columns + "&$orderby=" + key;
    List<String> expected = new ArrayList<>();
    for (JsonNode page : wires.odata().walk(address, 100)) {
      expected.add(row(page, columns.split(",")));
    }
    List<String> found = new ArrayList<>();
    try (Connection flight = wires.flight.connect("anna");
        Statement statement = flight.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= columns.split(",").length; column++) {
          row.add(json(rows, column));
        }
        found.add(String.join("|", row));
      }
    }
    assertThat(expected).hasSize(4);
    assertThat(found).isEqualTo(expected);
  }

  private static String row(JsonNode json, String... columns) {
    List<String> row = new ArrayList<>();
    for (String column : columns) {
      JsonNode value = json.get(column);
      row.add(value.isNull() ? "-" : value.asText().replaceAll("(T.*)([+-]..:..|Z)$", "$1"));
    }
    return String.join("|", row);
  }

  /** As OData writes it, without an offset. */
  private static String json(ResultSet rows, int column) throws SQLException {
    Object value = rows.getObject(column);
    if (value instanceof Timestamp moment) {
      return java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
          moment.toLocalDateTime());
    }
    if (value instanceof Time) {
      return value.toString();
    }
    return value == null ? "-" : value.toString();
  }

  @Test
  void aValueOfEveryTypeReturnsAsParameter() throws SQLException {
    String sql =
        "select count(*) from JW301 m join JW301_ToegewezenProduct p using (Bericht_Id)"
            + " where m.Uitwisseling_OntvangenGGk = ? and Client_Geboortedatum_Datum = ?"
            + " and Header_BerichtVersie = ? and Client_Naam_Geslachtsnaam_Achternaam = ?"
            + " and Toewijzingstijd = ? and m.Levering_GeladenOp >= ?";
    for (Connection connection : List.of(wires.avatica(), wires.flight.connect("anna"))) {
      try (connection;
          PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setTimestamp(1, Timestamp.valueOf("2026-07-01 00:30:15"));
        statement.setDate(2, java.sql.Date.valueOf("2010-02-28"));
        statement.setLong(3, 3);
        statement.setString(4, "Jansen");
        statement.setTime(5, Time.valueOf("02:30:00"));
        statement.setTimestamp(6, Timestamp.valueOf("2020-01-01 00:00:00"));
        try (ResultSet rows = statement.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getLong(1)).as(connection.toString()).isEqualTo(1);
        }
      }
    }
  }
}
