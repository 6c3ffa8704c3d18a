package nl.ketendata.server.odata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.testing.FakeExchange;
import nl.ketendata.server.testing.OwnThreads;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rarer forms of addresses, and batches of them, half of them spoilt, over the real store. As
 * many as {@code -Dketendata.addresses}.
 */
class GeneratedFormsTest {
  private static final int ADDRESSES = Integer.getInteger("ketendata.addresses", 200);
  private static final long SEED = Long.getLong("ketendata.seed", 20261127);
  private static final Set<Integer> ALLOWED =
      Set.of(200, 204, 400, 403, 404, 405, 406, 410, 413, 414, 415, 424, 431, 501);
  private static final Pattern STATUS =
      Pattern.compile("(?:\"status\":|(?<![^\\n])HTTP/1\\.1 )([0-9]{3})");

  @TempDir Path folder;

  /** Asks for something and tells the statuses of what came. */
  private interface Asking {
    FakeExchange ask(FormMaker maker, int number) throws IOException;
  }

  @Test
  void ofAddressesNeverFailAndLeaveNothingBehind() throws IOException {
    assertThat(
            ask((maker, i) -> get(i % 2 == 1 ? maker.spoiled(maker.address()) : maker.address())))
        .containsKeys(200, 400);
  }

  @Test
  void ofBatchesNeverFailAndLeaveNothingBehind() throws IOException {
    assertThat(
            ask(
                (maker, i) -> {
                  boolean json = i % 4 < 2;
                  String body = maker.batch(json);
                  return new FakeExchange("POST", "/" + ServedData.ROOT + "$batch")
                      .with("Prefer", "odata.continue-on-error")
                      .with(
                          "Content-Type", json ? "application/json" : "multipart/mixed; boundary=b")
                      .sending(i % 2 == 1 ? maker.spoiled(body) : body);
                }))
        .containsKeys(200, 400, 405);
  }

  /** How often each status came, also of the parts of a batch. */
  private Map<Integer, Integer> ask(Asking asking) throws IOException {
    FormMaker maker = new FormMaker(SEED);
    Map<Integer, Integer> statuses = new TreeMap<>();
    // Closing the store fails when a statement still holds memory; busy, which is not allowed
    // above, would say that places were lost.
    try (TestServer server = new TestServer(folder)) {
      ServedData.deliverTo(server);
      ODataHead head =
          new ODataHead(server.door(), TestServer.CATALOGUE, new ODataSettings(3, 100));
      answer(head, get("JW301?$expand=ToegewezenProduct"));
      long threads = OwnThreads.count();
      for (int i = 0; i < ADDRESSES; i++) {
        FakeExchange exchange = answer(head, asking.ask(maker, i));
        count(exchange, statuses, "seed " + SEED + ", number " + i + ": ");
      }
      assertThat(OwnThreads.count()).as("threads").isLessThanOrEqualTo(threads + 2);
      assertThat(server.door().running()).as("statements").isZero();
    }
    return statuses;
  }

  private static void count(FakeExchange answer, Map<Integer, Integer> statuses, String which) {
    String text = answer.text();
    String question = which + answer.rawPath() + "?" + answer.rawQuery().orElse("");
    assertThat(answer.status()).as("%s: %s", question, text).isIn(ALLOWED);
    statuses.merge(answer.status(), 1, Integer::sum);
    Matcher inner = STATUS.matcher(text);
    while (inner.find()) {
      int status = Integer.parseInt(inner.group(1));
      assertThat(status).as("%s: %s", question, text).isIn(ALLOWED);
      statuses.merge(status, 1, Integer::sum);
    }
  }

  private static FakeExchange get(String below) {
    return new FakeExchange("GET", "/" + ServedData.ROOT + below.replace(" ", "%20"));
  }

  private static FakeExchange answer(ODataHead head, FakeExchange exchange) throws IOException {
    try {
      head.handle(exchange);
    } catch (Failure failure) {
      assertThat(failure.code().httpStatus())
          .as("%s?%s: %s", exchange.rawPath(), exchange.rawQuery(), failure.getCause())
          .isIn(ALLOWED);
      head.refuse(exchange, failure);
    }
    return exchange;
  }
}
