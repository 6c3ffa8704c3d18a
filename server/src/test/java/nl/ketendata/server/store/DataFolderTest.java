package nl.ketendata.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.ingest.IngestOrder;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.query.PreparedSql;
import nl.ketendata.server.query.RowStream;
import nl.ketendata.server.question.SqlQuestion;
import nl.ketendata.server.testing.Deliveries;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drive with the data goes away under a server, and comes back. */
class DataFolderTest {
  private static final Caller CALLER = TestServer.caller("GM9030");
  private static final String QUESTION = "select Bericht_Id from JW301";
  private static final int ROWS = 20_000;

  @TempDir private Path drive;
  private Path data;
  private Path away;
  private TestServer server;

  @BeforeEach
  void takeIn() throws IOException {
    data = Files.createDirectory(drive.resolve("data"));
    away = drive.resolve("elders");
    server = new TestServer(data);
    StringBuilder rows = new StringBuilder("Bericht_Id\n");
    for (int i = 0; i < ROWS; i++) {
      rows.append('k').append(i).append('\n');
    }
    server.take(
        "GM9030", "Ketendata-IJW-Test-20240107060000.zip", Map.of("JW301.csv", rows.toString()));
    assertThat(server.sql(CALLER, QUESTION)).hasSize(ROWS);
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** What an unmounted drive leaves: an empty folder. */
  private void goesAway() throws IOException {
    Files.move(data, away);
    Files.createDirectory(data);
  }

  private void comesBack() throws IOException {
    Files.delete(data);
    Files.move(away, data);
  }

  private void isToldThatItIsAway() {
    assertThatThrownBy(() -> server.sql(CALLER, QUESTION))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(Code.DATA_GONE);
              assertThat(failure.getMessage()).contains(data.toString());
            });
    assertThatThrownBy(() -> server.store().gemeenten()).isInstanceOf(Failure.class);
  }

  @Test
  void isMissedByEveryQuestionUntilItIsBack() throws IOException {
    goesAway();
    isToldThatItIsAway();
    comesBack();
    assertThat(server.sql(CALLER, QUESTION)).hasSize(ROWS);
  }

  @Test
  void isMissedWhenAFileStandsInItsPlace() throws IOException {
    Files.move(data, away);
    Files.writeString(data, "a file");
    isToldThatItIsAway();
    comesBack();
    assertThat(server.sql(CALLER, QUESTION)).hasSize(ROWS);
  }

  @Test
  void isNotMissedByWhoeverReadsAlready() throws IOException {
    PreparedSql prepared =
        server.door().prepare(CALLER, new SqlQuestion(QUESTION, Optional.empty()));
    try (RowStream rows = server.door().run(CALLER, prepared, List.of())) {
      assertThat(rows.advance()).isTrue();
      int read = rows.batch().getRowCount();
      goesAway();
      assertThatThrownBy(server.store()::deleteOldVersions).isInstanceOf(Failure.class);
      while (rows.advance()) {
        read += rows.batch().getRowCount();
      }
      assertThat(read).isEqualTo(ROWS);
    }
    comesBack();
    assertThat(server.sql(CALLER, QUESTION)).hasSize(ROWS);
  }

  @Test
  void isMissedByADeliveryThatIsBeingTakenInAndNothingIsMadeInItsPlace() throws IOException {
    Path zip =
        Deliveries.zip(
            drive,
            "Ketendata-IJW-Test-20240114060000.zip",
            Map.of("JW301.csv", "Bericht_Id\nnieuw\n"));
    IngestOrder order =
        new IngestOrder(
            zip, Gemeente.parse("GM9030"), Optional.empty(), Optional.empty(), false, "test");
    assertThatThrownBy(() -> server.ingest().take(order, this::goesAwayBeforePublication))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(Code.NOT_WRITABLE));
    try (Stream<Path> made = Files.list(data)) {
      assertThat(made).isEmpty();
    }
    comesBack();
    new Leftovers(data, Steps.NONE)
        .delete(
            failure -> {
              throw failure;
            });
    assertThat(server.sql(CALLER, QUESTION)).hasSize(ROWS);
    try (TestServer later = new TestServer(data)) {
      later.take("GM9030", zip);
      assertThat(later.sql(CALLER, QUESTION)).hasSize(ROWS + 1);
    }
  }

  private void goesAwayBeforePublication(String step, long done, long total) {
    if (done == total) {
      try {
        goesAway();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
