package nl.ketendata.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import nl.ketendata.server.identity.Issuer;
import nl.ketendata.server.identity.Tokens;
import nl.ketendata.server.identity.Users;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.testing.KnownGemeente;
import nl.ketendata.server.testing.RunningServer;
import nl.ketendata.server.testing.SetClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords and tokens, right and wrong, at every head of a whole server. */
class TokensEverywhereTest {
  private static final String PASSWORD = "vier losse worden op rij";
  private static final String REFUSED = "KD601";

  @TempDir static Path folder;
  private static Issuer issuer;
  private static RunningServer server;
  private static Roads roads;
  private static Path data;

  @BeforeAll
  static void start() throws Exception {
    data = folder.resolve("data");
    new KnownGemeente(folder.resolve("leeg"), "GM9030").copyTo(data);
    new KnownGemeente(folder.resolve("leeg1"), "GM9031").copyTo(data);
    issuer = new Issuer();
    SecureRandom random = new SecureRandom();
    new Users(data, random, Clock.systemUTC()).add("anna", "GM9030", Role.BEHEERDER, PASSWORD);
    server =
        new RunningServer(
            data,
            """
            [oidc]
            issuer = "%s"
            audience = ["api://ketendata"]
            tenant = "tenant-1"
            client-id = "portaal"
            [oidc.map]
            beheer = "GM9030 beheerder"
            elders = "GM9031 beheerder"
            """
                .formatted(issuer.uri()));
    roads = new Roads(server, Optional.empty());
  }

  @AfterAll
  static void stop() {
    server.close();
    issuer.close();
  }

  private static Map<String, String> everywhere(String outcome) {
    Map<String, String> all = new TreeMap<>();
    List.of("avatica", "flight", "odata", "put", "sql").forEach(road -> all.put(road, outcome));
    return all;
  }

  /** What is handed in is no archive, which was found by opening it. */
  private static Map<String, String> in() {
    Map<String, String> all = everywhere(Roads.IN);
    all.put("put", "KD101");
    return all;
  }

  private static Map<String, String> outcomes(String authorization) throws Exception {
    return roads.outcomes(Optional.of(authorization), Optional.empty());
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(issuer.uri().toString())
        .audience("api://ketendata")
        .claim("tid", "tenant-1")
        .claim("roles", List.of("beheer"))
        .claim("preferred_username", "anna@example.org")
        .subject("1")
        .expirationTime(at(Duration.ofHours(1)));
  }

  private static Date at(Duration fromNow) {
    return Date.from(Instant.now().plus(fromNow));
  }

  private static String signed(JWSHeader header, RSAKey key) throws Exception {
    SignedJWT token = new SignedJWT(header, claims().build());
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  private static JWSHeader.Builder header(RSAKey key) {
    return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID());
  }

  private static String basic(String user, String secret) {
    byte[] pair = (user + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @Test
  void whatIsRightSignsInEverywhere() throws Exception {
    String token =
        new Tokens(data, new SecureRandom(), Clock.systemUTC())
            .create("pbi", "GM9030", Role.ANALIST, 1);
    assertThat(outcomes(basic("anna", PASSWORD))).isEqualTo(in());
    assertThat(outcomes("Bearer " + issuer.token(claims().build()))).isEqualTo(in());
    for (String way : List.of("Bearer " + token, basic("", token), basic("anna", token))) {
      Map<String, String> expected = everywhere(Roads.IN);
      expected.put("put", "KD602");
      assertThat(outcomes(way)).as(way.substring(0, 6)).isEqualTo(expected);
    }
  }

  @Test
  void whatIsWrongIsRefusedEverywhereWithOneCode() throws Exception {
    RSAKey ours = issuer.current();
    RSAKey theirs = Issuer.key();
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("unsigned", new PlainJWT(claims().build()).serialize());
    wrong.put("of another key", Issuer.signed(claims().build(), theirs, ours.getKeyID()));
    wrong.put("of an unknown key", Issuer.signed(claims().build(), theirs, theirs.getKeyID()));
    wrong.put(
        "key in the header", signed(header(theirs).jwk(theirs.toPublicJWK()).build(), theirs));
    wrong.put(
        "address of keys in the header",
        signed(header(theirs).jwkURL(URI.create("http://127.0.0.1:1/k")).build(), theirs));
    wrong.put(
        "address of a certificate in the header",
        signed(header(theirs).x509CertURL(URI.create("http://127.0.0.1:1/c")).build(), theirs));
    SignedJWT symmetric =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).build(), claims().build());
    symmetric.sign(new MACSigner(ours.toRSAPublicKey().getEncoded()));
    wrong.put("public key as a password", symmetric.serialize());
    wrong.put(
        "of another kind", signed(header(ours).type(new JOSEObjectType("dpop+jwt")).build(), ours));
    wrong.put("other issuer", issuer.token(claims().issuer("https://elders.example").build()));
    wrong.put("other audience", issuer.token(claims().audience("api://anders").build()));
    wrong.put("other tenant", issuer.token(claims().claim("tid", "tenant-2").build()));
    wrong.put("without end", issuer.token(claims().expirationTime(null).build()));
    wrong.put("not yet", issuer.token(claims().notBeforeTime(at(Duration.ofHours(1))).build()));
    String right = issuer.token(claims().build());
    wrong.put("changed", right.substring(0, right.length() - 8) + "AAAAAAAA");
    wrong.put("cut", right.substring(0, right.lastIndexOf('.')));
    wrong.put("too long", issuer.token(claims().claim("x", "y".repeat(9_500)).build()));
    wrong.put("nonsense", "a.b.c");
    for (String kid :
        List.of("../../../../etc/passwd", "' or 1=1 --", "http://127.0.0.1:1/k", "")) {
      wrong.put("key named " + kid, Issuer.signed(claims().build(), theirs, kid));
    }
    wrong.put("without receiver", issuer.token(claims().audience((String) null).build()));
    wrong.put("without issuer", issuer.token(claims().issuer(null).build()));
    wrong.put("without tenant", issuer.token(claims().claim("tid", null).build()));
    wrong.put("end as a text", issuer.token(claims().claim("exp", "later").build()));
    wrong.put(
        "nested", Issuer.signed(claims().claim("token", right).build(), theirs, ours.getKeyID()));
    JWSHeader.Builder jwt = header(ours).contentType("JWT");
    JWSObject inside = new JWSObject(jwt.build(), new Payload(right));
    inside.sign(new RSASSASigner(ours));
    wrong.put("a token in a token", inside.serialize());
    JWSObject critical =
        new JWSObject(
            header(ours).criticalParams(Set.of("http://elders.example/x")).build(),
            claims().build().toPayload());
    critical.sign(new RSASSASigner(ours));
    wrong.put("with what it must understand and does not", critical.serialize());
    String[] parts = right.split("\\.");
    String none =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
    wrong.put("none, with a signature", none + "." + parts[1] + "." + parts[2]);
    wrong.put("None", none.replace("bm9uZS", "Tm9uZS") + "." + parts[1] + ".");
    EncryptedJWT encrypted =
        new EncryptedJWT(
            new JWEHeader(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A128GCM), claims().build());
    encrypted.encrypt(new RSAEncrypter(ours.toRSAPublicKey()));
    wrong.put("encrypted", encrypted.serialize());

    for (Map.Entry<String, String> each : wrong.entrySet()) {
      assertThat(outcomes("Bearer " + each.getValue()))
          .as(each.getKey())
          .isEqualTo(everywhere(REFUSED));
    }
  }

  /** Clocks differ by some seconds. */
  @Test
  void aMinuteOfClockSkewIsForgiven() throws Exception {
    for (String token :
        List.of(
            issuer.token(claims().notBeforeTime(at(Duration.ofSeconds(30))).build()),
            issuer.token(claims().expirationTime(at(Duration.ofSeconds(-5))).build()))) {
      assertThat(outcomes("Bearer " + token)).isEqualTo(in());
    }
  }

  @Test
  void anOwnTokenThatIsNoneIsRefusedEverywhere() throws Exception {
    assertThat(outcomes("Bearer kdt_" + "A".repeat(43))).isEqualTo(everywhere(REFUSED));
    // Whoever was wrong so often must wait a second, and the other tests are at this address too.
    Thread.sleep(1_100);
  }

  @Test
  void whatIsOverSaysSoEverywhere() throws Exception {
    String expired = issuer.token(claims().expirationTime(at(Duration.ofMinutes(-5))).build());
    assertThat(outcomes("Bearer " + expired)).isEqualTo(everywhere("KD618"));

    SetClock lastWeek = new SetClock(Instant.now().minus(Duration.ofDays(8)));
    String oneTime =
        new Users(data, new SecureRandom(), lastWeek).invite("bea", "GM9030", Role.ANALIST);
    assertThat(outcomes(basic("bea", oneTime))).isEqualTo(everywhere("KD621"));
  }

  @Test
  void aOneTimePasswordOpensTheDataForProgramsAndNoPage() throws Exception {
    String oneTime =
        new Users(data, new SecureRandom(), Clock.systemUTC())
            .invite("dora", "GM9030", Role.BEHEERDER);
    String who = basic("dora", oneTime);
    assertThat(outcomes(who)).isEqualTo(in());
    for (String path :
        List.of("/", "/audit/GM9030", "/gebruikers/GM9030", "/tokens/GM9030", "/sql-taal")) {
      assertThat(get(path, who)).as(path).contains("KD635");
    }
    HttpRequest.Builder page =
        HttpRequest.newBuilder(URI.create(server.url() + "/"))
            .header("Authorization", who)
            .header("Accept", "text/html");
    HttpResponse<Void> sent =
        HttpClient.newHttpClient().send(page.build(), HttpResponse.BodyHandlers.discarding());
    assertThat(sent.statusCode()).isEqualTo(303);
    assertThat(sent.headers().firstValue("Location")).contains(server.url() + "/wachtwoord");
    assertThat(get("/wachtwoord", who)).contains("name=\"nieuw\"");
    assertThat(get("/portal.css", who)).doesNotContain("KD635");

    assertThat(replace(who, oneTime)).contains("KD636");
    String chosen = "zolder ketting paraplu";
    assertThat(replace(who, chosen)).contains("Wachtwoord gewijzigd");
    assertThat(outcomes(basic("dora", chosen))).isEqualTo(in());
  }

  /** Neither learns of the other from the log of somebody who works for both. */
  @Test
  void whoWorksForTwoIsInTheLogOfTheOneThatWasAsked() throws Exception {
    String both =
        "Bearer "
            + issuer.token(
                claims()
                    .claim("roles", List.of("beheer", "elders"))
                    .claim("preferred_username", "twee@example.org")
                    .build());
    get("/odata/GM9030/ijw/", both);
    get("/odata/gm9031/ijw/", both);
    get("/nergens", both);
    assertThat(get("/audit/GM9030", both).lines().filter(line -> line.contains("twee@")))
        .anyMatch(line -> line.contains("GET /odata/GM9030/ijw/"))
        .anyMatch(line -> line.contains("GET /nergens"))
        .noneMatch(line -> line.toUpperCase(Locale.ROOT).contains("GM9031"));
    assertThat(get("/audit/GM9031", both).lines().filter(line -> line.contains("twee@")))
        .anyMatch(line -> line.contains("GET /odata/gm9031/ijw/"))
        .anyMatch(line -> line.contains("GET /nergens"))
        .noneMatch(line -> line.toUpperCase(Locale.ROOT).contains("GM9030"));
  }

  @Test
  void whoHasNoRoleHereIsToldSoEverywhere() throws Exception {
    String token = issuer.token(claims().claim("roles", List.of("iets")).build());
    assertThat(outcomes("Bearer " + token)).isEqualTo(everywhere("KD619"));
  }

  /** The provider's name is in the settings, so that the parts must have been wired together. */
  @Test
  void aBrowserIsSentToTheProvider() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest.Builder page =
        HttpRequest.newBuilder(URI.create(server.url() + "/")).header("Accept", "text/html");
    HttpResponse<Void> first = client.send(page.build(), HttpResponse.BodyHandlers.discarding());
    assertThat(first.statusCode()).isEqualTo(303);
    URI there = URI.create(first.headers().firstValue("Location").orElseThrow());
    HttpResponse<Void> second =
        client.send(HttpRequest.newBuilder(there).build(), HttpResponse.BodyHandlers.discarding());
    assertThat(second.headers().firstValue("Location").orElseThrow())
        .startsWith(issuer.uri() + "/in?response_type=code&client_id=portaal");
  }

  @Test
  void onlyABeheerderReadsTheLogAndOnlyOfTheOwnOrganisation() throws Exception {
    String analist =
        new Tokens(data, new SecureRandom(), Clock.systemUTC())
            .create("lezer", "GM9030", Role.ANALIST, 1);
    String beheer = basic("anna", PASSWORD);
    assertThat(get("/audit/GM9030", "Bearer " + analist)).contains("KD602");
    assertThat(get("/audit/GM9031", beheer)).contains("KD603");
    assertThat(get("/audit/installatie", beheer)).contains("KD602");
    assertThat(get("/audit/gm9030?formaat=xml", beheer)).contains("KD633", "csv, json");
    assertThat(get("/audit/GM9030?van=31-12-2026", beheer)).contains("KD633", "van=31-12-2026");
    assertThat(get("/audit/GM9030?van=2026-01-01&formaat=csv", beheer))
        .startsWith("tijd,wat,wie,")
        .contains(",NIET_TOEGESTAAN,lezer,GM9030,127.0.0.1,GET /audit/GM9030,KD602,0\r\n");
    assertThat(get("/audit/GM9030?tot=2020-01-01", beheer)).isEmpty();
  }

  private static String get(String path, String authorization, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Authorization", authorization);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private static String send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void aChangeOfSettingsIsWrittenDownOnce() throws Exception {
    Path folder = data.resolveSibling("ander");
    new KnownGemeente(data.resolveSibling("leeg2"), "GM9030").copyTo(folder);
    String[] settings = {
      "", "", "[policy]\nsmallest-group = 9\n", "[policy]\nsmallest-group = 9\n"
    };
    for (String toml : settings) {
      new RunningServer(folder, toml).close();
    }
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("audit"))) {
      // Two of them when a month ends just now.
      for (Path log : files.filter(file -> file.toString().endsWith(".jsonl")).toList()) {
        lines.addAll(Files.readAllLines(log));
      }
    }
    assertThat(lines).filteredOn(line -> line.contains("INSTELLINGEN_GEWIJZIGD")).hasSize(2);
  }

  @Test
  void somebodyReplacesTheOwnPasswordAndNobodyElses() throws Exception {
    Users users = new Users(data, new SecureRandom(), Clock.systemUTC());
    String oneTime = users.invite("cees", "GM9030", Role.ANALIST);
    String token =
        new Tokens(data, new SecureRandom(), Clock.systemUTC())
            .create("cees", "GM9030", Role.ANALIST, 1);
    String chosen = "lantaarn mosterd kruiwagen";
    assertThat(get("/wachtwoord", basic("cees", oneTime))).contains("name=\"nieuw\"");

    assertThat(replace(basic("cees", oneTime), "Welkom2026Welkom")).contains("KD624");
    assertThat(replace(basic("cees", token), chosen)).contains("KD634");
    assertThat(replace("Bearer " + token, chosen)).contains("KD634");
    assertThat(replace(basic("cees", oneTime), chosen, "Origin", "https://elders.example"))
        .contains("KD510");
    assertThat(replace(basic("cees", oneTime), chosen, "Sec-Fetch-Site", "cross-site"))
        .contains("KD510");
    assertThat(users.account("cees").oneTimeUntil()).isPresent();

    assertThat(
            replace(
                basic("cees", oneTime), chosen, "Origin", "null", "Sec-Fetch-Site", "same-origin"))
        .contains("Wachtwoord gewijzigd");
    assertThat(users.account("cees").oneTimeUntil()).isEmpty();
    assertThat(get("/wachtwoord", basic("cees", chosen))).contains("name=\"nieuw\"");
    assertThat(get("/audit/GM9030", basic("anna", PASSWORD)))
        .contains("\"wat\":\"WACHTWOORD_GEWIJZIGD\",\"wie\":\"cees\"")
        .doesNotContain("mosterd");
  }

  private static String replace(String authorization, String password, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + "/wachtwoord"))
            .header("Authorization", authorization)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "nieuw=" + URLEncoder.encode(password, StandardCharsets.UTF_8)));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  @Test
  void nothingOfAWrongSchemeOrFormSignsIn() throws Exception {
    for (String header : List.of("Basic %%%", "Negotiate abc", "Basic", "kdt_x", "Bearer")) {
      assertThat(outcomes(header)).as(header).isEqualTo(everywhere(REFUSED));
    }
  }
}
