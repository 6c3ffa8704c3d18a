package nl.ketendata.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import nl.ketendata.server.identity.Users;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.testing.KnownGemeente;
import nl.ketendata.server.testing.RunningServer;
import nl.ketendata.server.testing.WebClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit log as a table: for the administrator, of the own organisation, while it grows. */
class AuditlogTest {
  private static final String PASSWORD = "vier losse worden op rij";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String SET = "/odata/GM9030/ijw/Auditlog";

  @TempDir static Path folder;
  private static RunningServer server;
  private static Path data;

  @BeforeAll
  static void start() throws Exception {
    data = folder.resolve("data");
    new KnownGemeente(folder.resolve("a"), "GM9030").copyTo(data);
    new KnownGemeente(folder.resolve("b"), "GM9031").copyTo(data);
    Users users = new Users(data, new SecureRandom(), Clock.systemUTC());
    users.add("anna", "GM9030", Role.BEHEERDER, PASSWORD);
    users.add("bert", "GM9031", Role.BEHEERDER, PASSWORD);
    users.add("lezer", "GM9030", Role.ANALIST, PASSWORD);
    users.add("teller", "GM9030", Role.ANALIST_BEPERKT, PASSWORD);
    server = new RunningServer(data, "");
    for (int i = 0; i < 12; i++) {
      get("lezer", "/odata/GM9030/ijw/JW301?$filter=Client_Bsn%20eq%20'geheim" + i + "'");
    }
    get("bert", "/odata/GM9031/iwmo/WMO301");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> answer(String who, String path, String... headers)
      throws Exception {
    byte[] pair = (who + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    URI address =
        URI.create(path.startsWith("http") ? path : server.url() + path.replace(" ", "%20"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    return HTTP.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String get(String who, String path, String... headers) throws Exception {
    return answer(who, path, headers).body();
  }

  private static List<String> sql(String who, String text) throws Exception {
    byte[] pair = (who + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/sql?format=csv"))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair))
            .header("Content-Type", "application/sql")
            .POST(HttpRequest.BodyPublishers.ofString(text))
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body().lines().toList();
  }

  @Test
  void anAdministratorReadsTheOwnLogInSql() throws Exception {
    assertThat(sql("anna", "select distinct Levering_Gemeente from Auditlog"))
        .containsExactly("Levering_Gemeente", "9030");
    assertThat(
            sql(
                "anna",
                "select Handeling, count(*) as n, sum(Rijen) as r from GM9030.IWMO.AUDITLOG"
                    + " where Wie = 'lezer' and Handeling = 'GELEZEN' group by Handeling"))
        .anyMatch(line -> line.startsWith("GELEZEN,") && !line.startsWith("GELEZEN,0"));
    assertThat(sql("anna", "select Object from Auditlog").toString()).doesNotContain("geheim");
    assertThat(
            sql(
                "anna",
                "select a.Wie from Auditlog a join Auditlog b on a.Audit_Id = b.Audit_Id"
                    + " where a.Tijdstip >= timestamp '2026-01-01 00:00:00' and a.Wie = 'bert'"))
        .hasSize(1);
    assertThat(sql("anna", "select TABLE_NAME from INFORMATION_SCHEMA.TABLES"))
        .contains("Auditlog");
  }

  /** What has just been done is there at the next question. */
  @Test
  void theLogIsNeverBehind() throws Exception {
    for (int i = 0; i < 3; i++) {
      get("lezer", "/odata/GM9030/ijw/NietBestaand" + i);
      assertThat(sql("anna", "select max(Object) from Auditlog where Object like '%Bestaand%'"))
          .last()
          .asString()
          .endsWith("NietBestaand" + i);
    }
  }

  @Test
  void nobodyElseKnowsThatItIsThere() throws Exception {
    for (String who : List.of("lezer", "teller")) {
      assertThat(get(who, "/odata/GM9030/ijw/$metadata")).as(who).doesNotContain("Auditlog");
      assertThat(get(who, "/odata/GM9030/ijw/")).as(who).doesNotContain("Auditlog");
      HttpResponse<String> set = answer(who, SET);
      HttpResponse<String> nothing = answer(who, SET.replace("Auditlog", "Onbekendx"));
      assertThat(set.statusCode()).isEqualTo(nothing.statusCode()).isEqualTo(404);
      assertThat(set.body()).isEqualTo(nothing.body().replace("Onbekendx", "Auditlog"));
      assertThat(sql(who, "select count(*) from Auditlog").toString())
          .isEqualTo(
              sql(who, "select count(*) from Onbekendx")
                  .toString()
                  .replace("Onbekendx", "Auditlog"));
      assertThat(
              sql(
                      who,
                      "select count(*) from INFORMATION_SCHEMA.TABLES where TABLE_NAME like"
                          + " 'Audit%'")
                  .toString())
          .doesNotContain(", 1]", ", 2]");
    }
    assertThat(get("anna", "/odata/GM9030/ijw/$metadata"))
        .contains("EntitySet Name=\"Auditlog\"")
        .contains("Property Name=\"Tijdstip\" Type=\"Edm.DateTimeOffset\"")
        .contains("Property Name=\"Rijen\" Type=\"Edm.Int64\"");
  }

  @Test
  void theLogOfAnotherIsAsUnknownAsThatOfNobody() throws Exception {
    for (String name :
        List.of(
            "GM9031.IJW.Auditlog",
            "\"memory\".\"logboek\".\"GM9031\"",
            "logboek.GM9031",
            "\"logboek\".\"GM9030\"")) {
      assertThat(sql("anna", "select * from " + name).toString()).as(name).contains("KD402");
    }
    assertThat(get("anna", "/odata/GM9031/ijw/Auditlog")).contains("KD603");
    assertThat(sql("bert", "select distinct Wie from Auditlog").toString())
        .contains("bert")
        .doesNotContain("anna", "lezer");
    assertThat(sql("anna", "explain plan for select Wie from Auditlog").toString())
        .doesNotContain("GM9031", "memory", "logboek");
  }

  /** Every page writes a line of its own, and yet the walk ends, and no line comes twice. */
  @Test
  void aWalkSeesOneMomentWhileTheLogGrows() throws Exception {
    for (String query :
        List.of(
            "?",
            "?$orderby=Tijdstip desc&",
            "?$filter=Wie eq 'lezer'&$orderby=Object,Audit_Id&$select=Audit_Id,Object&")) {
      JsonNode first =
          WebClient.parse(
              get("anna", SET + query + "$count=true", "Prefer", "odata.maxpagesize=5"));
      long count = first.get("@odata.count").asLong();
      List<String> ids = new ArrayList<>();
      JsonNode page = first;
      while (true) {
        page.get("value").forEach(row -> ids.add(row.get("Audit_Id").asText()));
        if (!page.has("@odata.nextLink")) {
          break;
        }
        get("lezer", "/odata/GM9030/ijw/JW301/$count");
        page =
            WebClient.parse(
                get("anna", page.get("@odata.nextLink").asText(), "Prefer", "odata.maxpagesize=5"));
      }
      assertThat(ids).as(query).hasSize((int) count).doesNotHaveDuplicates();
    }
  }

  @Test
  void rowsCountsKeysCsvAndTagsAreAsOfAnyTable() throws Exception {
    HttpResponse<String> one = answer("anna", SET + "?$top=1");
    JsonNode row = WebClient.parse(one.body()).get("value").get(0);
    String key = row.get("Audit_Id").asText();
    assertThat(WebClient.parse(get("anna", SET + "('" + key + "')")).get("Volgnummer").asLong())
        .isEqualTo(Long.parseLong(key));
    assertThat(Integer.parseInt(get("anna", SET + "/$count").strip())).isGreaterThan(12);
    assertThat(get("anna", SET + "?$format=csv&$top=2")).startsWith("Audit_Id,");
    String tag = one.headers().firstValue("ETag").orElseThrow();
    get("lezer", "/odata/GM9030/ijw/JW301/$count");
    assertThat(answer("anna", SET + "?$top=1", "If-None-Match", tag).statusCode()).isEqualTo(200);
    String apply = "?$apply=groupby((Handeling),aggregate($count as n))";
    assertThat(get("anna", SET + apply.replace(" ", "%20"))).contains("GELEZEN");
    String rows = answer("anna", "/odata/GM9030/ijw/JW301").headers().firstValue("ETag").orElse("");
    assertThat(answer("anna", "/odata/GM9030/ijw/JW301", "If-None-Match", rows).statusCode())
        .isEqualTo(304);
  }

  @Test
  void changesOfTheLogAreItsNewLines() throws Exception {
    JsonNode page =
        WebClient.parse(get("anna", SET + "?$select=Wie,Object", "Prefer", "track-changes"));
    String link = page.path("@odata.deltaLink").asText();
    assertThat(link).contains("$deltatoken");
    get("lezer", "/odata/GM9030/ijw/NieuweRegel");
    JsonNode delta = WebClient.parse(get("anna", link));
    assertThat(delta.get("value").toString()).contains("NieuweRegel").contains("lezer");
    assertThat(delta.get("value").size()).isLessThan(10);
    assertThat(delta.toString()).doesNotContain("@removed");
  }

  /** A token that names a line of the log gives who may not read it nothing. */
  @Test
  void aTokenOfTheLogIsOfNoUseToAnother() throws Exception {
    String link =
        WebClient.parse(get("anna", SET + "?$count=true", "Prefer", "odata.maxpagesize=5"))
            .get("@odata.nextLink")
            .asText();
    assertThat(answer("lezer", link).statusCode()).isIn(400, 404, 410);
    assertThat(get("lezer", link)).doesNotContain("Handeling");
    assertThat(get("bert", link)).contains("KD603");
  }

  @Test
  void jdbcShowsTheTableWithItsTypes() throws Exception {
    String url =
        "jdbc:avatica:remote:url=%s/jdbc;serialization=protobuf;authentication=BASIC"
            .formatted(server.url());
    try (Connection anna =
            DriverManager.getConnection(
                url + ";avatica_user=anna;avatica_password=" + PASSWORD,
                new java.util.Properties());
        ResultSet columns =
            anna.getMetaData().getColumns("GM9030", "IJW", "Auditlog", "Tijdstip")) {
      assertThat(columns.next()).isTrue();
      assertThat(columns.getString("TYPE_NAME")).startsWith("TIMESTAMP");
    }
    try (Connection reader =
            DriverManager.getConnection(
                url + ";avatica_user=lezer;avatica_password=" + PASSWORD,
                new java.util.Properties());
        ResultSet tables = reader.getMetaData().getTables(null, null, "Audit%", null)) {
      assertThat(tables.next()).isFalse();
    }
  }

  /** When the oldest month goes, its lines go from the table too. */
  @Test
  void whatIsNoLongerKeptIsGone() throws Exception {
    Path audit = data.resolve("audit");
    Path now;
    try (Stream<Path> files = Files.list(audit)) {
      now = files.filter(each -> each.toString().endsWith(".jsonl")).findFirst().orElseThrow();
    }
    String line =
        Files.readAllLines(now).get(0).replaceFirst("\"tijd\":\"\\d{4}", "\"tijd\":\"2019");
    Path old = audit.resolve("2019-01.jsonl");
    Files.writeString(
        old, line.replaceFirst("\"organisatie\":\"[^\"]*\"", "\"organisatie\":\"GM9030\"") + "\n");
    String count = "select count(*) from Auditlog where Tijdstip < timestamp '2020-01-01 00:00:00'";
    assertThat(sql("anna", count)).last().isEqualTo("1");
    Files.delete(old);
    assertThat(sql("anna", count)).last().isEqualTo("0");
  }
}
