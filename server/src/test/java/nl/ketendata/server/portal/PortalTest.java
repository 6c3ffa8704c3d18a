package nl.ketendata.server.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Standard;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.WebServer;
import nl.ketendata.server.identity.Authenticator;
import nl.ketendata.server.identity.SignIn;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.query.Answer;
import nl.ketendata.server.query.Door;
import nl.ketendata.server.query.Mounted;
import nl.ketendata.server.query.PreparedSql;
import nl.ketendata.server.query.RowStream;
import nl.ketendata.server.query.SqlGuide;
import nl.ketendata.server.query.SqlWords;
import nl.ketendata.server.question.ChangesQuestion;
import nl.ketendata.server.question.CountQuestion;
import nl.ketendata.server.question.RowsQuestion;
import nl.ketendata.server.question.Scope;
import nl.ketendata.server.question.SqlQuestion;
import nl.ketendata.server.settings.HttpSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PortalTest {
  private static final List<Organisation> TWO =
      List.of(
          Organisation.of(new Gemeente("9030")),
          new Organisation("REGIO-WEST", List.of(new Gemeente("9030"), new Gemeente("9031"))));

  private final WebServer server =
      new WebServer(
          HttpSettings.onFreePort(),
          List.of(new Portal(new CatalogueDoor(), true, () -> 8082, () -> List.of("odata", "sql"))),
          Authenticator.open(() -> TWO),
          Events.silent());

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void namesThePathThatWasMeant() throws Exception {
    assertThat(get("/odat/GM9030/ijw/").body()).contains("KD502", "/odata/GM9030/ijw/?");
    assertThat(get("/SQL").body()).contains("KD502", "Bedoelde u /sql?");
    assertThat(get("/iets-anders").body()).contains("KD502").doesNotContain("Bedoelde");
  }

  @Test
  void tellsWhatIsHereAndHowToConnect() throws Exception {
    HttpResponse<String> answer = get("/");
    String base = "http://127.0.0.1:" + server.port();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("<html lang=\"nl\">", "Voorbeeldgegevens", "GM9030", "REGIO-WEST", "v7")
        .contains(base + "/odata/GM9030/ijw/</code>")
        .contains("href=\"/aansluiten/REGIO-WEST-ijw.pbids\"")
        .contains("jdbc:avatica:remote:url=" + base + "/jdbc;serialization=protobuf;")
        .contains(";gemeente=GM9030<")
        .contains("jdbc:arrow-flight-sql://127.0.0.1:8082?useEncryption=false&amp;user=NAAM&amp;")
        .contains("curl --user NAAM &#39;" + base + "/odata/GM9030/ijw/JW301?$top=10&#39;")
        .contains("href=\"" + base + "/odata/GM9030/ijw/$metadata\"");
    assertThat(answer.body().length()).isLessThan(100_000);
  }

  @Test
  void tellsWhyAProductIsNotThere() throws Exception {
    assertThat(get("/").body()).contains("KD302").contains("&lt;kapot&gt;");
  }

  @Test
  void speaksEnglishByHeaderAndByLink() throws Exception {
    assertThat(get("/?taal=en").body()).contains("<html lang=\"en\">", "Sample data");
    assertThat(get("/", "Accept-Language", "en").body()).contains("<html lang=\"en\">");
    assertThat(get("/?taal=nl", "Accept-Language", "en").body()).contains("<html lang=\"nl\">");
    assertThat(get("/?taal=en").body())
        .contains("href=\"/sql-taal?taal=en\"", "href=\"?taal=nl\" hreflang=\"nl\" lang=\"nl\"");
    assertThat(get("/nergens?taal=en", "Accept", "text/html").body())
        .contains("<title>This did not work - Ketendata</title>", "href=\"/?taal=en\"");
  }

  @Test
  void hasNoInlineStyleOrScript() throws Exception {
    assertThat(get("/").body()).doesNotContain("<style", " style=", "<script>", " onclick");
    assertThat(get("/portal.css").headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/css");
    assertThat(get("/portal.js").statusCode()).isEqualTo(200);
    assertThat(get("/favicon.ico").statusCode()).isEqualTo(200);
  }

  @Test
  void showsItsLooksBeforeSignInAndNothingElse() throws Exception {
    try (WebServer closed =
        new WebServer(
            HttpSettings.onFreePort(),
            List.of(
                new Portal(new CatalogueDoor(), true, () -> 8082, () -> List.of("odata", "sql"))),
            (authorization, address) -> new SignIn.Missing(),
            Events.silent())) {
      closed.start();
      String base = "http://127.0.0.1:" + closed.port();
      for (String looks : new String[] {"/portal.css", "/portal.js", "/favicon.ico"}) {
        assertThat(status(base + looks)).as(looks).isEqualTo(200);
      }
      for (String page : new String[] {"/", "/sql-taal", "/aansluiten/GM9030-ijw.pbids", "/x"}) {
        assertThat(status(base + page)).as(page).isEqualTo(401);
      }
    }
  }

  private static int status(String address) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void offersAConnectionFileWithoutCredentials() throws Exception {
    HttpResponse<String> file = get("/aansluiten/regio-west-ijw.pbids");

    assertThat(file.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"REGIO-WEST-ijw.pbids\"");
    assertThat(file.body().replaceAll("\\s", ""))
        .isEqualTo(
            "{\"version\":\"0.1\",\"connections\":[{\"details\":{\"protocol\":\"odata\","
                + "\"address\":{\"url\":\"http://127.0.0.1:"
                + server.port()
                + "/odata/REGIO-WEST/ijw/\"}},\"options\":{},\"mode\":\"Import\"}]}");
  }

  @Test
  void hidesOrganisationsOfOthersAndOtherPaths() throws Exception {
    assertThat(get("/aansluiten/GM1234-ijw.pbids").statusCode()).isEqualTo(404);
    assertThat(get("/aansluiten/GM1234-ijw.pbids").body()).contains("KD603");
    assertThat(get("/nergens").body()).contains("\"KD502\"");
    assertThat(get("/%3Cb%3E", "Accept", "text/html").body())
        .contains("<h1>Dit lukte niet</h1>", "KD502")
        .doesNotContain("<b>");
  }

  @Test
  void tellsTheWholeSqlLanguageFromTheListThatStatementsAreCheckedAgainst() throws Exception {
    assertThat(get("/").body()).contains("href=\"/sql-taal\"");
    for (String language : new String[] {"nl", "en"}) {
      String page = get("/sql-taal?taal=" + language).body();
      List<SqlGuide.Section> sections = SqlGuide.sections(Locale.forLanguageTag(language));
      assertThat(sections).hasSizeGreaterThan(10);
      for (SqlGuide.Section section : sections) {
        assertThat(page).contains("<h2>" + escaped(section.title()) + "</h2>");
        section
            .lines()
            .forEach(
                line -> assertThat(page).contains("<code>" + escaped(line.code()) + "</code>"));
      }
      SqlWords.STANDARD
          .moments()
          .forEach(function -> assertThat(page).contains("<code>" + function + "</code>"));
    }
    assertThat(get("/sql-taal?taal=en").body()).contains("Write otherwise");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  @Test
  void onlyReads() throws Exception {
    HttpRequest post =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(post, HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void saysTheSameInBothLanguages() {
    String name = "nl.ketendata.server.portal.portal";
    assertThat(ResourceBundle.getBundle(name, Locale.ENGLISH).keySet())
        .isEqualTo(ResourceBundle.getBundle(name, Failure.DUTCH).keySet());
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    return HttpClient.newHttpClient()
        .send(
            (headers.length == 0 ? request : request.headers(headers)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  /** Knows the tables of iJw; iWmo cannot be opened. */
  private static final class CatalogueDoor implements Door {
    private final Catalogue catalogue = Catalogue.read();

    @Override
    public Mounted mounted(Caller caller, Scope scope) {
      if (scope.product() == Product.IWMO) {
        throw Failure.of(Code.STORE_DAMAGED, scope.organisation(), "<kapot>");
      }
      Standard standard = catalogue.standard(scope.product());
      return new Mounted(scope, "v7", standard.tables(), standard.joins());
    }

    @Override
    public Mounted mounted(Caller caller, Scope scope, String version) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Answer rows(Caller caller, Mounted mounted, RowsQuestion question) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RowStream changes(Caller caller, Mounted before, Mounted now, ChangesQuestion question) {
      throw new UnsupportedOperationException("no changes here");
    }

    @Override
    public long count(Caller caller, Mounted mounted, CountQuestion question) {
      throw new UnsupportedOperationException();
    }

    @Override
    public PreparedSql prepare(Caller caller, SqlQuestion question) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RowStream run(Caller caller, PreparedSql statement, List<Object> parameters) {
      throw new UnsupportedOperationException();
    }
  }
}
