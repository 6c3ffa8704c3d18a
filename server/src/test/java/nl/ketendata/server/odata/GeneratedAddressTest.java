package nl.ketendata.server.odata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.testing.FakeExchange;
import nl.ketendata.server.testing.OwnThreads;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Addresses that nobody wrote, over the real store. {@code -Dketendata.addresses=10000} makes as
 * many as that; {@code -Dketendata.seed=…} other ones.
 */
class GeneratedAddressTest {
  private static final int ADDRESSES = Integer.getInteger("ketendata.addresses", 400);
  private static final long SEED = Long.getLong("ketendata.seed", 20261127);

  /** Busy is not among them: whoever says so has lost places, for one asks at a time. */
  private static final Set<Integer> ALLOWED =
      Set.of(200, 204, 400, 403, 404, 405, 406, 410, 414, 431, 501);

  @TempDir Path folder;

  @Test
  void neverFailAndLeaveNothingBehind() throws IOException {
    AddressMaker maker = new AddressMaker(SEED);
    Map<Integer, Integer> statuses = new TreeMap<>();
    int valid = 0;
    int good = 0;
    // Closing the store fails when a statement still holds memory.
    try (TestServer server = new TestServer(folder)) {
      ServedData.deliverTo(server);
      ODataHead head =
          new ODataHead(server.door(), TestServer.CATALOGUE, new ODataSettings(3, 100));
      answer(head, "JW301?$expand=ToegewezenProduct");
      long threads = OwnThreads.count();
      for (int i = 0; i < ADDRESSES; i++) {
        String url = maker.valid();
        boolean spoil = i % 2 == 1;
        FakeExchange answer = answer(head, spoil ? maker.spoiled(url) : url);
        statuses.merge(answer.status(), 1, Integer::sum);
        assertThat(answer.status())
            .as("seed %d, number %d: %s: %s", SEED, i, url, answer.text())
            .isIn(ALLOWED);
        valid += spoil ? 0 : 1;
        good += !spoil && answer.status() < 300 ? 1 : 0;
      }
      assertThat(OwnThreads.count()).as("threads").isLessThanOrEqualTo(threads + 2);
      assertThat(server.door().running()).as("statements").isZero();
    }
    assertThat(good)
        .as("answered well, of %d; all: %s", valid, statuses)
        .isGreaterThan(valid * 7 / 10);
  }

  private static FakeExchange answer(ODataHead head, String below) throws IOException {
    FakeExchange exchange =
        new FakeExchange("GET", "/" + ServedData.ROOT + below.replace(" ", "%20"));
    try {
      head.handle(exchange);
    } catch (Failure failure) {
      assertThat(failure.code().httpStatus()).as("%s: %s", below, failure.getCause()).isIn(ALLOWED);
      head.refuse(exchange, failure);
    }
    return exchange;
  }
}
