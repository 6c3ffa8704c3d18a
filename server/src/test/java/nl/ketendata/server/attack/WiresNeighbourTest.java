package nl.ketendata.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import nl.ketendata.server.identity.Users;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.testing.RunningServer;
import nl.ketendata.server.testing.SetClock;
import nl.ketendata.server.testing.TestServer;
import nl.ketendata.server.testing.WebClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same as {@link NeighbourTest} over the wires of whole servers: both drivers of JDBC, their
 * metadata, OData with its tags and kept answers, and SQL over HTTP. More questions: {@code
 * -Dketendata.questions=10000}.
 */
class WiresNeighbourTest {
  private static final int QUESTIONS = Integer.getInteger("ketendata.questions", 400) / 8;
  private static final long SEED = Long.getLong("ketendata.seed", 20261127);
  private static final String PASSWORD = "vier losse worden op rij";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String SECRET = "geheimvanb";

  @TempDir static Path data;
  private static Served alone;
  private static Served beside;

  /** A server with a connection of each driver, of somebody of GM9030. */
  private record Served(RunningServer server, Connection avatica, Connection flight)
      implements AutoCloseable {
    static Served of(Path folder) throws Exception {
      new Users(folder, new SecureRandom(), Clock.systemUTC())
          .add("anna", "GM9030", Role.ANALIST, PASSWORD);
      RunningServer server = new RunningServer(folder, "");
      Properties who = new Properties();
      who.setProperty("avatica_user", "anna");
      who.setProperty("avatica_password", PASSWORD);
      Properties flightWho = new Properties();
      flightWho.setProperty("user", "anna");
      flightWho.setProperty("password", PASSWORD);
      return new Served(
          server,
          DriverManager.getConnection(
              "jdbc:avatica:remote:url="
                  + server.url()
                  + "/jdbc;serialization=protobuf;authentication=BASIC",
              who),
          DriverManager.getConnection(
              "jdbc:arrow-flight-sql://localhost:" + server.flightPort() + "?useEncryption=false",
              flightWho));
    }

    @Override
    public void close() throws SQLException {
      avatica.close();
      flight.close();
      server.close();
    }
  }

  @BeforeAll
  static void load() throws Exception {
    fill(data.resolve("a"), false);
    fill(data.resolve("b"), true);
    alone = Served.of(data.resolve("a"));
    beside = Served.of(data.resolve("b"));
  }

  private static void fill(Path folder, boolean neighbour) {
    try (TestServer server =
        new TestServer(folder, new SetClock(Instant.parse("2026-03-01T12:00:00Z")))) {
      for (String product : List.of("IJW", "IWMO")) {
        take(server, "9030", product, 5, "zorg");
        if (neighbour) {
          take(server, "9031", product, 50, SECRET);
        }
      }
    }
  }

  private static void take(
      TestServer server, String gemeente, String product, int rows, String receiver) {
    String table = (product.equals("IJW") ? "JW" : "WMO") + "301";
    String letter = gemeente.equals("9030") ? "m" : "b";
    StringBuilder messages = new StringBuilder("Bericht_Id,Header_Ontvanger,Client_Bsn\n");
    StringBuilder products = new StringBuilder("ToegewezenProduct_Id,Bericht_Id\n");
    for (int i = 0; i < rows; i++) {
      messages.append("%s%d,%s,%s%d\n".formatted(letter, i, receiver, receiver, i));
      products.append("%sp%d,%s%d\n".formatted(letter, i, letter, i));
    }
    server.take(
        "GM" + gemeente,
        "Ketendata-" + product + "-G" + gemeente + "-20240107060000.zip",
        new TreeMap<>(
            Map.of(
                table + ".csv", messages.toString(),
                table + "_ToegewezenProduct.csv", products.toString())));
  }

  @AfterAll
  static void close() throws SQLException {
    alone.close();
    beside.close();
  }

  @Test
  void bothDriversTellNothingOfAnother() throws SQLException {
    Questions questions = new Questions(SEED + 1);
    int answered = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      String text = questions.sql();
      String byAvatica = answer(beside.avatica(), text);
      assertThat(byAvatica).as(text).isEqualTo(answer(alone.avatica(), text));
      String byFlight = answer(beside.flight(), text);
      assertThat(byFlight).as(text).isEqualTo(answer(alone.flight(), text));
      assertThat(byAvatica + byFlight).as(text).doesNotContain(SECRET, "KD901");
      answered += byAvatica.startsWith("[") ? 1 : 0;
    }
    assertThat(answered).as("questions that were answered").isGreaterThan(QUESTIONS / 4);
  }

  /** Rows with the names and types of their columns, or how it was refused. */
  private static String answer(Connection connection, String text) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(text)) {
      List<String> lines = new ArrayList<>();
      int width = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        StringBuilder line = new StringBuilder();
        for (int i = 1; i <= width; i++) {
          line.append(rows.getMetaData().getColumnLabel(i)).append('=');
          line.append(rows.getString(i)).append(' ');
        }
        lines.add(line.toString());
      }
      lines.sort(null);
      return lines.toString();
    } catch (SQLException e) {
      // Which of several rows that cannot be converted comes first differs from run to run.
      return e.getSQLState() + " " + String.valueOf(e.getMessage()).replaceAll("mp?[0-9]+", "…");
    }
  }

  @Test
  void theirMetadataTellsNothingOfAnother() throws SQLException {
    List<String> patterns = Arrays.asList(null, "%", "GM9031", "GM%", "gm9031", "");
    for (Connection[] pair :
        new Connection[][] {
          {alone.avatica(), beside.avatica()}, {alone.flight(), beside.flight()}
        }) {
      for (String catalog : patterns) {
        for (String table : Arrays.asList("JW301", "WMO301%", "%GM9031%", "Auditlog")) {
          String expected = metadata(pair[0].getMetaData(), catalog, table);
          assertThat(metadata(pair[1].getMetaData(), catalog, table))
              .as(catalog + " " + table)
              .isEqualTo(expected)
              .doesNotContain("GM9031");
        }
      }
    }
  }

  private static String metadata(DatabaseMetaData metadata, String catalog, String table) {
    return all(metadata::getCatalogs)
        + all(metadata::getSchemas)
        + all(() -> metadata.getTables(catalog, null, table, null))
        + all(() -> metadata.getColumns(catalog, null, table, null))
        + all(() -> metadata.getPrimaryKeys(catalog, "IJW", table))
        + all(() -> metadata.getImportedKeys(catalog, "IJW", table));
  }

  private interface Asking {
    ResultSet rows() throws SQLException;
  }

  private static String all(Asking asking) {
    try (ResultSet rows = asking.rows()) {
      StringBuilder all = new StringBuilder();
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          all.append(rows.getString(i)).append('|');
        }
        all.append('\n');
      }
      return all.toString();
    } catch (SQLException e) {
      return e.getSQLState() + " " + e.getMessage();
    }
  }

  /** Twice each: the second time it is the answer that was kept. */
  @Test
  void odataOverHttpTellsNothingOfAnother() throws Exception {
    Questions questions = new Questions(SEED + 2);
    for (int i = 0; i < QUESTIONS; i++) {
      String path = "/odata/" + questions.odata();
      for (int again = 0; again < 2; again++) {
        assertThat(get(beside, path))
            .as(path)
            .isEqualTo(get(alone, path))
            .doesNotContain(SECRET, "KD901");
      }
    }
  }

  /** Tokens and tags that were given out over the data of another are those of nobody. */
  @Test
  void whatWasGivenToAnotherOpensNothing() throws Exception {
    new Users(data.resolve("b"), new SecureRandom(), Clock.systemUTC())
        .add("bert", "GM9031", Role.ANALIST, PASSWORD);
    HttpResponse<String> page =
        ask(beside, "bert", "/odata/GM9031/ijw/JW301", "odata.maxpagesize=2,track-changes");
    String next = WebClient.parse(page.body()).get("@odata.nextLink").asText();
    HttpResponse<String> whole =
        ask(beside, "bert", "/odata/GM9031/ijw/JW301", "odata.track-changes");
    String delta = WebClient.parse(whole.body()).get("@odata.deltaLink").asText();
    for (String link : List.of(next, delta)) {
      String there = link.substring(beside.server().url().length());
      for (String path :
          List.of(there, there.replace("GM9031", "GM9030"), there.replace("ijw/JW", "iwmo/WMO"))) {
        assertThat(get(beside, path)).isEqualTo(get(alone, path)).doesNotContain(SECRET);
      }
    }
    String tag = page.headers().firstValue("ETag").orElseThrow();
    HttpRequest known =
        request(beside, "anna", "/odata/GM9030/ijw/JW301").header("If-None-Match", tag).build();
    HttpResponse<String> answer = HTTP.send(known, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.body()).doesNotContain(SECRET);
  }

  private static String get(Served served, String path) throws Exception {
    HttpResponse<String> answer;
    try {
      answer = ask(served, "anna", path, "odata.maxpagesize=3");
    } catch (IllegalArgumentException noAddress) {
      return noAddress.getMessage().replace(served.server().url(), "");
    }
    return answer.statusCode()
        + answer.headers().firstValue("ETag").map(WiresNeighbourTest::version).orElse("")
        + answer.body().replace(served.server().url(), "");
  }

  /** Behind the version a tag tells the address of the server, which has another port. */
  private static String version(String tag) {
    return tag.substring(0, tag.lastIndexOf('.'));
  }

  private static HttpResponse<String> ask(Served served, String who, String path, String prefer)
      throws IOException, InterruptedException {
    return HTTP.send(
        request(served, who, path).header("Prefer", prefer).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(Served served, String who, String path) {
    byte[] pair = (who + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(URI.create(served.server().url() + path))
        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /**
   * Whether something is not there or not allowed takes as long: the lower quartile of many, asked
   * in turn. Other work on the machine can make any one comparison uneven, but not all of them.
   */
  @Test
  void notAllowedTakesAsLongAsNotThere() throws Exception {
    List<Double> ratios = new ArrayList<>();
    while (ratios.size() < 20 && ratios.stream().noneMatch(ratio -> ratio > 0.6 && ratio < 1.67)) {
      ratios.add(ratio());
    }
    assertThat(ratios).anyMatch(ratio -> ratio > 0.6 && ratio < 1.67);
  }

  private static double ratio() throws Exception {
    List<String> paths = List.of("/odata/GM9031/ijw/JW301", "/odata/GM9039/ijw/JW301");
    long[][] took = new long[2][300];
    HttpClient client = HTTP;
    for (int round = -50; round < 300; round++) {
      for (int which = 0; which < 2; which++) {
        HttpRequest request = request(beside, "anna", paths.get(which)).build();
        long begin = System.nanoTime();
        client.send(request, HttpResponse.BodyHandlers.discarding());
        took[which][Math.max(0, round)] = System.nanoTime() - begin;
      }
    }
    Arrays.sort(took[0]);
    Arrays.sort(took[1]);
    return (double) took[0][75] / took[1][75];
  }
}
