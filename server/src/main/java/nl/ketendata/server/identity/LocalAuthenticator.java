package nl.ketendata.server.identity;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.policy.Role;

/**
 * Signs in with the passwords and tokens of this server.
 *
 * <p>A password check is made slow on purpose, so it is what somebody would use to bring the server
 * down: few run at once, a right one is remembered for a minute, and who fails often must wait. An
 * unknown user costs as much as a known one.
 */
public final class LocalAuthenticator implements Authenticator {
  private static final int KEYS = 20_000;
  private static final Duration QUEUE = Duration.ofSeconds(5);

  /** Each that waits holds a thread that could answer somebody. */
  static final int WAITING = 32;

  private final Users users;
  private final Tokens tokens;
  private final Function<String, Optional<Organisation>> organisations;
  private final Clock clock;
  private final Semaphore checks;
  private final Duration patience;
  private final Throttle throttle;
  private final Remembered remembered;
  private final String nobodysHash;

  /**
   * @param organisations the organisation with an identifier in upper case; of an unknown one a
   *     user sees nothing
   * @param checks passwords checked at once, each taking 19 MiB of heap and a processor
   */
  public LocalAuthenticator(
      Users users,
      Tokens tokens,
      Function<String, Optional<Organisation>> organisations,
      Clock clock,
      SecureRandom random,
      int checks) {
    this(users, tokens, organisations, clock, random, checks, QUEUE);
  }

  /**
   * @param patience how long a check waits for its turn
   */
  LocalAuthenticator(
      Users users,
      Tokens tokens,
      Function<String, Optional<Organisation>> organisations,
      Clock clock,
      SecureRandom random,
      int checks,
      Duration patience) {
    this.users = users;
    this.tokens = tokens;
    this.organisations = organisations;
    this.clock = clock;
    this.checks = new Semaphore(checks, true);
    this.patience = patience;
    this.throttle = new Throttle(clock, KEYS);
    this.remembered = new Remembered(clock, random);
    this.nobodysHash = PasswordHash.of(OneTimePassword.next(random), random);
  }

  @Override
  public SignIn signIn(Optional<String> authorization, String address) {
    if (authorization.isEmpty() || authorization.get().isBlank()) {
      return new SignIn.Missing();
    }
    Optional<Credentials> credentials = Credentials.parse(authorization.get());
    if (credentials.isEmpty()) {
      return isProbe(authorization.get()) ? new SignIn.Missing() : new SignIn.Refused();
    }
    String from = "address " + address;
    return credentials.get().isToken()
        ? token(credentials.get(), from)
        : password(credentials.get(), from);
  }

  /** Power Query asks so whether an organisational account would do, before it asks the user. */
  private static boolean isProbe(String authorization) {
    return authorization.strip().equalsIgnoreCase("Bearer");
  }

  /** A right token is never made to wait: it cannot be guessed, and checking it costs nothing. */
  private SignIn token(Credentials credentials, String from) {
    Optional<Token> token = tokens.find(credentials.secret());
    if (token.isPresent()) {
      tokens.used(token.get());
      Token known = token.get();
      return new SignIn.Accepted(caller(known.name(), known.organisation(), known.role()));
    }
    Duration wait = throttle.waitFor(from);
    if (!wait.isZero()) {
      return new SignIn.Throttled(wait);
    }
    throttle.failed(from);
    return new SignIn.Refused();
  }

  private SignIn password(Credentials credentials, String from) {
    Optional<User> known = remembered(credentials);
    if (known.isPresent()) {
      return accepted(known.get());
    }
    String account = "account " + credentials.user().toLowerCase(Locale.ROOT);
    Duration wait = longest(account, from);
    if (!wait.isZero()) {
      return new SignIn.Throttled(wait);
    }
    enter();
    try {
      return checked(credentials, account, from);
    } finally {
      checks.release();
    }
  }

  /** Looks again first: the answer may have come while this request stood in the queue. */
  private SignIn checked(Credentials credentials, String account, String from) {
    Optional<User> known = remembered(credentials);
    if (known.isPresent()) {
      return accepted(known.get());
    }
    Duration wait = longest(account, from);
    if (!wait.isZero()) {
      return new SignIn.Throttled(wait);
    }
    Optional<User> user = users.find(credentials.user());
    String hash = user.map(User::hash).orElse(nobodysHash);
    if (!PasswordHash.matches(credentials.secret(), hash) || user.isEmpty()) {
      throttle.failed(account);
      throttle.failed(from);
      return new SignIn.Refused();
    }
    throttle.succeeded(account);
    if (isOver(user.get())) {
      return new SignIn.Outdated();
    }
    remembered.add(credentials, user.get());
    return accepted(user.get());
  }

  /** Only as long as the user is unchanged. */
  private Optional<User> remembered(Credentials credentials) {
    return remembered
        .find(credentials)
        .filter(user -> users.find(user.name()).equals(Optional.of(user)))
        .filter(user -> !isOver(user));
  }

  /** A one-time password that was not replaced in time. */
  private boolean isOver(User user) {
    return user.until().map(until -> !until.isAfter(clock.instant())).orElse(false);
  }

  private Duration longest(String account, String from) {
    Duration forAccount = throttle.waitFor(account);
    Duration forAddress = throttle.waitFor(from);
    return forAccount.compareTo(forAddress) > 0 ? forAccount : forAddress;
  }

  private void enter() {
    if (checks.getQueueLength() >= WAITING) {
      throw Failure.of(Code.BUSY, patience.toSeconds());
    }
    try {
      if (!checks.tryAcquire(patience.toSeconds(), TimeUnit.SECONDS)) {
        throw Failure.of(Code.BUSY, patience.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Code.BUSY, patience.toSeconds()).causedBy(e);
    }
  }

  private SignIn accepted(User user) {
    users.used(user);
    Caller caller = caller(user.name(), user.organisation(), user.role());
    return user.until().isPresent() ? new SignIn.ToReplace(caller) : new SignIn.Accepted(caller);
  }

  private Caller caller(String name, String organisation, Role role) {
    Map<String, Organisation> seen =
        organisations
            .apply(organisation)
            .map(known -> Map.of(organisation, known))
            .orElse(Map.of());
    return new Caller(name, seen, role);
  }
}
