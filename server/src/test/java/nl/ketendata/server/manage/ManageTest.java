package nl.ketendata.server.manage;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import nl.ketendata.server.identity.Users;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.testing.KnownGemeente;
import nl.ketendata.server.testing.RunningServer;
import nl.ketendata.server.testing.WebClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users, tokens and organisations of a whole server, managed over HTTP. */
class ManageTest {
  private static final String PASSWORD = "vier losse worden op rij";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String OTHER = "mosterd lantaarn kruiwagen";

  @TempDir static Path folder;
  private static RunningServer server;
  private static Path data;

  @BeforeAll
  static void start() throws Exception {
    data = folder.resolve("data");
    new KnownGemeente(folder.resolve("a"), "GM9030").copyTo(data);
    new KnownGemeente(folder.resolve("b"), "GM9031").copyTo(data);
    Users users = users();
    users.add("anna", "GM9030", Role.BEHEERDER, PASSWORD);
    users.add("bert", "GM9031", Role.BEHEERDER, PASSWORD);
    users.add("lezer", "GM9030", Role.ANALIST, PASSWORD);
    users.add("baas", "", Role.FUNCTIONEEL_BEHEERDER, PASSWORD);
    server = new RunningServer(data, "");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Users users() {
    return new Users(data, new SecureRandom(), Clock.systemUTC());
  }

  private record Got(int status, String text, String location) {}

  private static Got ask(String who, String method, String path, String body, String... headers)
      throws Exception {
    return by(who, PASSWORD, method, path, body, headers);
  }

  private static Got by(
      String who, String password, String method, String path, String body, String... headers)
      throws Exception {
    byte[] pair = (who + ":" + password).getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Got(
        answer.statusCode(), answer.body(), answer.headers().firstValue("Location").orElse(""));
  }

  @Test
  void aUserIsAddedChangedAndRemoved() throws Exception {
    Got added =
        ask("anna", "POST", "/gebruikers/gm9030", "{\"naam\":\"cees@x.nl\",\"rol\":\"analist\"}");
    assertThat(added.status()).as(added.text()).isEqualTo(201);
    assertThat(added.location()).endsWith("/gebruikers/GM9030/cees%40x.nl");
    String oneTime = WebClient.parse(added.text()).get("eenmalig_wachtwoord").asText();
    assertThat(by("cees@x.nl", oneTime, "GET", "/", "").text()).contains("KD635");
    assertThat(by("cees@x.nl", oneTime, "GET", "/odata/GM9030/ijw/", "").status()).isEqualTo(200);
    assertThat(ask("anna", "GET", "/gebruikers/GM9030", "").text())
        .contains("\"cees@x.nl\"", "eenmalig_wachtwoord_tot", "\"lezer\"")
        .doesNotContain("bert", "baas", oneTime, "argon2");
    String one = "/gebruikers/GM9030/cees@x.nl";
    assertThat(ask("anna", "PATCH", one, "{\"rol\":\"leverancier\"}").text())
        .contains("leverancier");
    assertThat(users().account("cees@x.nl").role()).isEqualTo(Role.LEVERANCIER);
    String reset = ask("anna", "POST", one + "/wachtwoord", "").text();
    String second = WebClient.parse(reset).get("eenmalig_wachtwoord").asText();
    assertThat(second).isNotEqualTo(oneTime);
    assertThat(ask("anna", "DELETE", one, "").status()).isEqualTo(204);
    assertThat(ask("anna", "GET", one, "").text()).contains("KD622");

    String log = ask("anna", "GET", "/audit/GM9030", "").text();
    assertThat(log)
        .contains("GEBRUIKER_VASTGELEGD\",\"wie\":\"anna", "cees@x.nl leverancier")
        .contains("WACHTWOORD_GEWIJZIGD", "GEBRUIKER_VERWIJDERD")
        .doesNotContain(oneTime, second);
    assertThat(ask("bert", "GET", "/audit/GM9031", "").text()).doesNotContain("cees");
  }

  /** Whoever belongs elsewhere is as unknown as nobody, in every place that a name can stand. */
  @Test
  void nobodyOfAnotherOrganisationIsThere() throws Exception {
    for (String[] way :
        new String[][] {
          {"GET", "", ""},
          {"PATCH", "", "{\"rol\":\"analist\"}"},
          {"DELETE", "", ""},
          {"POST", "/wachtwoord", ""}
        }) {
      Got other = ask("anna", way[0], "/gebruikers/GM9030/bert" + way[1], way[2]);
      Got nobody = ask("anna", way[0], "/gebruikers/GM9030/niemand" + way[1], way[2]);
      assertThat(other.status()).isEqualTo(nobody.status()).isEqualTo(404);
      assertThat(other.text()).isEqualTo(nobody.text().replace("niemand", "bert"));
    }
    for (String path : List.of("/gebruikers/", "/tokens/")) {
      Got other = ask("anna", "GET", path + "GM9031", "");
      Got nobody = ask("anna", "GET", path + "GM9039", "");
      assertThat(other.status()).isEqualTo(nobody.status()).isEqualTo(404);
      assertThat(other.text()).isEqualTo(nobody.text().replace("GM9039", "GM9031"));
      assertThat(ask("anna", "POST", path + "GM9031", "{}").text()).contains("KD603");
    }
    assertThat(users().account("bert").oneTimeUntil()).isEmpty();
    assertThat(users().account("bert").role()).isEqualTo(Role.BEHEERDER);
  }

  @Test
  void onlyWhoManagesMayAndNobodyGivesMoreThanHeMay() throws Exception {
    for (String path : List.of("/gebruikers/GM9030", "/gebruikers", "/tokens/GM9030")) {
      assertThat(ask("lezer", "GET", path, "").text()).as(path).contains("KD602");
    }
    assertThat(ask("anna", "GET", "/organisaties", "").text()).contains("KD602");
    assertThat(ask("anna", "GET", "/gebruikers/installatie", "").text()).contains("KD602");
    String more = "{\"naam\":\"x\",\"rol\":\"functioneel-beheerder\"}";
    assertThat(ask("anna", "POST", "/gebruikers/GM9030", more).text()).contains("KD638");
    assertThat(
            ask("anna", "PATCH", "/gebruikers/GM9030/lezer", more.replace("\"naam\":\"x\",", ""))
                .text())
        .contains("KD638");
    for (String own : List.of("DELETE", "PATCH")) {
      assertThat(ask("anna", own, "/gebruikers/GM9030/anna", "{\"rol\":\"analist\"}").text())
          .contains(own.equals("DELETE") ? "KD563" : "KD637");
    }
    assertThat(ask("anna", "DELETE", "/gebruikers/GM9030/anna", "").text()).contains("KD637");
  }

  /** A functioneel-beheerder appoints, and never comes near the data or its readers. */
  @Test
  void anAdministratorOfTheInstallationAppointsAdministratorsOnly() throws Exception {
    Got added =
        ask("baas", "POST", "/gebruikers/GM9031", "{\"naam\":\"dora\",\"rol\":\"beheerder\"}");
    assertThat(added.status()).isEqualTo(201);
    assertThat(ask("bert", "GET", "/gebruikers/GM9031", "").text()).contains("dora");
    assertThat(ask("bert", "GET", "/audit/GM9031", "").text())
        .contains("\"GEBRUIKER_VASTGELEGD\",\"wie\":\"baas\",\"organisatie\":\"GM9031\"");
    assertThat(
            ask("baas", "POST", "/gebruikers/GM9031", "{\"naam\":\"x\",\"rol\":\"analist\"}")
                .text())
        .contains("KD638");
    assertThat(ask("baas", "GET", "/gebruikers/GM9030", "").text())
        .contains("anna")
        .doesNotContain("lezer");
    assertThat(ask("baas", "DELETE", "/gebruikers/GM9030/lezer", "").text()).contains("KD622");
    assertThat(ask("baas", "GET", "/tokens/GM9030", "").text()).contains("KD603");
    assertThat(ask("baas", "GET", "/odata/GM9030/ijw/JW301", "").text()).contains("KD603");
    assertThat(ask("baas", "GET", "/gebruikers/installatie", "").text())
        .contains("baas")
        .doesNotContain("anna");
    assertThat(ask("baas", "GET", "/gebruikers/GM9039", "").text()).contains("KD603");
  }

  @Test
  void aTokenIsToldOnceAndRevoked() throws Exception {
    String wanted = "{\"naam\":\"Power BI\",\"rol\":\"analist\",\"dagen\":30}";
    Got made = ask("anna", "POST", "/tokens/GM9030", wanted);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String token = WebClient.parse(made.text()).get("token").asText();
    String mark = WebClient.parse(made.text()).get("kenmerk").asText();
    assertThat(by("", token, "GET", "/odata/GM9030/ijw/", "").status()).isEqualTo(200);
    assertThat(ask("anna", "GET", "/tokens/GM9030", "").text())
        .contains("Power BI", mark)
        .doesNotContain(token);
    assertThat(ask("bert", "DELETE", "/tokens/GM9031/" + mark, "").text()).contains("KD626");
    assertThat(ask("anna", "DELETE", "/tokens/GM9030/" + mark, "").status()).isEqualTo(204);
    assertThat(by("", token, "GET", "/odata/GM9030/ijw/", "").text()).contains("KD601");

    assertThat(ask("anna", "POST", "/tokens/GM9030", "{\"naam\":\"x\",\"dagen\":0}").text())
        .contains("KD611");
    assertThat(ask("anna", "POST", "/tokens/GM9030", "{\"naam\":\"x\",\"dagen\":\"z\"}").text())
        .contains("KD563");
    assertThat(ask("anna", "POST", "/tokens/GM9030", "{\"naam\":\"a\\nb\"}").text())
        .contains("KD639");
    assertThat(
            ask("anna", "POST", "/tokens/GM9030", "{\"naam\":\"x\",\"rol\":\"beheerder\"}").text())
        .contains("KD625");
  }

  /** A page of somebody else's can make a browser send the password that it knows along. */
  @Test
  void aChangeIsTakenFromAPageOfOursOnly() throws Exception {
    String form = "naam=kwaad&rol=beheerder";
    String kind = "application/x-www-form-urlencoded";
    for (String[] headers :
        new String[][] {
          {"Origin", "https://elders.example"},
          {"Origin", "null"},
          {"Sec-Fetch-Site", "cross-site"},
          {"Sec-Fetch-Site", "same-site"},
          {"Origin", "null", "Sec-Fetch-Site", "cross-site"}
        }) {
      String[] all = new String[headers.length + 2];
      System.arraycopy(headers, 0, all, 2, headers.length);
      all[0] = "Content-Type";
      all[1] = kind;
      for (String path :
          List.of("/gebruikers/GM9030", "/gebruikers/GM9030/lezer", "/tokens/GM9030")) {
        assertThat(ask("anna", "POST", path, form, all).text()).as(path).contains("KD510");
      }
      all[1] = "text/plain";
      assertThat(ask("anna", "DELETE", "/gebruikers/GM9030/lezer", "", all).text())
          .contains("KD510");
    }
    assertThat(ask("anna", "POST", "/gebruikers/GM9030", form, "Content-Type", "text/plain").text())
        .contains("KD562");
    assertThat(users().all()).extracting(Users.Account::name).doesNotContain("kwaad");
  }

  @Test
  void aPersonManagesUsersByAPage() throws Exception {
    String kind = "application/x-www-form-urlencoded";
    String[] page = {"Content-Type", kind, "Accept", "text/html", "Origin", server.url()};
    assertThat(ask("anna", "GET", "/", "", "Accept", "text/html").text()).contains("/gebruikers");
    assertThat(ask("lezer", "GET", "/", "", "Accept", "text/html").text())
        .doesNotContain("/gebruikers");
    Got first = ask("anna", "GET", "/gebruikers", "", "Accept", "text/html");
    assertThat(first.status()).isEqualTo(303);
    assertThat(first.location()).isEqualTo(server.url() + "/gebruikers/GM9030");
    Got shown = ask("anna", "POST", "/gebruikers/GM9030", "naam=eva%2Bx&rol=analist", page);
    assertThat(shown.text()).contains("<strong>eva+x</strong>", "<code>");
    String list = ask("anna", "GET", "/gebruikers/GM9030", "", "Accept", "text/html").text();
    assertThat(list).contains("action=\"/gebruikers/GM9030/eva%2Bx\"", "Gebruikers van GM9030");
    assertThat(ask("anna", "GET", "/gebruikers/GM9030?taal=en", "", "Accept", "text/html").text())
        .contains("Users of GM9030");
    String one = "/gebruikers/GM9030/eva%2Bx";
    assertThat(ask("anna", "POST", one, "actie=rol&rol=leverancier", page).status()).isEqualTo(303);
    assertThat(users().account("eva+x").role()).isEqualTo(Role.LEVERANCIER);
    assertThat(ask("anna", "POST", one, "actie=wachtwoord", page).text()).contains("<code>");
    assertThat(ask("anna", "POST", one, "actie=iets", page).text()).contains("KD563");
    assertThat(ask("anna", "POST", one, "actie=verwijder", page).status()).isEqualTo(303);
    assertThat(users().all()).extracting(Users.Account::name).doesNotContain("eva+x");

    Got token = ask("anna", "POST", "/tokens/GM9030", "naam=excel&dagen=1", page);
    assertThat(token.text()).contains("<code>kdt_");
  }

  @Test
  void saysWhatIsWrongWithWhatWasSent() throws Exception {
    String path = "/gebruikers/GM9030";
    assertThat(ask("anna", "POST", path, "{\"naam\":\"x\"}").text()).contains("KD563", "rol");
    assertThat(ask("anna", "POST", path, "[]").text()).contains("KD510");
    assertThat(ask("anna", "POST", path, "{").text()).contains("KD510");
    assertThat(ask("anna", "POST", path, "{\"wachtwoord\":\"x\"}").text())
        .contains("KD563", "naam, rol");
    assertThat(ask("anna", "POST", path, "{\"naam\":{},\"rol\":\"analist\"}").text())
        .contains("KD563");
    assertThat(ask("anna", "POST", path, "{\"naam\":\"a b\",\"rol\":\"analist\"}").text())
        .contains("KD610");
    assertThat(ask("anna", "POST", path, "{\"naam\":\"lezer\",\"rol\":\"analist\"}").text())
        .contains("KD606");
    assertThat(ask("anna", "POST", path, "{\"naam\":\"x\",\"rol\":\"baas\"}").text())
        .contains("KD605");
    assertThat(ask("anna", "POST", path, "{\"naam\":\"" + "x".repeat(70_000) + "\"}").text())
        .contains("KD510");
    assertThat(ask("anna", "PUT", path, "").text()).contains("KD504");
    assertThat(ask("anna", "GET", path + "/lezer/x/y", "").text()).contains("KD502");
  }

  @Test
  void organisationsAreStatedAndTakenBack() throws Exception {
    String region = "{\"gemeenten\":{\"GM9030\":\"2024-01-01\",\"GM9031\":\"\"}}";
    assertThat(ask("baas", "PUT", "/organisaties/regio-zuid", region).status()).isEqualTo(204);
    assertThat(ask("baas", "PUT", "/organisaties/GM9031", "{\"producten\":[\"ijw\"]}").status())
        .isEqualTo(204);
    assertThat(ask("baas", "GET", "/organisaties", "").text())
        .contains("\"REGIO-ZUID\",\"ijw\":[\"GM9030\",\"GM9031\"],\"iwmo\":[\"GM9030\"]");
    users().add("regio", "REGIO-ZUID", Role.ANALIST, OTHER);
    assertThat(by("regio", OTHER, "GET", "/odata/REGIO-ZUID/ijw/", "").status()).isEqualTo(200);
    assertThat(ask("baas", "PUT", "/organisaties/GM9031", "{}").status()).isEqualTo(204);
    assertThat(ask("baas", "DELETE", "/organisaties/REGIO-ZUID", "").status()).isEqualTo(204);
    assertThat(by("regio", OTHER, "GET", "/odata/REGIO-ZUID/ijw/", "").text()).contains("KD603");

    assertThat(ask("baas", "PUT", "/organisaties/IJW", region).text()).contains("KD615");
    assertThat(ask("baas", "PUT", "/organisaties/X-Y", "{}").text()).contains("KD563");
    assertThat(
            ask("baas", "PUT", "/organisaties/X-Y", region.replace("2024-01-01", "1 mei")).text())
        .contains("KD617");
    assertThat(ask("baas", "PUT", "/organisaties/GM9031", "{\"producten\":[\"wlz\"]}").text())
        .contains("KD563");
    assertThat(ask("baas", "GET", "/audit/installatie", "").status()).isEqualTo(200);
  }
}
