package nl.ketendata.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import nl.ketendata.server.share.Room;
import nl.ketendata.server.share.Work;
import nl.ketendata.server.share.Workplaces;
import nl.ketendata.server.store.Cursor;
import nl.ketendata.server.testing.TestServer;
import org.apache.arrow.vector.BigIntVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The engine really works with fewer threads; what it may change of itself is only that. */
@Timeout(60)
class CrowdingTest {
  @TempDir Path data;
  private final AtomicLong nanos = new AtomicLong(1);
  private final Workplaces places =
      new Workplaces(new Room(2, 4, 8, Duration.ofSeconds(1)), nanos::get, nanos::get);
  private final Ahead ahead = new Ahead(1);
  private TestServer server;
  private Crowding crowding;

  @BeforeEach
  void open() {
    server = new TestServer(data);
    crowding = new Crowding(places, server.store(), ahead);
  }

  @AfterEach
  void close() {
    ahead.close();
    server.close();
  }

  private void works(String who, Duration time) {
    try (Work work = places.work(who)) {
      work.begin();
      nanos.addAndGet(time.toNanos());
    }
  }

  private long threads() {
    try (Cursor rows =
        server
            .store()
            .open("SELECT CAST(current_setting('threads') AS BIGINT) AS threads", List.of())) {
      rows.advance();
      return ((BigIntVector) rows.batch().getVector(0)).get(0);
    }
  }

  private void looksUntil(boolean spares) throws InterruptedException {
    do {
      crowding.look();
      Thread.sleep(1);
    } while (server.store().spares() != spares);
  }

  @Test
  void aStatementLeavesHalfOfTheCoresToOthersAsLongAsItIsCrowded() throws Exception {
    long all = threads();
    assertThat(all).isGreaterThan(1);
    works("A", Duration.ofSeconds(5));
    crowding.look();
    assertThat(server.store().spares()).isFalse();
    works("B", Duration.ofMillis(1));
    looksUntil(true);
    assertThat(threads()).isEqualTo(Math.max(1, all / 2));
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    looksUntil(false);
    assertThat(threads()).isEqualTo(all);
  }
}
