package nl.ketendata.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.ketendata.server.testing.JarServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Answers that are larger than the heap of 64 MB that the server has, to many clients at once. All
 * roads out use the same process one after the other: what one holds on to, the next misses.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SmallHeapIT {
  private static final String USER = "demo-gm9030";
  private static final String TABLE = "JW323_Prestatie";
  private static final int CLIENTS = 8;

  /** Fewer, for their drivers make objects of every value. */
  private static final int DRIVERS = 3;

  private static final int LARGE_FRAME = 20_000;
  private static final int UNAVAILABLE = 503;
  private static final Pattern FLIGHT = Pattern.compile("jdbc:arrow-flight-sql://(\\S+?)\\?");

  @TempDir static Path data;
  private static JarServer server;
  private static String password;
  private static long rows;

  @BeforeAll
  static void serve() {
    server = JarServer.demo(data, "64m", "--berichten", "40000", "--gemeenten", "1");
    password = server.password(USER);
    String count = "odata/GM9030/ijw/" + TABLE + "/$count";
    rows = Long.parseLong(server.client(USER, password).text(count));
    assertThat(rows).isGreaterThan(30_000);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @Order(1)
  @CsvSource({
    "json, identity",
    "json, gzip",
    "json, zstd",
    "csv, identity",
    "csv, gzip",
    "arrow, identity",
    "arrow, zstd"
  })
  void streamsToClientsThatReadSlowly(String format, String coding) throws Exception {
    List<Long> sizes = together(CLIENTS, number -> download(number, format, coding));
    assertThat(sizes).allSatisfy(size -> assertThat(size).isGreaterThan(rows));
    assertStillWell();
  }

  /** A large frame of Avatica wants memory that the pools of Flight might have taken. */
  @Test
  @Order(2)
  void streamsOverBothWires() throws Exception {
    Matcher flight = FLIGHT.matcher(server.printed());
    assertThat(flight.find()).isTrue();
    String flightUrl = "jdbc:arrow-flight-sql://" + flight.group(1) + "?useEncryption=false";
    Properties flightUser = new Properties();
    flightUser.put("user", USER);
    flightUser.put("password", password);
    Properties avaticaUser = new Properties();
    avaticaUser.put("avatica_user", USER);
    avaticaUser.put("avatica_password", password);
    String all = "select * from " + TABLE;
    String frame = all + " fetch first " + LARGE_FRAME + " rows only";
    assertThat(together(DRIVERS, number -> fetch(flightUrl, flightUser, all))).containsOnly(rows);
    assertThat(together(DRIVERS, number -> fetch(server.jdbcUrl(), avaticaUser, frame)))
        .containsOnly((long) LARGE_FRAME);
    assertStillWell();
  }

  private static void assertStillWell() {
    assertThat(server.said()).doesNotContain("OutOfMemory");
  }

  private interface Client {
    long run(int number) throws Exception;
  }

  private static List<Long> together(int clients, Client client) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      List<Callable<Long>> tasks = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        int number = i;
        tasks.add(() -> client.run(number));
      }
      List<Long> results = new ArrayList<>();
      for (Future<Long> task : threads.invokeAll(tasks, 5, TimeUnit.MINUTES)) {
        results.add(task.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  /** The bytes of one answer, which is a new question to the server. */
  private static long download(int number, String format, String coding) throws Exception {
    String page = "?$top=100000&vraag=" + number + coding;
    String query = format.equals("json") ? page : page + "&$format=" + format;
    URI address = server.url().resolve("odata/GM9030/ijw/" + TABLE + query);
    for (int i = 0; i < 60; i++) {
      HttpURLConnection connection = ask(address, coding);
      if (connection.getResponseCode() != UNAVAILABLE) {
        assertThat(connection.getResponseCode()).isEqualTo(200);
        return slowly(connection);
      }
      // All are at it at once, and a slow machine says when to come back.
      Thread.sleep(Duration.ofSeconds(connection.getHeaderFieldLong("Retry-After", 1)).toMillis());
    }
    throw new AssertionError("busy for minutes");
  }

  private static HttpURLConnection ask(URI address, String coding) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    String user = USER + ":" + password;
    connection.setRequestProperty(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    connection.setRequestProperty("Accept-Encoding", coding);
    return connection;
  }

  private static long slowly(HttpURLConnection connection)
      throws IOException, InterruptedException {
    byte[] buffer = new byte[256 * 1024];
    long size = 0;
    int pauses = 100;
    try (InputStream in = connection.getInputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        size += n;
        if (pauses-- > 0) {
          Thread.sleep(10);
        }
      }
    }
    return size;
  }

  private static long fetch(String url, Properties user, String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(url, user);
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(LARGE_FRAME);
      try (ResultSet found = statement.executeQuery(sql)) {
        long count = 0;
        while (found.next()) {
          count++;
        }
        return count;
      }
    }
  }
}
