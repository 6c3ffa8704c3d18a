package nl.ketendata.server;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.identity.Authenticator;
import nl.ketendata.server.identity.BrowserSettings;
import nl.ketendata.server.identity.BrowserSignIn;
import nl.ketendata.server.identity.CertificateAuthenticator;
import nl.ketendata.server.identity.LocalAuthenticator;
import nl.ketendata.server.identity.OpenIdAuthenticator;
import nl.ketendata.server.identity.Tokens;
import nl.ketendata.server.identity.Users;
import nl.ketendata.server.organisation.Organisations;
import nl.ketendata.server.settings.Settings;
import nl.ketendata.server.store.DataFolder;

/** Every way to sign in that the settings allow, each before the one that it leaves the rest to. */
final class SignIns {
  /** More gain nothing, and take 19 MiB each. */
  private static final int MOST_PASSWORD_CHECKS = 4;

  private final Settings settings;
  private final Organisations organisations;
  private final Clock clock;
  private final SecureRandom random;
  private final Authenticator entrance;
  private final Optional<BrowserSignIn> browser;

  /**
   * @param folder whose users and tokens cannot be asked while it is away
   * @throws nl.ketendata.server.failure.Failure KD705 when certificates cannot be used
   */
  SignIns(
      Settings settings,
      Organisations organisations,
      Users users,
      Tokens tokens,
      DataFolder folder,
      Clock clock,
      SecureRandom random,
      Events events) {
    this.settings = settings;
    this.organisations = organisations;
    this.clock = clock;
    this.random = random;
    Authenticator local =
        settings.http().open()
            ? Authenticator.open(organisations::all)
            : new LocalAuthenticator(
                users, tokens, organisations::find, clock, random, passwordChecks());
    Optional<OpenIdAuthenticator> provider =
        settings.oidc().filter(oidc -> !settings.http().open()).map(oidc -> provider(local));
    Authenticator either = provider.<Authenticator>map(known -> known).orElse(local);
    this.browser = provider.flatMap(this::browser);
    this.entrance = certified(new PresentUsers(folder, either), events);
  }

  /** Half of the processors: the other half is for who is signed in. */
  private static int passwordChecks() {
    int half = Runtime.getRuntime().availableProcessors() / 2;
    return Math.max(1, Math.min(MOST_PASSWORD_CHECKS, half));
  }

  /** What every head asks. */
  Authenticator entrance() {
    return entrance;
  }

  /** How people sign in with a browser, when the provider knows this server. */
  Optional<BrowserSignIn> browser() {
    return browser;
  }

  private OpenIdAuthenticator provider(Authenticator otherwise) {
    return new OpenIdAuthenticator(
        SignInConfiguration.openId(settings.oidc().orElseThrow()),
        organisations::find,
        otherwise,
        clock);
  }

  private Optional<BrowserSignIn> browser(OpenIdAuthenticator provider) {
    return settings
        .oidc()
        .filter(oidc -> oidc.clientId().isPresent())
        .map(
            oidc ->
                new BrowserSignIn(
                    SignInConfiguration.openId(oidc),
                    new BrowserSettings(oidc.clientId().orElseThrow(), oidc.clientSecret()),
                    provider,
                    clock,
                    random));
  }

  private Authenticator certified(Authenticator otherwise, Events events) {
    return SignInConfiguration.certificates(settings.transport())
        .<Authenticator>map(
            certificates ->
                new CertificateAuthenticator(
                    certificates,
                    organisations::find,
                    otherwise,
                    clock,
                    e -> events.emit(new Event.FaultFound("", "tls", e))))
        .orElse(otherwise);
  }
}
