package nl.ketendata.server.odata;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.http.KeptAnswers;
import nl.ketendata.server.http.WebServer;
import nl.ketendata.server.identity.Authenticator;
import nl.ketendata.server.identity.SignIn;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.settings.HttpSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of the feed is given again, and to whom: through the web server, as clients get it. */
class AnswersKeptTest {
  private static final Organisation HOME = Organisation.of(new Gemeente("9030"));

  /** The same name as HOME for other gemeenten: what an administrator may make of it one day. */
  private static final Organisation WIDER =
      new Organisation("GM9030", List.of(new Gemeente("9030"), new Gemeente("9031")));

  private static final Authenticator SOME =
      (authorization, address) ->
          switch (authorization.orElse("")) {
            case "Anna" -> accepted("anna", HOME, Role.ANALIST);
            case "Bert" -> accepted("bert", HOME, Role.ANALIST);
            case "Carla" -> accepted("carla", HOME, Role.ANALIST_BEPERKT);
            case "Dirk" -> accepted("dirk", WIDER, Role.ANALIST);
            case "Els" -> new SignIn.Accepted(new Caller("els", Map.of(), Role.ANALIST));
            default -> new SignIn.Refused();
          };

  @TempDir Path folder;
  private final ODataFixture fixture = new ODataFixture();
  private final HttpClient client = HttpClient.newHttpClient();
  private WebServer server;

  private static SignIn accepted(String name, Organisation organisation, Role role) {
    return new SignIn.Accepted(new Caller(name, Map.of("GM9030", organisation), role));
  }

  @BeforeEach
  void start() {
    server =
        new WebServer(
            HttpSettings.onFreePort(),
            List.of(fixture.head),
            SOME,
            Events.silent(),
            KeptAnswers.in(folder, 1 << 20, 1 << 20, 0),
            List.of());
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
    fixture.close();
  }

  @Test
  void givesCallersWithOneViewTheSameAnswer() throws Exception {
    String first = get("Anna", "JW301").body();

    assertThat(get("Anna", "JW301").body()).isEqualTo(first);
    assertThat(get("Bert", "JW301").body()).isEqualTo(first);
    assertThat(fixture.door.asked()).hasSize(1);
  }

  @Test
  void asksAgainForAnotherRoleAndForOtherGemeenten() throws Exception {
    get("Anna", "JW301");
    get("Carla", "JW301");
    assertThat(fixture.door.asked()).hasSize(2);
    get("Dirk", "JW301");
    assertThat(fixture.door.asked()).hasSize(3);
    assertThat(get("Els", "JW301").statusCode()).isEqualTo(404);
  }

  @Test
  void asksAgainWhenAnythingThatTheAnswerDependsOnIsDifferent() throws Exception {
    int asked = 0;
    for (String below :
        List.of(
            "JW301", "JW301?$top=2", "JW301?$top=2&apikey=a", "JW301?$top=2&apikey=b", "JW302")) {
      get("Anna", below);
      get("Anna", below, "Accept", "application/json;odata.metadata=full");
      get("Anna", below, "Prefer", "odata.maxpagesize=1");
      get("Anna", below, "Prefer", "omit-values=nulls");
      asked += 4;
      assertThat(fixture.door.asked()).as(below).hasSize(asked);
    }
  }

  @Test
  void asksAgainWhenThereIsANewVersion() throws Exception {
    get("Anna", "JW301");
    fixture.door.publish("v2");
    get("Anna", "JW301");

    assertThat(fixture.door.asked()).hasSize(2);
  }

  @Test
  void asksEachTimeWhatDependsOnTheMoment() throws Exception {
    String now = "JW301?$filter=Levering_GeladenOp%20lt%20now()";
    get("Anna", now);
    get("Anna", now);

    assertThat(fixture.door.asked()).hasSize(2);
  }

  @Test
  void doesNotServeAVersionThatIsGone() throws Exception {
    String next =
        ODataFixture.parse(get("Anna", "JW301", "Prefer", "odata.maxpagesize=1").body())
            .get("@odata.nextLink")
            .asText();
    String below = next.substring(next.indexOf("JW301"));
    assertThat(get("Anna", below).statusCode()).isEqualTo(200);

    fixture.door.publish("v2");
    assertThat(get("Anna", below).statusCode()).isEqualTo(410);
  }

  private HttpResponse<String> get(String who, String below, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + ODataFixture.ROOT + below))
            .header("Authorization", who);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
