package nl.ketendata.server.identity;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Organisation;

/**
 * Signs in with client certificates, such as those of PKIoverheid. A certificate that is not right
 * keeps its owner out whatever else is sent; a right one is who it is when nothing else is sent, so
 * that a person behind a gemeente's own certificate can still sign in by name.
 */
public final class CertificateAuthenticator implements Authenticator {
  private final CertificateSettings settings;
  private final ClientCertificates certificates;
  private final Function<String, Optional<Organisation>> organisations;
  private final Authenticator otherwise;

  /**
   * @param organisations the organisation with an identifier
   * @param otherwise for what else is sent, and for who shows no certificate
   * @param broken told when a file that changed cannot be used
   * @throws nl.ketendata.server.failure.Failure KD705 when a file cannot be used
   */
  public CertificateAuthenticator(
      CertificateSettings settings,
      Function<String, Optional<Organisation>> organisations,
      Authenticator otherwise,
      Clock clock,
      Consumer<Exception> broken) {
    this.settings = settings;
    this.certificates = new ClientCertificates(settings, clock, broken);
    this.organisations = organisations;
    this.otherwise = otherwise;
  }

  @Override
  public boolean checksCertificates() {
    return true;
  }

  @Override
  public Optional<SignIn> turnsAway(List<X509Certificate> shown) {
    return shown.isEmpty()
        ? Optional.empty()
        : certificates.fault(shown).map(SignIn.BadCertificate::new);
  }

  @Override
  public SignIn signIn(
      Optional<String> authorization, String address, List<X509Certificate> shown) {
    Optional<SignIn> refusal = turnsAway(shown);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    SignIn other = otherwise.signIn(authorization, address);
    boolean counts = !shown.isEmpty() && !settings.memberships().isEmpty();
    return other instanceof SignIn.Missing && counts ? whose(shown.get(0)) : other;
  }

  private SignIn whose(X509Certificate certificate) {
    CertificateIdentity identity = new CertificateIdentity(certificate);
    return identity
        .in(settings.memberships())
        .<SignIn>map(membership -> new SignIn.Accepted(caller(identity.name(), membership)))
        .orElseGet(SignIn.UnlinkedCertificate::new);
  }

  private Caller caller(String name, OpenIdSettings.Membership membership) {
    Map<String, Organisation> seen =
        organisations
            .apply(membership.organisation())
            .map(organisation -> Map.of(organisation.id(), organisation))
            .orElse(Map.of());
    return new Caller(name, seen, membership.role());
  }

  /** Without a certificate. */
  @Override
  public SignIn signIn(Optional<String> authorization, String address) {
    return otherwise.signIn(authorization, address);
  }

  @Override
  public List<String> challenges() {
    return otherwise.challenges();
  }
}
