package nl.ketendata.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import nl.ketendata.server.audit.Auditor;
import nl.ketendata.server.audit.Entry;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.identity.Authenticator;
import nl.ketendata.server.settings.HttpSettings;
import nl.ketendata.server.settings.TransportSettings;
import nl.ketendata.server.testing.Until;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody has a whole answer that is not written down yet, however slow the log is. */
class AuditedAnswersTest extends WebServerFixture {
  private static final int SLOW_MILLIS = 100;

  @TempDir Path folder;
  private final List<Entry> written = new CopyOnWriteArrayList<>();

  private static final class Keeping implements Head {
    @Override
    public String segment() {
      return "bewaard";
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
      if (!exchange.replay(AnswerKey.of("versie/1", exchange.rawPath(), ""))) {
        exchange.respond(200, EchoHead.TEXT, "bewaard".getBytes(StandardCharsets.UTF_8));
      }
    }

    @Override
    public void refuse(Exchange exchange, Failure failure) throws IOException {
      PlainRefusal.write(exchange, failure);
    }
  }

  @Override
  @BeforeEach
  void start() {
    Auditor slow =
        entry -> {
          try {
            Thread.sleep(SLOW_MILLIS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          written.add(entry);
        };
    server =
        new WebServer(
            HttpSettings.onFreePort(),
            List.of(echo, new Keeping()),
            Authenticator.open(List::of),
            new Events(List.of(seen::add)),
            KeptAnswers.in(folder, 1 << 20, 64 * 1024, 1 << 20),
            List.of(),
            new Outside(
                TransportSettings.PLAIN, thread -> {}, Clock.systemUTC(), slow, Optional.empty()));
    server.start();
  }

  @Test
  void theLineIsThereWhenTheAnswerIs() throws Exception {
    for (HttpClient.Version version : HttpClient.Version.values()) {
      for (String path :
          List.of("klein", "long", "empty", "same", "lazy", "early", "failure", "silent", "busy")) {
        for (String coding : List.of("identity", "gzip")) {
          written.clear();
          HttpRequest.Builder asked = request("/echo/" + path).version(version);
          HttpResponse<String> answer = send(asked.header("Accept-Encoding", coding));
          List<Entry> then = new ArrayList<>(written);
          assertThat(then).as(path + " over " + version).hasSize(1);
          assertThat(then.get(0).result().equals(Entry.GOOD))
              .as(path)
              .isEqualTo(answer.statusCode() < 400);
        }
      }
    }
  }

  @Test
  void alsoOfAnAnswerThatWasKept() throws Exception {
    for (int i = 1; i < 4; i++) {
      assertThat(get("/bewaard/antwoord").body()).isEqualTo("bewaard");
      assertThat(written).hasSize(i);
    }
  }

  @Test
  void alsoOfAnAnswerThatIsCut() throws Exception {
    raw("GET /echo/late HTTP/1.1\r\nHost: x\r\n");
    Until.holds("written", () -> !written.isEmpty());
    assertThat(written).hasSize(1);
    assertThat(written.get(0).result()).isEqualTo("KD901");
  }
}
