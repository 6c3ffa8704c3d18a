package nl.ketendata.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import nl.ketendata.server.identity.Users;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.testing.Deliveries;
import nl.ketendata.server.testing.RunningServer;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings act: what stands in the file is seen in what the whole server does. */
class SettingsHoldTest {
  private static final String PASSWORD = "kameel trompet dakgoot zeven";
  private static final String SETTINGS =
      """
      public-url = "https://keten.example"
      security-contact = "mailto:ciso@gemeente.example"
      [http]
      answer-cache = "0B"
      cors-origins = ["https://rapport.example"]
      [query]
      page-size = 2
      [policy]
      smallest-group = 3
      [deliveries]
      archive-size = "16KB"
      archive-entries = 2
      archive-entry = "1KB"
      archive-unpacked = "1500B"
      archive-ratio = 90
      refused-percent = 60
      """;

  @TempDir static Path folder;
  private static Path data;
  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    data = Files.createDirectories(folder.resolve("data"));
    try (TestServer before = new TestServer(data)) {
      before.take(
          "GM9030",
          Deliveries.zip(
              folder,
              "Ketendata-IJW-Test-20240101000000.zip",
              Map.of(
                  "JW301.csv",
                  "Bericht_Id,Client_Bsn\na,h1\nb,h2\nc,h3\n",
                  "JW302.csv",
                  "Bericht_Id,Client_Bsn\na,h1\nb,h2\n")));
    }
    Users users = new Users(data, new SecureRandom(), Clock.systemUTC());
    users.add("bea", "GM9030", Role.BEHEERDER, PASSWORD);
    users.add("bep", "GM9030", Role.ANALIST_BEPERKT, PASSWORD);
    server = new RunningServer(data, SETTINGS);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> send(
      String user, String method, String path, HttpRequest.BodyPublisher body, String... headers)
      throws Exception {
    byte[] pair = (user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(method, body)
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    return HttpClient.newHttpClient()
        .send(
            (headers.length == 0 ? request : request.headers(headers)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String user, String path, String... headers)
      throws Exception {
    return send(user, "GET", path, HttpRequest.BodyPublishers.noBody(), headers);
  }

  private static String handedIn(int second, Map<String, String> files) throws Exception {
    String name = "Ketendata-IJW-Test-202402010000%02d.zip".formatted(second);
    Path zip = Deliveries.zip(Files.createTempDirectory(folder, "in"), name, files);
    return send(
            "bea", "PUT", "/leveringen/GM9030/ijw/" + name, HttpRequest.BodyPublishers.ofFile(zip))
        .body();
  }

  @Test
  void ofTheFeed() throws Exception {
    HttpResponse<String> page =
        get("bea", "/odata/GM9030/ijw/JW301", "Origin", "https://rapport.example");
    assertThat(page.body())
        .as("public-url, page-size")
        .contains("https://keten.example/odata/GM9030/ijw/$metadata", "@odata.nextLink")
        .doesNotContain("\"Bericht_Id\":\"c\"");
    assertThat(page.headers().firstValue("Access-Control-Allow-Origin"))
        .as("cors-origins")
        .contains("https://rapport.example");
    assertThat(Files.exists(data.resolve("antwoorden"))).as("answer-cache").isFalse();
    assertThat(get("bea", "/.well-known/security.txt").body())
        .as("security-contact")
        .contains("Contact: mailto:ciso@gemeente.example");
  }

  @Test
  void ofTheSmallestGroup() throws Exception {
    String count = "/odata/GM9030/ijw/%s?$apply=aggregate($count%%20as%%20N)";
    assertThat(get("bep", count.formatted("JW301")).body()).contains("\"N\":3");
    assertThat(get("bep", count.formatted("JW302")).body()).doesNotContain("\"N\":2");
  }

  @Test
  void ofDeliveries() throws Exception {
    String row = "Bericht_Id,Client_Bsn\n";
    assertThat(handedIn(1, Map.of("JW301.csv", row, "JW302.csv", row, "JW305.csv", row)))
        .as("archive-entries")
        .contains("KD102", "2");
    assertThat(handedIn(2, Map.of("JW301.csv", row + "x".repeat(1_100))))
        .as("archive-entry")
        .contains("KD102");
    String most = row + noise(900);
    assertThat(handedIn(3, Map.of("JW301.csv", most, "JW302.csv", most)))
        .as("archive-unpacked")
        .contains("KD102");
    assertThat(handedIn(4, Map.of("JW301.csv", row + noise(40_000))))
        .as("archive-size, before anything of it is opened")
        .contains("KD340", "16384");
    String half = row + "d,h4\ne\ne\n,\nf,h5\n";
    assertThat(handedIn(5, Map.of("JW301.csv", half)))
        .as("refused-percent")
        .doesNotContain("KD206");
  }

  /** What hardly packs. */
  private static String noise(int length) {
    java.util.Random random = new java.util.Random(7);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }
}
