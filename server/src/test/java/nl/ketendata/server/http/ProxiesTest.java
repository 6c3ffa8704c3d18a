package nl.ketendata.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.identity.SignIn;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.settings.ConnectionSettings;
import nl.ketendata.server.settings.HttpSettings;
import nl.ketendata.server.settings.Subnet;
import nl.ketendata.server.settings.TransportSettings;
import org.junit.jupiter.api.Test;

/** Whom a request is from, as the sign-in is told and as addresses in answers show. */
class ProxiesTest {
  private final List<String> addresses = new CopyOnWriteArrayList<>();

  /** The address that the sign-in saw, and the base of the addresses in the answer. */
  private String seen(List<String> trusted, String... headers) throws Exception {
    TransportSettings transport =
        new TransportSettings(
            Optional.empty(),
            false,
            trusted.stream().map(Subnet::new).toList(),
            Optional.of(URI.create("mailto:ciso@gemeente.example")),
            ConnectionSettings.DEFAULT);
    try (WebServer server =
        new WebServer(
            HttpSettings.onFreePort(),
            List.of(new EchoHead()),
            (authorization, address) -> {
              addresses.add(address);
              return new SignIn.Accepted(new Caller("anna", Map.of(), Role.ANALIST));
            },
            Events.silent(),
            KeptAnswers.none(),
            List.of(),
            new Outside(transport, thread -> {}, Clock.systemUTC()))) {
      server.start();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/echo/base"))
              .headers(headers)
              .build();
      String base =
          HttpClient.newHttpClient()
              .send(request, HttpResponse.BodyHandlers.ofString())
              .body()
              .replace(":" + server.port(), ":port");
      return addresses.get(addresses.size() - 1) + " " + base;
    }
  }

  @Test
  void believesNobodyWhoIsNotTrusted() throws Exception {
    assertThat(
            seen(
                List.of("10.0.0.0/8"),
                "X-Forwarded-For",
                "192.0.2.7",
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-Host",
                "kwaad.example",
                "Forwarded",
                "for=192.0.2.7;host=kwaad.example"))
        .isEqualTo("127.0.0.1 http://127.0.0.1:port");
  }

  @Test
  void believesATrustedProxyAsFarAsItCanKnow() throws Exception {
    assertThat(
            seen(
                List.of("127.0.0.0/8", "10.0.0.0/8"),
                "X-Forwarded-For",
                "6.6.6.6, 192.0.2.7, 10.1.2.3",
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-Host",
                "keten.example"))
        .isEqualTo("192.0.2.7 https://keten.example");
    assertThat(
            seen(
                List.of("127.0.0.1"),
                "Forwarded",
                "for=6.6.6.6, for=\"[2001:db8::1]:4711\";proto=https;host=keten.example"))
        .isEqualTo("2001:db8::1 https://keten.example");
  }

  @Test
  void takesNothingThatIsNoAddressSchemeOrHost() throws Exception {
    assertThat(
            seen(
                List.of("127.0.0.1"),
                "X-Forwarded-For",
                "unknown",
                "X-Forwarded-Proto",
                "javascript"))
        .isEqualTo("127.0.0.1 http://127.0.0.1:port");
    assertThat(seen(List.of("127.0.0.1"), "X-Forwarded-Host", "a b<script>")).contains("KD510");
  }

  @Test
  void readsRangesOfAddresses() {
    assertThat(new Subnet("10.1.0.0/15").holds("10.0.255.1")).isTrue();
    assertThat(new Subnet("10.1.0.0/16").holds("10.0.255.1")).isFalse();
    assertThat(new Subnet("fd00::/8").holds("fdff::1")).isTrue();
    assertThat(new Subnet("fd00::/8").holds("10.0.0.1")).isFalse();
    assertThat(new Subnet("0.0.0.0/0").holds("203.0.113.9")).isTrue();
    assertThat(new Subnet("10.0.0.0/8").holds("evil.example")).isFalse();
  }
}
