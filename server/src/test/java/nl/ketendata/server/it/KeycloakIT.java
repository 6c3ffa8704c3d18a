package nl.ketendata.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import nl.ketendata.server.testing.KnownGemeente;
import nl.ketendata.server.testing.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Signs in with a real Keycloak. It takes a minute or more to start, so it is only tried where its
 * distribution is named:
 *
 * <pre>
 * mvn dependency:get -Dartifact=org.keycloak:keycloak-quarkus-dist:26.7.3:zip
 * mvn verify -Dit.test=KeycloakIT \
 *   -Dketendata.keycloak=$HOME/.m2/repository/org/keycloak/keycloak-quarkus-dist/26.7.3/keycloak-quarkus-dist-26.7.3.zip
 * </pre>
 */
class KeycloakIT {
  private static final String PROPERTY = "ketendata.keycloak";
  private static final String PASSWORD = "anna-geheim";
  private static final Duration START = Duration.ofMinutes(5);

  @TempDir static Path folder;
  private static Process keycloak;
  private static URI realm;
  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    String zip = System.getProperty(PROPERTY, "");
    assumeTrue(!zip.isEmpty(), "Overgeslagen / skipped: no -D" + PROPERTY + "=…/keycloak.zip");
    Path home = unpacked(Path.of(zip));
    Path imports = Files.createDirectories(home.resolve("data/import"));
    Files.writeString(imports.resolve("realm.json"), resource("keycloak-realm.json"));
    int port = freePort();
    keycloak =
        new ProcessBuilder(
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--import-realm")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keycloak.log").toFile())
            .start();
    realm = URI.create("http://127.0.0.1:" + port + "/realms/gemeente");
    awaitKeycloak();
    Path data = folder.resolve("data");
    new KnownGemeente(folder.resolve("leeg"), "GM9030").copyTo(data);
    server =
        new RunningServer(
            data,
            """
            [oidc]
            issuer = "%s"
            audience = ["api://ketendata"]
            client-id = "ketendata"
            claim = "realm_access.roles"
            [oidc.map]
            ketendata-analist = "GM9030 analist"
            """
                .formatted(realm));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    if (keycloak != null) {
      keycloak.descendants().forEach(ProcessHandle::destroyForcibly);
      keycloak.destroyForcibly();
    }
  }

  private static Path unpacked(Path zip) throws IOException {
    Path home = folder.resolve("keycloak");
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (Enumeration<? extends ZipEntry> all = file.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        String below = entry.getName().substring(entry.getName().indexOf('/') + 1);
        Path target = home.resolve(below);
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          try (InputStream in = file.getInputStream(entry)) {
            Files.copy(in, target);
          }
        }
      }
    }
    assertThat(home.resolve("bin/kc.sh").toFile().setExecutable(true)).isTrue();
    return home;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = KeycloakIT.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void awaitKeycloak() throws Exception {
    Instant limit = Instant.now().plus(START);
    while (Instant.now().isBefore(limit)) {
      try {
        if (get(HttpClient.newHttpClient(), realm, Map.of()).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // It takes a while.
      }
      Thread.sleep(500);
    }
    throw new IllegalStateException(Files.readString(folder.resolve("keycloak.log")));
  }

  private static HttpResponse<String> get(HttpClient client, URI uri, Map<String, String> headers)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    headers.forEach(request::header);
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(HttpClient client, URI uri, String form)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String token(String client, String user) throws Exception {
    HttpResponse<String> answer =
        post(
            HttpClient.newHttpClient(),
            URI.create(realm + "/protocol/openid-connect/token"),
            "grant_type=password&client_id=%s&username=%s&password=%s"
                .formatted(client, user, PASSWORD));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body()).required("access_token").asText();
  }

  private static HttpResponse<String> odata(String token) throws Exception {
    return get(
        HttpClient.newHttpClient(),
        URI.create(server.url() + "/odata/GM9030/ijw/JW301"),
        Map.of("Authorization", "Bearer " + token));
  }

  /** Keycloak's cookies are for TLS only; browsers make an exception for their own computer. */
  private static final class Cookies extends CookieManager {
    @Override
    public void put(URI uri, Map<String, List<String>> headers) throws IOException {
      super.put(uri, headers);
      getCookieStore().getCookies().forEach(cookie -> cookie.setSecure(false));
    }
  }

  @Test
  void anAccessTokenSignsIn() throws Exception {
    assertThat(odata(token("powerbi", "anna")).statusCode()).isEqualTo(200);
  }

  @Test
  void aTokenForAnotherAudienceAndAUserWithoutARoleAreRefused() throws Exception {
    assertThat(odata(token("anders", "anna")).body()).contains("KD601");
    assertThat(odata(token("powerbi", "gast")).body()).contains("KD619");
  }

  @Test
  void aBrowserSignsInWithACodeAndOut() throws Exception {
    HttpClient browser =
        HttpClient.newBuilder()
            .cookieHandler(new Cookies())
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();
    URI portal = URI.create(server.url() + "/");
    Map<String, String> html = Map.of("Accept", "text/html");
    HttpResponse<String> form = get(browser, portal, html);
    Matcher action = Pattern.compile("action=\"([^\"]+)\"").matcher(form.body());
    assertThat(action.find()).as(form.body()).isTrue();
    URI there = URI.create(action.group(1).replace("&amp;", "&"));
    assertThat(there.toString()).startsWith(realm.toString());
    HttpResponse<String> back = post(browser, there, "username=anna&password=" + PASSWORD);
    assertThat(back.uri()).as(back.body()).isEqualTo(portal);
    assertThat(get(browser, portal, html).body()).contains("<strong>anna</strong>", "Afmelden");

    HttpResponse<String> out =
        browser.send(
            HttpRequest.newBuilder(URI.create(server.url() + "/aanmelden/uit"))
                .header("Origin", server.url())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(out.body()).contains("U bent afgemeld", realm + "/protocol/openid-connect/logout");
    HttpResponse<String> odata =
        get(browser, URI.create(server.url() + "/odata/GM9030/ijw/JW301"), Map.of());
    assertThat(odata.statusCode()).isEqualTo(401);
  }
}
