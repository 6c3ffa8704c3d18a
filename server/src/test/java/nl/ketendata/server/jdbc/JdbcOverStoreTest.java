package nl.ketendata.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.server.algebra.Planner;
import nl.ketendata.server.delivery.ArchiveLimits;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.http.WebServer;
import nl.ketendata.server.identity.SignIn;
import nl.ketendata.server.ingest.Ingest;
import nl.ketendata.server.ingest.IngestOrder;
import nl.ketendata.server.ingest.IngestSettings;
import nl.ketendata.server.ingest.Progress;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.query.StoreDoor;
import nl.ketendata.server.settings.HttpSettings;
import nl.ketendata.server.store.BuildSettings;
import nl.ketendata.server.store.Store;
import nl.ketendata.server.store.StoreSettings;
import nl.ketendata.server.testing.SqlShell;
import org.apache.calcite.avatica.remote.Driver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stock driver against a real store, over the real web server. */
class JdbcOverStoreTest {
  private static final int PRODUCTS = 12_345;

  @TempDir static Path folder;

  private static Store store;
  private static StoreDoor door;
  private static JdbcHead head;
  private static WebServer server;

  @BeforeAll
  static void start() throws IOException {
    Catalogue catalogue = Catalogue.read();
    Clock clock = Clock.systemUTC();
    Path zip = folder.resolve("Ketendata-IJW-Test-20261101143644.zip");
    deliver(zip);
    Path data = folder.resolve("data");
    IngestSettings settings =
        new IngestSettings(data, ArchiveLimits.DEFAULT, new BuildSettings(256, 2), 0.1);
    IngestOrder order =
        new IngestOrder(
            zip, Gemeente.parse("GM9030"), Optional.empty(), Optional.empty(), false, "test");
    new Ingest(catalogue, settings, clock).take(order, Progress.NONE);
    store =
        new Store(catalogue, new StoreSettings(data, 256, 1_024, 2, 8, Duration.ofHours(1)), clock);
    nl.ketendata.server.query.Limits limits =
        new nl.ketendata.server.query.Limits(
            4, Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(1));
    door = new StoreDoor(catalogue, store, new Planner(), limits, Events.silent());
    head = new JdbcHead(door, catalogue, "1.2.3", clock);
    server =
        new WebServer(
            HttpSettings.onFreePort(),
            List.of(head),
            (authorization, address) ->
                authorization.isPresent()
                    ? new SignIn.Accepted(Fixture.caller("anna", "9030"))
                    : new SignIn.Missing(),
            Events.silent());
    server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
    head.close();
    door.close();
    store.close();
  }

  private static void deliver(Path zip) throws IOException {
    StringBuilder products =
        new StringBuilder("ToegewezenProduct_Id,Bericht_Id,Toewijzingsdatum,Omvang_Volume\n");
    for (int i = 0; i < PRODUCTS; i++) {
      products.append("p%05d,b1,2026-07-%02d,%d\n".formatted(i, i % 31 + 1, i));
    }
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream archive = new ZipOutputStream(file)) {
      add(
          archive,
          "JW301.csv",
          "Bericht_Id,Uitwisseling_OntvangenGGk,Client_Geboortedatum_Datum\n"
              + "b1,2026-07-01T00:30:15,2010-02-28\nb2,2026-01-15T23:59:59,\n");
      add(archive, "JW301_ToegewezenProduct.csv", products.toString());
    }
  }

  private static void add(ZipOutputStream archive, String name, String text) throws IOException {
    archive.putNextEntry(new ZipEntry(name));
    archive.write(text.getBytes(StandardCharsets.UTF_8));
    archive.closeEntry();
  }

  private static String url() {
    return "http://127.0.0.1:" + server.port() + "/jdbc";
  }

  private static Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.put("serialization", "protobuf");
    properties.put("authentication", "BASIC");
    properties.put("avatica_user", "anna");
    properties.put("avatica_password", "geheim");
    return new Driver().connect("jdbc:avatica:remote:url=" + url(), properties);
  }

  @Test
  void readsEveryRowOnce() throws SQLException {
    try (Connection connection = connect();
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery(
                    "select Omvang_Volume from JW301_ToegewezenProduct order by Omvang_Volume")) {
      long expected = 0;
      while (rows.next()) {
        assertThat(rows.getLong(1)).isEqualTo(expected++);
      }
      assertThat(expected).isEqualTo(PRODUCTS);
    }
  }

  @Test
  void takesParametersAndGivesAggregates() throws SQLException {
    String sql =
        "select count(*), sum(p.Omvang_Volume), min(m.Uitwisseling_OntvangenGGk),"
            + " avg(p.Omvang_Volume) from JW301 m join JW301_ToegewezenProduct p"
            + " on p.Bericht_Id = m.Bericht_Id where p.Toewijzingsdatum = ?"
            + " and m.Uitwisseling_OntvangenGGk >= ? and p.Omvang_Volume < ?"
            + " and m.Bericht_Id = ?";
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setDate(1, Date.valueOf("2026-07-01"));
      statement.setTimestamp(2, Timestamp.valueOf("2026-07-01 00:30:15"));
      statement.setLong(3, 100);
      statement.setString(4, "b1");
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        assertThat(rows.getLong(1)).isEqualTo(4);
        assertThat(rows.getBigDecimal(2)).isEqualByComparingTo("186");
        assertThat(rows.getTimestamp(3)).isEqualTo(Timestamp.valueOf("2026-07-01 00:30:15"));
        assertThat(rows.getDouble(4)).isEqualTo(46.5);
      }
    }
  }

  @Test
  void takesParametersOfEveryType() throws SQLException {
    String sql =
        "select cast(? as time), cast(? as timestamp), cast(? as boolean),"
            + " cast(? as decimal(10, 2)), cast(? as double), cast(? as varchar),"
            + " cast(? as integer), cast(? as date)";
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setTime(1, Time.valueOf("00:30:15"));
      statement.setTimestamp(2, Timestamp.valueOf("1968-02-29 12:00:01.25"));
      statement.setBoolean(3, true);
      statement.setBigDecimal(4, new BigDecimal("12.50"));
      statement.setDouble(5, 0.1);
      statement.setString(6, "Zoë");
      statement.setInt(7, -7);
      statement.setNull(8, Types.DATE);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        assertThat(rows.getTime(1)).hasToString("00:30:15");
        assertThat(rows.getTimestamp(2)).isEqualTo(Timestamp.valueOf("1968-02-29 12:00:01.25"));
        assertThat(rows.getBoolean(3)).isTrue();
        assertThat(rows.getBigDecimal(4)).isEqualTo(new BigDecimal("12.50"));
        assertThat(rows.getDouble(5)).isEqualTo(0.1);
        assertThat(rows.getString(6)).isEqualTo("Zoë");
        assertThat(rows.getInt(7)).isEqualTo(-7);
        assertThat(rows.getDate(8)).isNull();
      }
    }
  }

  @Test
  void givesBackItsPlaceWhenRowsAreNotReadToTheEnd() throws SQLException {
    try (Connection connection = connect()) {
      for (int i = 0; i < 20; i++) {
        try (Statement statement = connection.createStatement()) {
          assertThat(statement.executeQuery("select * from JW301_ToegewezenProduct").next())
              .isTrue();
        }
      }
    }
  }

  @Test
  void givesConstantsOfEveryType() throws SQLException {
    String sql =
        "select 'jw', cast(1 as integer), 2.50, true, date '2026-07-01', time '00:30:15',"
            + " timestamp '2026-07-01 00:30:15', cast(null as varchar), 1e0";
    try (Connection connection = connect();
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      rows.next();
      List<String> texts = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        texts.add(rows.getMetaData().getColumnTypeName(i) + " " + rows.getString(i));
      }
      assertThat(texts.toString())
          .contains("jw,", "INTEGER 1,", "DECIMAL 2.50,", "BOOLEAN true,", "DATE 2026-07-01,")
          .contains(" 00:30:15", "TIMESTAMP 2026-07-01 00:30:15", "VARCHAR null,", "DOUBLE 1.0");
    }
  }

  @Test
  void tellsTheStateOfAnError() throws SQLException {
    try (Connection connection = connect()) {
      for (String[] wrong :
          new String[][] {
            {"selec 1", "42000"},
            {"select * from JW999", "42S02"},
            {"select Niets from JW301", "42S22"},
            {"delete from JW301", "25006"},
            {"select * from GM9031.IJW.JW301", "42S02"}
          }) {
        assertThatThrownBy(() -> connection.createStatement().executeQuery(wrong[0]))
            .as(wrong[0])
            .extracting(e -> ((SQLException) e).getSQLState())
            .isEqualTo(wrong[1]);
      }
    }
  }

  @Test
  void servesSqlline() throws IOException {
    String printed =
        SqlShell.run(
            url(),
            "anna",
            "geheim",
            "select Bericht_Id, Uitwisseling_OntvangenGGk from JW301 order by 1;",
            "!tables");
    assertThat(printed)
        .contains("2026-07-01 00:30:15", "2 rows selected", "WMO301_ToegewezenProduct");
  }
}
