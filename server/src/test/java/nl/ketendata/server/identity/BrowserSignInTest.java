package nl.ketendata.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.audit.Act;
import nl.ketendata.server.audit.Auditor;
import nl.ketendata.server.audit.Entry;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.BrowserHead;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.http.Head;
import nl.ketendata.server.http.KeptAnswers;
import nl.ketendata.server.http.Outside;
import nl.ketendata.server.http.WebServer;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.settings.HttpSettings;
import nl.ketendata.server.settings.TransportSettings;
import nl.ketendata.server.testing.SetClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser that goes to a provider and comes back, over real HTTP. */
class BrowserSignInTest {
  private static final String BACK = "https://keten.example/aanmelden/terug";

  private final SetClock clock = new SetClock(Instant.parse("2026-03-01T12:00:00Z"));
  @TempDir Path folder;
  private Issuer issuer;
  private final List<Entry> audited = new ArrayList<>();
  private BrowserSignIn browser;
  private OpenIdAuthenticator authenticator;
  private Map<String, String> asked = Map.of();

  @BeforeEach
  void open() throws Exception {
    issuer = new Issuer();
    OpenIdSettings settings =
        new OpenIdSettings(
            issuer.uri(),
            List.of("api://ketendata"),
            Optional.empty(),
            Optional.empty(),
            "preferred_username",
            "roles",
            Map.of("lezer", new OpenIdSettings.Membership("GM9030", Role.ANALIST)));
    authenticator =
        new OpenIdAuthenticator(
            settings,
            id -> Optional.of(Organisation.of(new Gemeente("9030"))),
            (authorization, address) ->
                authorization.isPresent() ? new SignIn.Refused() : new SignIn.Missing(),
            clock);
    Path secret = Files.writeString(folder.resolve("geheim"), "s3cret\n");
    browser =
        new BrowserSignIn(
            settings,
            new BrowserSettings("client-1", Optional.of(secret)),
            authenticator,
            clock,
            new SecureRandom());
  }

  @AfterEach
  void close() {
    issuer.close();
  }

  /** The provider gives a token with this nonce for the code. */
  private void gives(String nonce, String audience, String... roles) {
    issuer.exchanged =
        body -> {
          asked = form(body);
          JWTClaimsSet claims =
              new JWTClaimsSet.Builder()
                  .issuer(issuer.uri().toString())
                  .audience(audience)
                  .subject("s-1")
                  .claim("preferred_username", "anna")
                  .claim("nonce", nonce)
                  .claim("roles", List.of(roles))
                  .expirationTime(Date.from(clock.instant().plusSeconds(300)))
                  .build();
          try {
            return "{\"id_token\":\"" + issuer.token(claims) + "\"}";
          } catch (JOSEException e) {
            throw new AssertionError(e);
          }
        };
  }

  private static Map<String, String> form(String text) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : text.split("&")) {
      String[] parts = pair.split("=", 2);
      form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return form;
  }

  private static void refuses(Code code, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  @Test
  void goesThereAndBack() throws Exception {
    BrowserSignIn.Begin begin = browser.begin(BACK);
    Map<String, String> query = form(begin.address().getRawQuery());
    assertThat(begin.address().toString()).startsWith(issuer.uri() + "/in?");
    assertThat(query)
        .containsEntry("response_type", "code")
        .containsEntry("client_id", "client-1")
        .containsEntry("redirect_uri", BACK)
        .containsEntry("code_challenge_method", "S256");
    gives(query.get("nonce"), "client-1", "lezer");

    String session = browser.finish(begin.key(), query.get("state"), "code-1", BACK);

    assertThat(browser.session(session)).containsInstanceOf(SignIn.Accepted.class);
    assertThat(asked).containsEntry("code", "code-1").containsEntry("client_secret", "s3cret");
    assertThat(
            Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Kept.sha256(asked.get("code_verifier"))))
        .isEqualTo(query.get("code_challenge"));
    browser.end(session);
    assertThat(browser.session(session)).isEmpty();
  }

  @Test
  void nothingFitsTwiceOrElsewhere() {
    BrowserSignIn.Begin begin = browser.begin(BACK);
    Map<String, String> query = form(begin.address().getRawQuery());
    gives(query.get("nonce"), "client-1", "lezer");
    refuses(Code.NOT_SIGNED_IN, () -> browser.finish("", query.get("state"), "c", BACK));
    refuses(Code.NOT_SIGNED_IN, () -> browser.finish(begin.key(), "other", "c", BACK));
    // The key is used up by a wrong state.
    refuses(Code.NOT_SIGNED_IN, () -> browser.finish(begin.key(), query.get("state"), "c", BACK));
  }

  @Test
  void refusesATokenOfAnotherSignInOrForAnother() {
    finishes(Code.NOT_SIGNED_IN, "another nonce", "client-1", "lezer");
    finishes(Code.NOT_SIGNED_IN, "", "api://ketendata", "lezer");
    finishes(Code.NOT_LINKED, "", "client-1", "niets");
  }

  private void finishes(Code code, String nonce, String audience, String role) {
    BrowserSignIn.Begin begin = browser.begin(BACK);
    Map<String, String> query = form(begin.address().getRawQuery());
    gives(nonce.isEmpty() ? query.get("nonce") : nonce, audience, role);
    refuses(code, () -> browser.finish(begin.key(), query.get("state"), "c", BACK));
  }

  @Test
  void sessionsEnd() throws Exception {
    String session = session();
    clock.forward(Duration.ofMinutes(29));
    assertThat(browser.session(session)).isPresent();
    clock.forward(Duration.ofMinutes(31));
    assertThat(browser.session(session)).isEmpty();

    String busy = session();
    for (int i = 0; i < 12 * 3; i++) {
      assertThat(browser.session(busy)).isPresent();
      clock.forward(Duration.ofMinutes(20).plusSeconds(1));
    }
    assertThat(browser.session(busy)).as("after twelve hours").isEmpty();
  }

  private String session() {
    BrowserSignIn.Begin begin = browser.begin(BACK);
    Map<String, String> query = form(begin.address().getRawQuery());
    gives(query.get("nonce"), "client-1", "lezer");
    return browser.finish(begin.key(), query.get("state"), "c", BACK);
  }

  @Test
  void aBrowserIsSentThereAndItsSessionCountsForReadingOnly() throws Exception {
    try (WebServer server =
        new WebServer(
            HttpSettings.onFreePort(),
            List.of(new Named(""), new Named("odata"), new BrowserHead(browser, audited::add)),
            authenticator,
            Events.silent(),
            KeptAnswers.none(),
            List.of(),
            new Outside(
                TransportSettings.PLAIN,
                thread -> {},
                clock,
                Auditor.silent(),
                Optional.of(browser)))) {
      server.start();
      String base = "http://127.0.0.1:" + server.port();
      HttpResponse<String> page = send(base, "GET", "/", "Accept", "text/html");
      assertThat(page.statusCode()).isEqualTo(303);
      assertThat(page.headers().firstValue("Location")).contains(base + "/aanmelden");
      HttpResponse<String> begin = send(base, "GET", "/aanmelden");
      String cookie = begin.headers().firstValue("Set-Cookie").orElseThrow();
      assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/");
      Map<String, String> query =
          form(URI.create(begin.headers().firstValue("Location").orElseThrow()).getRawQuery());
      gives(query.get("nonce"), "client-1", "lezer");
      String back = "/aanmelden/terug?code=c&state=" + query.get("state");
      assertThat(send(base, "GET", back).statusCode()).as("without the cookie").isEqualTo(401);
      HttpResponse<String> done = send(base, "GET", back, "Cookie", cookie.split(";")[0]);
      assertThat(done.statusCode()).isEqualTo(303);
      String session = done.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];

      assertThat(send(base, "GET", "/odata", "Cookie", session).body()).isEqualTo("anna");
      String quoted = session.replaceFirst("=(.*)", "=\"$1\"");
      assertThat(send(base, "GET", "/odata", "Cookie", "$Version=1; " + quoted).body())
          .isEqualTo("anna");
      assertThat(send(base, "POST", "/odata", "Cookie", session).statusCode()).isEqualTo(401);
      assertThat(send(base, "GET", "/odata").statusCode()).isEqualTo(401);
      assertThat(
              send(base, "POST", "/aanmelden/uit", "Cookie", session, "Origin", "https://x.example")
                  .statusCode())
          .isEqualTo(400);
      assertThat(
              send(base, "POST", "/aanmelden/uit", "Cookie", session, "Origin", "null")
                  .statusCode())
          .as("from a page of somebody else")
          .isEqualTo(400);
      HttpResponse<String> out =
          send(
              base,
              "POST",
              "/aanmelden/uit",
              "Cookie",
              session,
              "Origin",
              "null",
              "Sec-Fetch-Site",
              "same-origin");
      assertThat(out.headers().firstValue("Location")).contains(base + "/aanmelden/uit");
      assertThat(out.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
      HttpResponse<String> bye = send(base, "GET", "/aanmelden/uit", "Cookie", session);
      assertThat(bye.body())
          .contains("U bent afgemeld", "href=\"/aanmelden\"")
          .contains("href=\"" + issuer.uri() + "/out?client_id=client-1\"");
      assertThat(audited).extracting(Entry::act).containsExactly(Act.AANGEMELD, Act.AFGEMELD);
      assertThat(audited).extracting(Entry::actor).containsOnly("anna");
      assertThat(send(base, "GET", "/odata", "Cookie", session).statusCode()).isEqualTo(401);
    }
  }

  private static HttpResponse<String> send(
      String base, String method, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    return HttpClient.newHttpClient()
        .send(
            (headers.length == 0 ? request : request.headers(headers)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  /** Says who asks. */
  private record Named(String segment) implements Head {
    @Override
    public void handle(Exchange exchange) throws java.io.IOException {
      exchange.respond(200, Map.of(), exchange.caller().name().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void refuse(Exchange exchange, Failure failure) throws java.io.IOException {
      exchange.respond(failure.code().httpStatus(), Map.of(), new byte[0]);
    }
  }
}
