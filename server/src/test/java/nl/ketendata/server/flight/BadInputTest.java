package nl.ketendata.server.flight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every wire refuses alike, fast and with a code, and answers the next question. */
class BadInputTest {
  /** Half of what a statement may take: none of these is stopped for having worked too long. */
  private static final Duration FAST = Duration.ofSeconds(30);

  private static final Map<String, String> REFUSED = new LinkedHashMap<>();

  static {
    REFUSED.put("drop table JW301", "KD404");
    REFUSED.put("create table x as select 1", "KD404");
    REFUSED.put("delete from JW301", "KD404");
    REFUSED.put("update JW301 set Bericht_Id = 'x'", "KD404");
    REFUSED.put("insert into JW301 (Bericht_Id) values ('x')", "KD404");
    REFUSED.put("set memory_limit = '1GB'", "KD404");
    REFUSED.put("attach 'x.db' as y", "KD404|KD401");
    REFUSED.put("copy JW301 to '/tmp/x.csv'", "KD404|KD401");
    REFUSED.put("pragma database_list", "KD404|KD401");
    REFUSED.put("select 1; select 2", "KD401");
    REFUSED.put("select 1; drop table JW301", "KD401|KD404");
    REFUSED.put("select * from JW30", "KD402");
    REFUSED.put("select Bericht_It from JW301", "KD403");
    REFUSED.put("select * from GM9031.IJW.JW301", "KD402|KD603");
    REFUSED.put("select * from information_schema.x", "KD402");
    REFUSED.put("select * from duckdb_settings()", "KD401|KD402|KD405");
    REFUSED.put("select * from read_csv('/etc/passwd')", "KD401|KD402|KD405");
    REFUSED.put("select * from table(read_text('/etc/passwd'))", "KD401|KD402|KD405");
    REFUSED.put("select * from '/etc/passwd'", "KD401|KD402");
    REFUSED.put("select * from \"/etc/passwd\"", "KD402");
    REFUSED.put("select getenv('HOME')", "KD405");
    REFUSED.put("select * from JW301 whre Bericht_Id = '1'", "KD401");
    REFUSED.put("select 'a", "KD401");
    REFUSED.put("", "KD401");
    REFUSED.put("select " + "(".repeat(1_000) + "1" + ")".repeat(1_000), "KD412");
    REFUSED.put(
        "select 1 from JW301 where 1 = 0" + " or Bericht_Id = 'x'".repeat(5_000), "KD41[23]");
    REFUSED.put("select '" + "x".repeat(350_000) + "'", "KD413");
    REFUSED.put("select 1" + " union all select 1".repeat(300), "KD41[23]");
    REFUSED.put("select repeat('x', 1000000000)", "KD431");
    REFUSED.put("select list_sum(range(50000000))", "KD401|KD405");
    REFUSED.put("select * from generate_series(1, 1000000000000)", "KD431");
    REFUSED.put("select cast('x' as integer)", "KD407");
  }

  @TempDir static Path folder;
  private static WiresFixture wires;
  private static HttpClient http;

  @BeforeAll
  static void start() {
    wires = new WiresFixture(folder);
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    wires.close();
  }

  private interface Wire {
    /** What the wire says: the text of an error, or the first value. */
    String ask(String sql) throws Exception;
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "";
    } catch (SQLException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String post(String sql) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(wires.sql())
            .header("Content-Type", "application/sql")
            .POST(HttpRequest.BodyPublishers.ofString(sql))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static void refuses(Wire wire) throws Exception {
    assertThat(wire.ask("select count(*) from JW301")).contains("4");
    for (Map.Entry<String, String> one : REFUSED.entrySet()) {
      String shown = one.getKey().substring(0, Math.min(60, one.getKey().length()));
      long begin = System.nanoTime();
      String answer = wire.ask(one.getKey());
      assertThat(answer).as(shown).containsPattern("(" + one.getValue() + ")");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).as(shown).isLessThan(FAST);
    }
    assertThat(wire.ask("select count(*) from JW301")).contains("4");
    assertThat(wires.door.running()).isZero();
  }

  @Test
  void overFlight() throws Exception {
    try (Connection connection = wires.flight.connect("anna")) {
      refuses(sql -> ask(connection, sql));
    }
  }

  @Test
  void overAvatica() throws Exception {
    try (Connection connection = wires.avatica()) {
      refuses(sql -> ask(connection, sql));
    }
  }

  @Test
  void overPost() throws Exception {
    refuses(BadInputTest::post);
  }
}
