package nl.ketendata.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.testing.Authority;
import nl.ketendata.server.testing.SetClock;
import nl.ketendata.server.testing.Worked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthenticatorTest {
  private static final String OIN = "00000001234567890000";
  private static final String SUBJECT = "C=NL,O=Leverancier BV,SERIALNUMBER=" + OIN + ",CN=koppel";
  private static final OpenIdSettings.Membership LEVERANCIER =
      new OpenIdSettings.Membership("GM9030", Role.LEVERANCIER);
  private static final OpenIdSettings.Membership ANALIST =
      new OpenIdSettings.Membership("GM9030", Role.ANALIST);
  private static final Organisation HOME = Organisation.of(new Gemeente("9030"));

  private static Authority staat;
  private static Authority.Issued koppel;
  private static Path authorities;

  @TempDir static Path shared;
  @TempDir Path folder;
  private final List<Exception> broken = new ArrayList<>();
  private Path revocations;

  @BeforeAll
  static void issue() throws Exception {
    staat = new Authority("CN=Staat der Proeven");
    koppel = staat.client(SUBJECT);
    authorities = staat.certificatePem(shared.resolve("staat.pem"));
  }

  @BeforeEach
  void nobodyIsRevoked() throws Exception {
    revocations = folder.resolve("ingetrokken.crl");
    Files.writeString(revocations, staat.revoked(in(Duration.ofDays(3))));
  }

  private static Instant in(Duration time) {
    return Instant.now().plus(time);
  }

  private CertificateAuthenticator authenticator(
      Map<String, OpenIdSettings.Membership> memberships, Clock clock) {
    return new CertificateAuthenticator(
        new CertificateSettings(authorities, Optional.of(revocations), memberships),
        id -> Optional.of(HOME).filter(home -> home.id().equals(id)),
        (authorization, address) ->
            authorization.isEmpty() ? new SignIn.Missing() : new SignIn.Refused(),
        clock,
        broken::add);
  }

  private CertificateAuthenticator authenticator() {
    return authenticator(Map.of("oin:" + OIN, LEVERANCIER), Clock.systemUTC());
  }

  private static SignIn signIn(Authenticator authenticator, X509Certificate... shown) {
    return authenticator.signIn(Optional.empty(), "::1", List.of(shown));
  }

  @Test
  void knowsACertificateByNumberFingerprintAndSubject() throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(koppel.certificate().getEncoded());
    String fingerprint = HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
    SignIn expected =
        new SignIn.Accepted(new Caller("koppel", Map.of("GM9030", HOME), Role.LEVERANCIER));
    for (String key :
        List.of(
            "oin:" + OIN,
            "sha256:" + fingerprint,
            "sha256:" + fingerprint.replace(":", "").toLowerCase(Locale.ROOT),
            "dn:CN=koppel, SERIALNUMBER=" + OIN + ", O=leverancier bv, C=NL")) {
      Authenticator authenticator = authenticator(Map.of(key, LEVERANCIER), Clock.systemUTC());
      assertThat(signIn(authenticator, koppel.certificate())).as(key).isEqualTo(expected);
    }
  }

  @Test
  void goesByTheMostPreciseOfTheSettings() throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(koppel.certificate().getEncoded());
    Authenticator authenticator =
        authenticator(
            Map.of("oin:" + OIN, LEVERANCIER, "sha256:" + HexFormat.of().formatHex(hash), ANALIST),
            Clock.systemUTC());
    assertThat(signIn(authenticator, koppel.certificate()))
        .isInstanceOfSatisfying(
            SignIn.Accepted.class,
            accepted -> assertThat(accepted.caller().role()).isEqualTo(Role.ANALIST));
  }

  @Test
  void saysWhatIsWrongWithACertificate() throws Exception {
    Authority other = new Authority("CN=Staat der Proeven");
    X509Certificate foreign = other.client(SUBJECT).certificate();
    X509Certificate old =
        staat.client(SUBJECT, in(Duration.ofDays(-9)), in(Duration.ofDays(-1))).certificate();
    X509Certificate early =
        staat.client(SUBJECT, in(Duration.ofDays(1)), in(Duration.ofDays(9))).certificate();
    X509Certificate revoked = staat.client(SUBJECT).certificate();
    Files.writeString(revocations, staat.revoked(in(Duration.ofDays(3)), revoked));
    Authenticator authenticator = authenticator();

    refuses(authenticator, Code.CERTIFICATE_FOREIGN, foreign);
    refuses(authenticator, Code.CERTIFICATE_FOREIGN, foreign, staat.certificate());
    refuses(authenticator, Code.CERTIFICATE_FOREIGN, staat.server().certificate());
    refuses(authenticator, Code.CERTIFICATE_EXPIRED, old);
    refuses(authenticator, Code.CERTIFICATE_EXPIRED, early);
    refuses(authenticator, Code.CERTIFICATE_REVOKED, revoked);
    refuses(authenticator, Code.CERTIFICATE_UNLINKED, staat.client("CN=ander").certificate());
    assertThat(signIn(authenticator, koppel.certificate(), staat.certificate()))
        .isInstanceOf(SignIn.Accepted.class);
  }

  private static void refuses(Authenticator authenticator, Code code, X509Certificate... shown) {
    assertThat(signIn(authenticator, shown).refusal().code()).isEqualTo(code);
  }

  @Test
  void keepsAWrongCertificateOutWhateverElseIsSent() throws Exception {
    X509Certificate foreign = new Authority("CN=Elders").client(SUBJECT).certificate();
    CertificateAuthenticator authenticator =
        new CertificateAuthenticator(
            new CertificateSettings(authorities, Optional.empty(), Map.of()),
            id -> Optional.empty(),
            (authorization, address) ->
                new SignIn.Accepted(new Caller("anna", Map.of(), Role.ANALIST)),
            Clock.systemUTC(),
            broken::add);
    SignIn result = authenticator.signIn(Optional.of("Basic x"), "::1", List.of(foreign));
    assertThat(result.refusal().code()).isEqualTo(Code.CERTIFICATE_FOREIGN);
    assertThat(authenticator.turnsAway(List.of(foreign))).contains(result);
    assertThat(authenticator.signIn(Optional.of("Basic x"), "::1", List.of(koppel.certificate())))
        .isInstanceOf(SignIn.Accepted.class);
  }

  @Test
  void looksAtWhatElseIsSentFirst() {
    SignIn result =
        authenticator().signIn(Optional.of("Basic x"), "::1", List.of(koppel.certificate()));
    assertThat(result).isEqualTo(new SignIn.Refused());
    assertThat(signIn(authenticator())).isEqualTo(new SignIn.Missing());
  }

  @Test
  void refusesFromTheMomentThatTheListSaysSo() throws Exception {
    Authenticator authenticator = authenticator();
    assertThat(signIn(authenticator, koppel.certificate())).isInstanceOf(SignIn.Accepted.class);

    Files.writeString(
        revocations, staat.revoked(in(Duration.ofDays(3)), koppel.certificate()) + "\n");
    refuses(authenticator, Code.CERTIFICATE_REVOKED, koppel.certificate());

    Files.writeString(revocations, "kapot");
    refuses(authenticator, Code.CERTIFICATE_REVOKED, koppel.certificate());
    assertThat(broken).hasSize(1);
  }

  @Test
  void refusesWhenItCannotTellWhetherACertificateIsRevoked() throws Exception {
    Files.writeString(revocations, staat.revoked(in(Duration.ofDays(-1))));
    refuses(authenticator(), Code.CERTIFICATE_UNCHECKED, koppel.certificate());
    Files.writeString(revocations, new Authority("CN=Elders").revoked(in(Duration.ofDays(3))));
    refuses(authenticator(), Code.CERTIFICATE_UNCHECKED, koppel.certificate());
  }

  @Test
  void forgetsWithinAMinuteThatACertificateWasValid() throws Exception {
    SetClock clock = new SetClock();
    Instant now = clock.instant();
    X509Certificate shortly =
        staat.client(SUBJECT, now.minusSeconds(60), now.plusSeconds(10)).certificate();
    Files.writeString(revocations, staat.revoked(now.plus(Duration.ofDays(3))));
    Authenticator authenticator = authenticator(Map.of("oin:" + OIN, LEVERANCIER), clock);
    assertThat(signIn(authenticator, shortly)).isInstanceOf(SignIn.Accepted.class);
    clock.forward(Duration.ofSeconds(61));
    refuses(authenticator, Code.CERTIFICATE_EXPIRED, shortly);
  }

  @Test
  void believesACertificateThatIsNamedItself() throws Exception {
    Authority.Issued alone = new Authority("CN=Elders").client(SUBJECT);
    Path file = alone.certificatePem(folder.resolve("alleen.pem"));
    Authenticator authenticator =
        new CertificateAuthenticator(
            new CertificateSettings(file, Optional.empty(), Map.of("oin:" + OIN, LEVERANCIER)),
            id -> Optional.empty(),
            (authorization, address) -> new SignIn.Missing(),
            Clock.systemUTC(),
            broken::add);
    assertThat(signIn(authenticator, alone.certificate())).isInstanceOf(SignIn.Accepted.class);
    refuses(authenticator, Code.CERTIFICATE_FOREIGN, koppel.certificate());
  }

  @Test
  void doesNotStartWithFilesThatCannotBeUsed() throws Exception {
    Files.writeString(revocations, "");
    assertThatThrownBy(this::authenticator)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(Code.CERTIFICATE))
        .hasMessageContaining("ingetrokken.crl");
  }

  @Test
  void checksACertificateThatIsKnownInNoTime() {
    Authenticator authenticator = authenticator();
    signIn(authenticator, koppel.certificate());
    Duration worked =
        Worked.on(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                signIn(authenticator, koppel.certificate());
              }
            });
    assertThat(worked).isLessThan(Duration.ofSeconds(2));
  }
}
