package nl.ketendata.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicReference;
import nl.ketendata.server.event.Metrics;
import nl.ketendata.server.settings.HttpSettings;
import nl.ketendata.server.testing.SetClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminServerTest {
  private final AtomicReference<Health> health = new AtomicReference<>(Health.GOOD);
  private final AdminServer server =
      new AdminServer(HttpSettings.onFreePort(), health::get, new Metrics(new SetClock()));

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void isAliveAlsoWhenItIsNotReady() throws Exception {
    health.set(Health.broken("opslag wordt geopend"));

    assertThat(get("/live").statusCode()).isEqualTo(200);
    assertThat(get("/ready").statusCode()).isEqualTo(503);
    assertThat(get("/ready").body()).isEqualTo("opslag wordt geopend\n");
  }

  @Test
  void isReadyWithoutAReasonNotToBe() throws Exception {
    assertThat(get("/ready").statusCode()).isEqualTo(200);
    assertThat(get("/ready").body()).isEqualTo("ready\n");
  }

  @Test
  void isReadyAndSaysWhatCannotBeDone() throws Exception {
    health.set(Health.limited("KD306 alleen lezen"));

    assertThat(get("/ready").statusCode()).isEqualTo(200);
    assertThat(get("/ready").body()).isEqualTo("ready\nKD306 alleen lezen\n");
  }

  @Test
  void showsMetricsAndNothingElse() throws Exception {
    assertThat(get("/metrics").body()).contains("ketendata_uptime_seconds 0");
    assertThat(get("/odata").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
