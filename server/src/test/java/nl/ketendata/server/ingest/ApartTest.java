package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.testing.Deliveries;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one gemeente does or suffers is nothing to another. */
class ApartTest {
  private static final String NAME = "Ketendata-IJW-Test-aan-Zee-20240107060000.zip";

  @TempDir private Path data;

  private static List<String> count(TestServer server, String gemeente) {
    return server.sql(TestServer.caller(gemeente), "select count(*) from JW301");
  }

  @Test
  void letsTwoGemeentenLoadAtTheSameTime() {
    Path zip = Deliveries.zip(data, NAME, Map.of("JW301.csv", "Bericht_Id\na\n"));
    // Each waits in the middle of its load until the other is there too.
    CyclicBarrier both = new CyclicBarrier(2);
    try (TestServer server = new TestServer(data)) {
      List<CompletableFuture<Report>> loads =
          List.of("GM9030", "GM9031").stream()
              .map(
                  gemeente ->
                      CompletableFuture.supplyAsync(() -> take(server, gemeente, zip, both)))
              .toList();
      loads.forEach(CompletableFuture::join);
      assertThat(count(server, "GM9030")).containsExactly("1");
      assertThat(count(server, "GM9031")).containsExactly("1");
    }
  }

  private static Report take(TestServer server, String gemeente, Path zip, CyclicBarrier both) {
    IngestOrder order =
        new IngestOrder(
            zip,
            Gemeente.parse(gemeente),
            java.util.Optional.empty(),
            java.util.Optional.empty(),
            false,
            "test");
    boolean[] met = {false};
    return server
        .ingest()
        .take(
            order,
            (step, done, total) -> {
              if (!met[0]) {
                met[0] = true;
                meet(both);
              }
            });
  }

  private static void meet(CyclicBarrier both) {
    try {
      both.await(60, java.util.concurrent.TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the other gemeente does not load meanwhile", e);
    }
  }

  @Test
  void servesTheOthersWhenTheFilesOfOneAreDamaged() throws IOException {
    Path zip = Deliveries.zip(data, NAME, Map.of("JW301.csv", "Bericht_Id\na\n"));
    try (TestServer server = new TestServer(data)) {
      server.take("GM9030", zip);
      server.take("GM9031", zip);
    }
    Files.writeString(data.resolve("gemeenten/GM9030/ijw/versie-000001.duckdb"), "beschadigd");
    try (TestServer server = new TestServer(data)) {
      assertThat(count(server, "GM9031")).containsExactly("1");
      assertThatThrownBy(() -> count(server, "GM9030"))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.code()).isEqualTo(Code.STORE_DAMAGED));
      assertThat(count(server, "GM9031")).containsExactly("1");
      Path next =
          Deliveries.zip(
              data,
              "Ketendata-IJW-Test-aan-Zee-20240114060000.zip",
              Map.of("JW301.csv", "Bericht_Id\nb\n"));
      server.take("GM9031", next);
      assertThat(count(server, "GM9031")).containsExactly("2");
    }
  }
}
