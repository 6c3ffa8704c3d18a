package nl.ketendata.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.http.WebServer;
import nl.ketendata.server.identity.SignIn;
import nl.ketendata.server.settings.HttpSettings;
import nl.ketendata.server.testing.SetClock;
import nl.ketendata.server.testing.TestServer;
import nl.ketendata.server.testing.Until;
import org.apache.calcite.avatica.remote.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Closing a connection stops the engine, though another request waits for it. The stock driver lets
 * no thread close a statement that another waits for.
 */
@Timeout(180)
@SuppressWarnings("try") // it is the close in the middle that is tested
class StopTest {
  private static final String LONG =
      "select count(*) from JW301 a, JW301 b, JW301 c, JW301 d, JW301 e"
          + " where a.Bericht_Id || b.Bericht_Id || c.Bericht_Id < d.Bericht_Id || e.Bericht_Id";

  @TempDir Path folder;

  @Test
  void closingStopsTheEngine() throws Exception {
    try (TestServer server = new TestServer(folder.resolve("data"));
        JdbcHead head = new JdbcHead(server.door(), TestServer.CATALOGUE, "1.2.3", new SetClock());
        WebServer web =
            new WebServer(
                HttpSettings.onFreePort(),
                List.of(head),
                (authorization, address) -> new SignIn.Accepted(Fixture.caller("anna", "9030")),
                Events.silent())) {
      String rows =
          IntStream.range(0, 3_000)
              .mapToObj(row -> "b%05d".formatted(row))
              .collect(Collectors.joining("\n"));
      server.take(
          "GM9030",
          "Ketendata-IJW-Test-20260801120000.zip",
          Map.of("JW301.csv", "Bericht_Id\n" + rows + "\n"));
      web.start();
      stopped(server, web);
    }
  }

  private static void stopped(TestServer server, WebServer web) throws Exception {
    Properties properties = new Properties();
    properties.put("serialization", "protobuf");
    String url = "jdbc:avatica:remote:url=http://127.0.0.1:" + web.port() + "/jdbc";
    try (Connection connection = new Driver().connect(url, properties)) {
      Statement statement = connection.createStatement();
      CompletableFuture<String> outcome =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  statement.executeQuery(LONG);
                  return "it ended";
                } catch (SQLException e) {
                  return e.getMessage();
                }
              });
      Until.holds("runs", () -> server.door().running() > 0);
      connection.close();
      assertThat(outcome.get(60, TimeUnit.SECONDS)).doesNotContain("it ended");
      Until.holds("nothing runs", () -> server.door().running() == 0);
    }
  }
}
