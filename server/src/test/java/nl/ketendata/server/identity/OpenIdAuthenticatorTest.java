package nl.ketendata.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.testing.SetClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens of an issuer that really signs, fetched over real HTTP. */
class OpenIdAuthenticatorTest {
  private static final Organisation HOME = Organisation.of(new Gemeente("9030"));
  private static final Organisation OTHER = Organisation.of(new Gemeente("9031"));

  private final SetClock clock = new SetClock(Instant.parse("2026-03-01T12:00:00Z"));
  private Issuer issuer;
  private Authenticator authenticator;

  @BeforeEach
  void open() throws Exception {
    issuer = new Issuer();
    authenticator = authenticator(issuer.uri());
  }

  @AfterEach
  void close() {
    issuer.close();
  }

  private Authenticator authenticator(URI from) {
    OpenIdSettings settings =
        new OpenIdSettings(
            from,
            List.of("api://ketendata"),
            Optional.of("tenant-1"),
            Optional.empty(),
            "preferred_username",
            "roles",
            Map.of(
                "lezer", new OpenIdSettings.Membership("GM9030", Role.ANALIST),
                "lezer-9031", new OpenIdSettings.Membership("GM9031", Role.ANALIST),
                "totalen", new OpenIdSettings.Membership("GM9031", Role.ANALIST_BEPERKT),
                "weg", new OpenIdSettings.Membership("GM1234", Role.ANALIST)));
    return new OpenIdAuthenticator(
        settings,
        new OpenIdKeys(settings, Duration.ofMinutes(5)),
        id ->
            List.of(HOME, OTHER).stream()
                .filter(organisation -> organisation.id().equals(id))
                .findFirst(),
        (authorization, address) -> new SignIn.Missing(),
        clock);
  }

  private JWTClaimsSet.Builder claims(String... roles) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer.uri().toString())
        .audience("api://ketendata")
        .subject("s-1")
        .claim("tid", "tenant-1")
        .claim("preferred_username", "anna@gemeente.example")
        .claim("roles", List.of(roles))
        .notBeforeTime(Date.from(clock.instant()))
        .expirationTime(Date.from(clock.instant().plus(Duration.ofHours(1))));
  }

  private SignIn signIn(String token) {
    return authenticator.signIn(Optional.of("Bearer " + token), "10.0.0.1");
  }

  private SignIn signIn(JWTClaimsSet.Builder claims) throws Exception {
    return signIn(issuer.token(claims.build()));
  }

  @Test
  void letsInWhoseTokenIsRight() throws Exception {
    assertThat(signIn(claims("lezer", "iets anders")))
        .isEqualTo(
            new SignIn.Accepted(
                new Caller("anna@gemeente.example", Map.of("GM9030", HOME), Role.ANALIST)));
  }

  @Test
  void aRoleHoldsOnlyWhereItWasGiven() throws Exception {
    assertThat(signIn(claims("lezer", "totalen")))
        .isEqualTo(
            new SignIn.Accepted(
                new Caller("anna@gemeente.example", Map.of("GM9030", HOME), Role.ANALIST)));
    assertThat(signIn(claims("lezer", "lezer-9031")))
        .isEqualTo(
            new SignIn.Accepted(
                new Caller(
                    "anna@gemeente.example",
                    Map.of("GM9030", HOME, "GM9031", OTHER),
                    Role.ANALIST)));
  }

  @Test
  void whatIsNotStatedMeansNothing() throws Exception {
    assertThat(signIn(claims("beheerder"))).isEqualTo(new SignIn.Unlinked());
    assertThat(signIn(claims())).isEqualTo(new SignIn.Unlinked());
    assertThat(signIn(claims("lezer").claim("roles", null))).isEqualTo(new SignIn.Unlinked());
    assertThat(signIn(claims("weg")))
        .isEqualTo(
            new SignIn.Accepted(new Caller("anna@gemeente.example", Map.of(), Role.ANALIST)));
  }

  @Test
  void findsRolesInsideAnotherClaim() throws Exception {
    OpenIdSettings settings =
        new OpenIdSettings(
            issuer.uri(),
            List.of("api://ketendata"),
            Optional.empty(),
            Optional.empty(),
            "preferred_username",
            "realm_access.roles",
            Map.of("lezer", new OpenIdSettings.Membership("GM9030", Role.ANALIST)));
    authenticator =
        new OpenIdAuthenticator(
            settings,
            id -> Optional.of(HOME),
            (authorization, address) -> new SignIn.Missing(),
            clock);
    JWTClaimsSet nested =
        claims().claim("realm_access", Map.of("roles", List.of("x", "lezer"))).build();
    assertThat(signIn(issuer.token(nested))).isInstanceOf(SignIn.Accepted.class);
    assertThat(signIn(issuer.token(claims("lezer").build()))).isEqualTo(new SignIn.Unlinked());
    JWTClaimsSet odd = claims().claim("realm_access", "roles").build();
    assertThat(signIn(issuer.token(odd))).isEqualTo(new SignIn.Unlinked());
  }

  @Test
  void refusesATokenThatTellsAClientWhoSignedIn() throws Exception {
    assertThat(signIn(issuer.token(claims("lezer").claim("typ", "ID").build())))
        .isEqualTo(new SignIn.Refused());
    assertThat(signIn(issuer.token(claims("lezer").claim("at_hash", "x").build())))
        .isEqualTo(new SignIn.Refused());
    assertThat(signIn(issuer.token(claims("lezer").claim("typ", "Bearer").build())))
        .isInstanceOf(SignIn.Accepted.class);
  }

  @Test
  void refusesTokensOfOthers() throws Exception {
    assertThat(signIn(claims("lezer").issuer("https://kwaad.example"))).isEqualTo(refused());
    assertThat(signIn(claims("lezer").audience("api://ander"))).isEqualTo(refused());
    assertThat(signIn(claims("lezer").audience((String) null))).isEqualTo(refused());
    assertThat(signIn(claims("lezer").claim("tid", "tenant-2"))).isEqualTo(refused());
    assertThat(signIn(claims("lezer").claim("tid", null))).isEqualTo(refused());
  }

  @Test
  void refusesTokensOfOtherTimes() throws Exception {
    Date future = Date.from(clock.instant().plusSeconds(120));
    assertThat(signIn(claims("lezer").notBeforeTime(future))).isEqualTo(refused());
    assertThat(signIn(claims("lezer").expirationTime(null))).isEqualTo(refused());
    String token = issuer.token(claims("lezer").build());
    clock.forward(Duration.ofMinutes(60).plusSeconds(30));
    assertThat(signIn(token)).as("within the skew").isInstanceOf(SignIn.Accepted.class);
    clock.forward(Duration.ofSeconds(40));
    assertThat(signIn(token)).isEqualTo(new SignIn.Expired());
  }

  @Test
  void refusesWhatIsNotSignedByTheIssuer() throws Exception {
    JWTClaimsSet good = claims("lezer").build();
    RSAKey stranger = Issuer.key();
    assertThat(signIn(Issuer.signed(good, stranger, issuer.current().getKeyID())))
        .isEqualTo(refused());
    assertThat(signIn(Issuer.signed(good, stranger, stranger.getKeyID()))).isEqualTo(refused());
    assertThat(signIn(new PlainJWT(good).serialize())).as("alg none").isEqualTo(refused());

    SignedJWT own =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(stranger.getKeyID())
                .jwk(stranger.toPublicJWK())
                .jwkURL(URI.create("https://kwaad.example/keys"))
                .build(),
            good);
    own.sign(new RSASSASigner(stranger));
    assertThat(signIn(own.serialize())).as("brings its own key").isEqualTo(refused());

    SignedJWT confused =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(issuer.current().getKeyID()).build(),
            good);
    confused.sign(new MACSigner(issuer.current().toRSAPublicKey().getEncoded()));
    assertThat(signIn(confused.serialize())).as("public key as secret").isEqualTo(refused());

    SignedJWT weak =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS512).keyID(issuer.current().getKeyID()).build(),
            good);
    weak.sign(new RSASSASigner(issuer.current()));
    assertThat(signIn(weak.serialize())).as("algorithm not on the list").isEqualTo(refused());
  }

  @Test
  void refusesWhatIsNoToken() throws Exception {
    String token = issuer.token(claims("lezer").build());
    assertThat(signIn(token.substring(0, token.length() - 5) + "AAAAA")).isEqualTo(refused());
    assertThat(signIn(token.replace('.', '-'))).isEqualTo(refused());
    assertThat(signIn("x")).isEqualTo(refused());
    assertThat(signIn("e30.e30.e30")).isEqualTo(refused());
    assertThat(signIn("a".repeat(20_000))).isEqualTo(refused());
  }

  @Test
  void takesTheKeysThatTheIssuerChangesTo() throws Exception {
    assertThat(signIn(claims("lezer"))).isInstanceOf(SignIn.Accepted.class);
    String old = issuer.token(claims("lezer").build());
    issuer.rotate();
    assertThat(signIn(claims("lezer"))).isInstanceOf(SignIn.Accepted.class);
    assertThat(signIn(old)).isEqualTo(refused());
  }

  @Test
  void strangersCannotMakeItBotherTheIssuer() throws Exception {
    assertThat(signIn(claims("lezer"))).isInstanceOf(SignIn.Accepted.class);
    RSAKey stranger = Issuer.key();
    for (int i = 0; i < 50; i++) {
      assertThat(signIn(Issuer.signed(claims("lezer").build(), stranger, "kid" + i)))
          .isEqualTo(refused());
    }
    assertThat(issuer.keysFetched.get()).isLessThanOrEqualTo(3);
    assertThat(signIn(claims("lezer"))).isInstanceOf(SignIn.Accepted.class);
  }

  @Test
  void saysThatTheIssuerCannotBeReached() throws Exception {
    String token = issuer.token(claims("lezer").build());
    issuer.close();
    assertThatThrownBy(() -> signIn(token))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(Code.PROVIDER));
  }

  @Test
  void leavesTheRestToTheOther() {
    for (String header : List.of("Bearer", "Bearer kdt_x", "Basic YTpi", "Negotiate x")) {
      assertThat(authenticator.signIn(Optional.of(header), "10.0.0.1"))
          .isEqualTo(new SignIn.Missing());
    }
    assertThat(authenticator.signIn(Optional.empty(), "10.0.0.1")).isEqualTo(new SignIn.Missing());
  }

  @Test
  void tellsPowerBiWhereToSignIn() {
    assertThat(authenticator(URI.create("https://login.microsoftonline.com/t1/v2.0")).challenges())
        .contains(
            "Bearer authorization_uri=\"https://login.microsoftonline.com/t1/oauth2/authorize\"")
        .anyMatch(challenge -> challenge.startsWith("Basic "));
  }

  private static SignIn refused() {
    return new SignIn.Refused();
  }
}
