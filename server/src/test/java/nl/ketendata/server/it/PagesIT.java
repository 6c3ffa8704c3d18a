package nl.ketendata.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.identity.Issuer;
import nl.ketendata.server.identity.Tokens;
import nl.ketendata.server.identity.Users;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.testing.Chromium;
import nl.ketendata.server.testing.JarServer;
import nl.ketendata.server.testing.KnownGemeente;
import nl.ketendata.server.testing.NpmPackages;
import nl.ketendata.server.testing.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see, in a real browser; only where Chromium is installed. */
class PagesIT {
  private static final String USER = "demo-gm9030";
  private static final List<String> PAGES =
      List.of("/", "/sql-taal", "/wachtwoord", "/nergens", "/audit/GM9030");
  private static final String CHOSEN = "kameel trompet dakgoot zeven";
  private static final int TAB = 9;

  @TempDir static Path folder;
  private static JarServer server;
  private static Chromium chromium;
  private static NpmPackages.Ran packages;
  private static String axe = "";

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> program = Chromium.program();
    assumeTrue(program.isPresent(), "Overgeslagen / skipped: Chromium is not installed");
    chromium = new Chromium(program.get(), folder.resolve("chromium"));
    NpmPackages npm = new NpmPackages(folder.resolve("npm"));
    packages = npm.install();
    if (packages.exit() == 0) {
      axe = Files.readString(npm.file("node_modules/axe-core/axe.min.js"));
    }
    server = JarServer.demo(folder.resolve("data"), "128m", "--berichten", "200", "--seed", 7);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  private static String base() {
    return server.url().toString().replaceFirst("/$", "");
  }

  private static Chromium.Page page(String user, String password, String language)
      throws Exception {
    Chromium.Page page = chromium.page();
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    page.headers(
        Map.of(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(pair),
            "Accept-Language",
            language));
    return page;
  }

  private static Chromium.Page page(String language) throws Exception {
    return page(USER, server.password(USER), language);
  }

  @Test
  void everyPageFitsItsWindowAndSpeaksItsLanguage() throws Exception {
    for (String language : new String[] {"nl", "en"}) {
      Chromium.Page page = page(language);
      for (int width : new int[] {1280, 360}) {
        page.width(width);
        for (String path : PAGES) {
          page.open(base() + path);
          String seen = language + " " + width + " " + path;
          assertThat(page.evaluate("document.documentElement.lang").asText())
              .as(seen)
              .isEqualTo(language);
          assertThat(page.evaluate("document.title").asText()).as(seen).contains("Ketendata");
          assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth").asInt())
              .as(seen)
              .isLessThanOrEqualTo(0);
          assertThat(page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth"))
              .as("style of " + seen)
              .hasToString("\"960px\"");
        }
      }
      page.open(base() + "/sql-taal?taal=" + (language.equals("nl") ? "en" : "nl"));
      assertThat(page.evaluate("document.documentElement.lang").asText()).isNotEqualTo(language);
      assertThat(page.faults()).isEmpty();
      assertThat(page.requested()).allMatch(address -> address.startsWith(base() + "/"));
    }
  }

  @Test
  void axeFindsNothingInAnyPageInAnyLight() throws Exception {
    String axe = axe();
    Chromium.Page page = page("nl");
    for (int width : new int[] {1280, 360}) {
      page.width(width);
      for (boolean dark : new boolean[] {false, true}) {
        page.dark(dark);
        for (String path : PAGES) {
          page.open(base() + path);
          assertThat(violations(page, axe)).as(path + " " + width + " dark " + dark).isEmpty();
        }
      }
    }
    page.evaluate("document.querySelector('main p').style.color = '#333'");
    assertThat(violations(page, axe)).as("dark letters on a dark page").hasSize(1);
  }

  /** The source of axe-core, or the test is skipped. */
  private static String axe() {
    assumeTrue(packages.exit() == 0, "Overgeslagen / skipped: npm ci: " + packages.printed());
    return axe;
  }

  private static List<String> violations(Chromium.Page page, String axe) throws Exception {
    page.evaluate(axe + ";0");
    JsonNode found = page.evaluate("axe.run().then(found => found.violations)");
    List<String> violations = new ArrayList<>();
    found.forEach(
        each -> violations.add(each.get("id").asText() + " " + each.at("/nodes/0/html").asText()));
    return violations;
  }

  @Test
  void theKeyboardReachesEverythingInOrderAndShowsWhereItIs() throws Exception {
    Chromium.Page page = page("nl");
    page.open(base() + "/");
    int stops = page.evaluate("document.querySelectorAll('a, button, input').length").asInt();
    assertThat(page.evaluate("document.querySelectorAll('.copy button').length").asInt())
        .isEqualTo(page.evaluate("document.querySelectorAll('.copy').length").asInt())
        .isPositive();
    List<String> reached = new ArrayList<>();
    for (int i = 0; i < stops; i++) {
      page.press("Tab", TAB);
      reached.add(page.evaluate("document.activeElement.textContent").asText());
      assertThat(
              page.evaluate(
                      "(s => s.outlineStyle + ' ' + s.outlineWidth)"
                          + "(getComputedStyle(document.activeElement))")
                  .asText())
          .as("outline of " + reached)
          .isEqualTo("solid 3px");
    }
    List<String> inOrder = new ArrayList<>();
    page.evaluate("[...document.querySelectorAll('a, button, input')].map(e => e.textContent)")
        .forEach(each -> inOrder.add(each.asText()));
    assertThat(reached).isEqualTo(inOrder).startsWith("Naar de inhoud", "English");
  }

  @Test
  void aPasswordIsChangedOnItsPage() throws Exception {
    String user = "demo-gm9031";
    String once = server.password(user);
    Chromium.Page page = page(user, once, "nl");
    page.open(base() + "/");
    page.leads("document.querySelector('a[href=\"/wachtwoord\"]').click()");
    assertThat(page.evaluate("document.querySelector('h1').textContent").asText())
        .isEqualTo("Wijzig uw wachtwoord");

    page.leads(sends("wachtwoordwachtwoord"));
    assertThat(page.evaluate("document.querySelector('[role=alert]').textContent").asText())
        .startsWith("KD624 - ");
    assertThat(page.evaluate("document.activeElement.id").asText()).isEqualTo("nieuw");

    page.leads(sends(CHOSEN));
    assertThat(page.evaluate("document.querySelector('h1').textContent").asText())
        .isEqualTo("Wachtwoord gewijzigd");
    assertThat(page.faults()).isEmpty();
    assertThat(server.client(user, once).get("/").statusCode()).isEqualTo(401);
    assertThat(server.client(user, CHOSEN).get("/").statusCode()).isEqualTo(200);
  }

  private static String sends(String password) {
    return "document.querySelector('#nieuw').value = '"
        + password
        + "'; document.querySelector('form button').click()";
  }

  /** The pages on which somebody manages users and keys, with long names in them. */
  @Test
  void theUsersPagesAreAsGood() throws Exception {
    Path data = folder.resolve("beheer");
    new KnownGemeente(folder.resolve("bekend"), "GM9030").copyTo(data);
    Users users = new Users(data, new SecureRandom(), Clock.systemUTC());
    users.add("bea", "GM9030", Role.BEHEERDER, CHOSEN);
    users.invite("anna.met.een.lange.naam@gemeente.example", "GM9030", Role.ANALIST);
    new Tokens(data, new SecureRandom(), Clock.systemUTC())
        .create("een sleutel voor het dashboard", "GM9030", Role.ANALIST, 90);
    try (RunningServer running = new RunningServer(data, "")) {
      Chromium.Page page = page("bea", CHOSEN, "nl");
      String axe = axe();
      for (int width : new int[] {1280, 360}) {
        page.width(width);
        page.open(running.url() + "/gebruikers/GM9030");
        assertThat(page.evaluate("document.querySelectorAll('tbody tr').length").asInt())
            .isEqualTo(3);
        assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth").asInt())
            .as("at " + width)
            .isLessThanOrEqualTo(0);
        assertThat(violations(page, axe)).as("at " + width).isEmpty();
      }
      page.leads(
          "document.querySelector('#naam').value = 'cees';"
              + "document.querySelector('#naam').form.querySelector('button').click()");
      assertThat(page.evaluate("document.querySelector('h1').textContent").asText())
          .isEqualTo("Eenmalig wachtwoord");
      assertThat(violations(page, axe)).isEmpty();
      assertThat(page.faults()).isEmpty();
    }
  }

  @Test
  void aBrowserSignsInAndOut() throws Exception {
    Path data = folder.resolve("oidc");
    new KnownGemeente(folder.resolve("leeg"), "GM9030").copyTo(data);
    try (Issuer issuer = new Issuer();
        RunningServer running = new RunningServer(data, settings(issuer))) {
      issuer.exchanged = body -> "{\"id_token\":\"" + token(issuer) + "\"}";
      Chromium.Page page = chromium.page();
      page.headers(Map.of("Accept-Language", "nl"));

      page.open(running.url() + "/");
      assertThat(page.evaluate("location.pathname").asText()).isEqualTo("/");
      assertThat(page.evaluate("document.querySelector('strong').textContent").asText())
          .isEqualTo("anna");
      page.leads("document.querySelector('form button').click()");
      assertThat(page.evaluate("location.pathname").asText()).isEqualTo("/aanmelden/uit");
      assertThat(page.evaluate("document.querySelector('h1').textContent").asText())
          .isEqualTo("U bent afgemeld");
      assertThat(page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth"))
          .hasToString("\"960px\"");
      assertThat(page.evaluate("[...document.querySelectorAll('main a')].map(a => a.href)"))
          .extracting(JsonNode::asText)
          .containsExactly(issuer.uri() + "/out?client_id=ketendata", running.url() + "/aanmelden");
      assertThat(page.evaluate("document.cookie").asText()).isEmpty();
      assertThat(page.faults()).isEmpty();
      assertThat(violations(page, axe())).isEmpty();
    }
  }

  private static String settings(Issuer issuer) {
    return """
    [oidc]
    issuer = "%s"
    audience = ["api://ketendata"]
    client-id = "ketendata"
    [oidc.map]
    lezer = "GM9030 analist"
    """
        .formatted(issuer.uri());
  }

  private static String token(Issuer issuer) {
    try {
      return issuer.token(
          new JWTClaimsSet.Builder()
              .issuer(issuer.uri().toString())
              .audience("ketendata")
              .subject("s-1")
              .claim("preferred_username", "anna")
              .claim("nonce", issuer.nonce)
              .claim("roles", List.of("lezer"))
              .expirationTime(Date.from(Instant.now().plusSeconds(300)))
              .build());
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new AssertionError(e);
    }
  }
}
