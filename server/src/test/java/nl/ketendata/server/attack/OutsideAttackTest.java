package nl.ketendata.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.ketendata.server.identity.Users;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.testing.RunningServer;
import nl.ketendata.server.testing.TestServer;
import nl.ketendata.server.testing.WebClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What somebody outside tries who has an account of GM9030: texts that mean something elsewhere in
 * every place that a text can stand, and the name of another gemeente in every place that a name
 * can.
 */
class OutsideAttackTest {
  private static final String PASSWORD = "vier losse worden op rij";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Pattern CODE = Pattern.compile("KD[0-9]{3}");

  /** Each is the value of a row, and must stay just that. */
  private static final List<String> TEXTS =
      List.of(
          "'",
          "''",
          "\"",
          "--",
          "/* */",
          ";",
          "'; DROP TABLE JW301; --",
          "' or '1'='1",
          "') or ('1'='1",
          "\\",
          "\\'",
          "%",
          "_",
          "$$",
          "?",
          "@p",
          "{d '2024-01-01'}",
          "\u202eomgekeerd",
          "\uff07 or 1=1",
          "\u2019",
          "\u0130\u0131",
          "\ud83d\ude00",
          "a\tb",
          "null",
          "=cmd|'/c calc'!A1");

  @TempDir static Path data;
  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    try (TestServer filled = new TestServer(data)) {
      StringBuilder rows = new StringBuilder("Bericht_Id,Header_Ontvanger\n");
      for (int i = 0; i < TEXTS.size(); i++) {
        rows.append("%s,\"%s\"\n".formatted("m" + i, TEXTS.get(i).replace("\"", "\"\"")));
      }
      for (String gemeente : List.of("9030", "9031")) {
        filled.take(
            "GM" + gemeente,
            "Ketendata-IJW-G" + gemeente + "-20240107060000.zip",
            new TreeMap<>(Map.of("JW301.csv", rows.toString())));
      }
    }
    new Users(data, new SecureRandom(), Clock.systemUTC())
        .add("anna", "GM9030", Role.BEHEERDER, PASSWORD);
    server = new RunningServer(data, "");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpRequest.Builder request(String path) {
    byte[] pair = ("anna:" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(URI.create(server.url() + path))
        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  private static String send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  private static String get(String path) throws Exception {
    return send(request(path));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /**
   * @param more names and values of properties in turn
   */
  private static Connection avatica(String... more) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("avatica_user", "anna");
    properties.setProperty("avatica_password", PASSWORD);
    for (int i = 0; i < more.length; i += 2) {
      properties.setProperty(more[i], more[i + 1]);
    }
    return DriverManager.getConnection(
        "jdbc:avatica:remote:url="
            + server.url()
            + "/jdbc;serialization=protobuf;authentication=BASIC",
        properties);
  }

  private static Connection flight(String more) throws SQLException {
    Properties who = new Properties();
    who.setProperty("user", "anna");
    who.setProperty("password", PASSWORD);
    return DriverManager.getConnection(
        "jdbc:arrow-flight-sql://localhost:" + server.flightPort() + "?useEncryption=false" + more,
        who);
  }

  @Test
  void aLiteralIsAValueAndNothingElseInOData() throws Exception {
    for (int i = 0; i < TEXTS.size(); i++) {
      String text = quoted(TEXTS.get(i));
      String own = "\"value\":[{\"Bericht_Id\":\"m" + i + "\"}]";
      for (String filter :
          List.of(
              "$filter=" + encoded("Header_Ontvanger eq " + text),
              "$filter=" + encoded("Header_Ontvanger in (" + text + ")"),
              "$filter=" + encoded("Header_Ontvanger eq @p") + "&@p=" + encoded(text))) {
        assertThat(get("/odata/GM9030/ijw/JW301?$select=Bericht_Id&" + filter))
            .as(filter)
            .startsWith("200 ")
            .contains(own);
      }
      assertThat(get("/odata/GM9030/ijw/JW301(" + encoded(text) + ")"))
          .as("key " + text)
          .containsPattern("^404 .*KD506");
    }
  }

  @Test
  void aNameThatIsNoneIsRefusedInOData() throws Exception {
    for (String text : TEXTS) {
      String name = encoded(text);
      for (String path :
          List.of(
              name,
              "JW301('m0')/" + name,
              "JW301?$select=" + name,
              "JW301?$orderby=" + name,
              "JW301?$expand=" + name,
              "JW301?$filter=" + encoded(text + " eq 1"),
              "JW301?$apply=" + encoded("aggregate($count as " + text + ")"),
              "JW301?$compute=" + encoded("1 as " + text),
              "JW301?" + name + "=1")) {
        String answer = get("/odata/GM9030/ijw/" + path);
        assertThat(answer).as(path).doesNotContain("KD901").doesNotStartWith("500");
      }
    }
  }

  @Test
  void aLiteralOrParameterIsAValueAndNothingElseInSql() throws Exception {
    try (Connection avatica = avatica();
        Connection flight = flight("")) {
      for (Connection connection : List.of(avatica, flight)) {
        for (int i = 0; i < TEXTS.size(); i++) {
          String where = "select Bericht_Id from JW301 where Header_Ontvanger = ";
          assertThat(answer(connection, where + quoted(TEXTS.get(i)))).isEqualTo("m" + i);
          try (PreparedStatement statement = connection.prepareStatement(where + "?")) {
            statement.setString(1, TEXTS.get(i));
            try (ResultSet rows = statement.executeQuery()) {
              assertThat(rows.next()).as(TEXTS.get(i)).isTrue();
              assertThat(rows.getString(1)).isEqualTo("m" + i);
              assertThat(rows.next()).isFalse();
            }
          }
          if (connection == flight) {
            continue;
          }
          String name = "\"" + TEXTS.get(i).replace("\"", "\"\"") + "\"";
          assertThat(answer(connection, "select " + name + " from JW301")).contains("KD4");
          assertThat(answer(connection, "select 1 from " + name)).contains("KD4");
          assertThat(answer(connection, "select count(*) as " + name + " from JW301"))
              .isEqualTo(Integer.toString(TEXTS.size()));
        }
      }
    }
  }

  /** Rows of the first column, or the refusal. */
  private static String answer(Connection connection, String text) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(text)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return String.join(",", values);
    } catch (SQLException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void whatIsNotAQuestionOrReachesOutIsRefusedByEveryRoad() throws Exception {
    try (Connection avatica = avatica();
        Connection flight = flight("")) {
      for (String text :
          List.of(
              "delete from JW301",
              "insert into JW301 values (1)",
              "update JW301 set Bericht_Id = 'x'",
              "drop table JW301",
              "create table x as select 1 as a",
              "alter table JW301 add column x int",
              "truncate table JW301",
              "attach ':memory:' as x",
              "copy JW301 to '/tmp/x'",
              "export database '/tmp/x'",
              "install httpfs",
              "load httpfs",
              "pragma database_list",
              "set memory_limit = '1GB'",
              "use GM9031",
              "call pragma_version()",
              "select 1 as a; select 2 as a",
              "select * from read_csv('/etc/passwd')",
              "select * from read_text('/etc/passwd')",
              "select * from glob('/*')",
              "select * from '/etc/passwd'",
              "select * from \"/etc/passwd\"",
              "select * from duckdb_settings()",
              "select * from duckdb_databases",
              "select * from sqlite_master",
              "select * from pragma_version()",
              "select * from metadata.TABLES",
              "select * from query('select 1')",
              "select * from query_table('JW301')",
              "select getenv('HOME') as a",
              "select current_setting('memory_limit') as a",
              "select version() as a",
              "select list_sum(range(50000000)) as a",
              "select * from \"GM9030_ijw_1\".\"main\".\"JW301\"",
              "select * from memory.logboek.GM9030",
              "select rowid from JW301",
              "select * from table(x())",
              "values (system_user)")) {
        String byAvatica = answer(avatica, text);
        assertThat(byAvatica).as(text).containsPattern("KD4[0-9]{2}").doesNotContain("KD901");
        assertThat(answer(flight, text)).as(text).contains(code(byAvatica));
        assertThat(send(sql(text))).as(text).contains(code(byAvatica));
      }
    }
  }

  private static HttpRequest.Builder sql(String text) {
    return request("/sql")
        .header("Content-Type", "application/sql")
        .POST(HttpRequest.BodyPublishers.ofString(text));
  }

  private static String code(String text) {
    Matcher matcher = CODE.matcher(text);
    return matcher.find() ? matcher.group() : "no code in " + text;
  }

  /** Everywhere the same as a name that nobody has. */
  @Test
  void theNameOfAnotherIsThatOfNobodyInEveryPlace() throws Exception {
    for (String path :
        List.of(
            "/odata/GM9031/ijw/",
            "/odata/gm9031/ijw/$metadata",
            "/odata/GM%39031/ijw/JW301",
            "/odata/GM9030/../GM9031/ijw/JW301",
            "/odata/GM9030%2f..%2fGM9031/ijw/JW301",
            "/odata/GM9030/ijw/GM9031",
            "/odata/GM9030/ijw/$entity?$id=/odata/GM9031/ijw/JW301('m1')",
            "/odata/GM9030/ijw/$entity?$id=../../GM9031/ijw/JW301('m1')",
            "/odata/GM9030/ijw/$crossjoin(JW301,GM9031)",
            "/odata/GM9030/ijw/JW301?$filter=$root/GM9031/Bericht_Id%20eq%20'x'",
            "/odata/GM9030/ijw/JW301?$schemaversion=GM9031",
            "/odata/GM9030/ijw/JW301('m1')?$expand=GM9031",
            "/leveringen/GM9031/ijw",
            "/leveringen/GM9031/ijw/1",
            "/audit/GM9031",
            "/gebruikers/GM9031",
            "/gebruikers/GM9031/anna",
            "/tokens/GM9031",
            "/aansluiten/GM9031-ijw.pbids")) {
      String answer = get(path);
      assertThat(answer)
          .as(path)
          .isEqualTo(get(path.replace("9031", "9039")).replace("9039", "9031"))
          .doesNotStartWith("200")
          .doesNotContain("KD901");
    }
    for (String part :
        List.of("/odata/GM9031/ijw/JW301", "../../GM9031/ijw/JW301", "GM9031/JW301")) {
      String answer = batch(part);
      assertThat(answer)
          .as(part)
          .isEqualTo(batch(part.replace("9031", "9039")).replace("9039", "9031"))
          .contains("\"error\"")
          .doesNotContain("KD901", "\"m1\"");
    }
    for (String text :
        List.of(
            "select * from GM9031.IJW.JW301",
            "select * from \"GM9031\".\"IJW\".\"JW301\"",
            "select * from GM9031.JW301",
            "select GM9031.IJW.JW301.Bericht_Id from JW301",
            "select * from JW301 where exists (select 1 from GM9031.IJW.JW301)",
            "select * from GM9031.INFORMATION_SCHEMA.TABLES",
            "explain plan for select * from GM9031.IJW.JW301")) {
      assertThat(send(sql(text)))
          .as(text)
          .isEqualTo(send(sql(text.replace("9031", "9039"))).replace("9039", "9031"))
          .containsPattern("KD4[0-9]{2}");
    }
    String body = "{\"sql\":\"select 1 as a from JW301\",\"gemeente\":\"GM9031\"}";
    HttpRequest.Builder named =
        request("/sql")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    assertThat(send(named)).contains("KD603");
  }

  private static String batch(String part) throws Exception {
    String body =
        "{\"requests\":[{\"id\":\"1\",\"method\":\"GET\",\"url\":\"%s\"}]}".formatted(part);
    String answer =
        send(
            request("/odata/GM9030/ijw/$batch")
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    assertThat(WebClient.parse(answer.substring(4)).isObject()).isTrue();
    return answer;
  }

  @Test
  void aConnectionNamesNoOrganisationOfAnother() throws Exception {
    assertThat(firstAnswer(() -> avatica("gemeente", "GM9031")))
        .contains("KD603")
        .isEqualTo(firstAnswer(() -> avatica("gemeente", "GM9039")).replace("9039", "9031"));
    assertThat(firstAnswer(() -> flight("&catalog=GM9031")))
        .contains("KD603")
        .isEqualTo(firstAnswer(() -> flight("&catalog=GM9039")).replace("9039", "9031"));
    assertThat(firstAnswer(() -> in("GM9031")))
        .contains("KD603")
        .isEqualTo(firstAnswer(() -> in("GM9039")).replace("9039", "9031"));
  }

  private static Connection in(String catalog) throws SQLException {
    Connection connection = avatica();
    connection.setCatalog(catalog);
    return connection;
  }

  private interface Opening {
    Connection open() throws SQLException;
  }

  private static String firstAnswer(Opening opening) {
    try (Connection connection = opening.open()) {
      return answer(connection, "select count(*) from JW301");
    } catch (SQLException | RuntimeException e) {
      StringBuilder all = new StringBuilder();
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        all.append(cause.getMessage());
      }
      return all.toString();
    }
  }

  /** A parameter of another type than the column's is a value that does not fit, or is found. */
  @Test
  void aParameterOfAnotherTypeIsRefusedOrMatchesNothing() throws Exception {
    try (Connection avatica = avatica()) {
      for (Object value : List.of(1, 1.5, true, new java.math.BigDecimal("9"), new byte[] {1})) {
        try (PreparedStatement statement =
            avatica.prepareStatement("select count(*) from JW301 where Header_Ontvanger = ?")) {
          statement.setObject(1, value);
          try (ResultSet rows = statement.executeQuery()) {
            rows.next();
            assertThat(rows.getLong(1)).as(value.toString()).isZero();
          }
        } catch (SQLException e) {
          assertThat(e.getMessage()).as(value.toString()).doesNotContain("KD901");
        }
      }
    }
  }
}
