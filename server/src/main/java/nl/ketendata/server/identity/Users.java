package nl.ketendata.server.identity;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Role;

/**
 * The people with a password, in {@code gebruikers.json} of the data folder. A change by another
 * process is seen at the next sign-in.
 */
public final class Users {
  /** How long a one-time password is good, unless it is replaced by one that was chosen. */
  public static final Duration ONE_TIME = Duration.ofDays(7);

  /** In the place of an organisation: of none, but of the installation. */
  public static final String INSTALLATION = "";

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._@+-]{1,64}");

  private final SecretFile<User> file;
  private final Uses uses;
  private final SecureRandom random;
  private final Clock clock;

  /**
   * A user as others may see one.
   *
   * @param organisation identifier in upper case; empty for the installation
   * @param oneTimeUntil when the one-time password that the user still has is no longer good
   * @param lastUsed when the password was last right, to the minute
   */
  public record Account(
      String name,
      String organisation,
      Role role,
      Optional<Instant> oneTimeUntil,
      Optional<Instant> lastUsed) {}

  /**
   * @param data the data folder; need not exist
   * @param clock decides what is expired
   */
  public Users(Path data, SecureRandom random, Clock clock) {
    this.file = new SecretFile<>(data.resolve("gebruikers.json"), User::fromJson, User::toJson);
    this.uses = new Uses(data.resolve("gebruikers-gebruik.json"), clock);
    this.random = random;
    this.clock = clock;
  }

  /**
   * Adds a user with a password that was chosen.
   *
   * @param organisation identifier, in any case; the user sees nothing as long as it is unknown
   * @throws Failure KD606 when there is such a user, KD607 and KD624 when the password is too weak,
   *     KD610 when the name holds other characters than letters, digits and {@code . _ @ + -}
   */
  public void add(String name, String organisation, Role role, String password) {
    User user = user(name, organisation, role).with(chosen(name, organisation, password), never());
    file.change(users -> with(users, user));
  }

  /**
   * Adds a user with a one-time password, good for {@link #ONE_TIME}.
   *
   * @return the password, to be shown once
   * @throws Failure KD606 and KD610 as {@link #add}
   */
  public String invite(String name, String organisation, Role role) {
    String password = OneTimePassword.next(random);
    User user = user(name, organisation, role).with(PasswordHash.of(password, random), soon());
    file.change(users -> with(users, user));
    return password;
  }

  /** Adds a user, or gives one who is there this password, role and organisation. */
  public void replace(String name, String organisation, Role role, String password) {
    User user = user(name, organisation, role).with(chosen(name, organisation, password), never());
    file.change(
        users -> {
          users.removeIf(each -> each.name().equals(name));
          users.add(user);
          return users;
        });
  }

  /**
   * Gives a user a password that was chosen.
   *
   * @throws Failure KD607 and KD624 as {@link #add}, KD622 when there is no such user
   */
  public void choose(String name, String password) {
    String hash = chosen(name, account(name).organisation(), password);
    change(name, user -> user.with(hash, never()));
  }

  /**
   * Gives whoever is signed in with a password another one, that was chosen.
   *
   * @param authorization that the caller signed in with
   * @throws Failure KD607 and KD624 as {@link #add}, KD634 when that is no password of this server,
   *     KD636 when it is the same one
   */
  public void chooseOwn(Optional<String> authorization, Caller caller, String password) {
    Credentials own =
        authorization
            .flatMap(Credentials::parse)
            .filter(sent -> !sent.isToken() && sent.user().equals(caller.name()))
            .filter(sent -> find(sent.user()).isPresent())
            .orElseThrow(() -> Failure.of(Code.NO_PASSWORD));
    if (own.secret().equals(password)) {
      throw Failure.of(Code.SAME_PASSWORD);
    }
    choose(caller.name(), password);
  }

  /**
   * Gives a user a one-time password, good for {@link #ONE_TIME}; the old one is good no longer.
   *
   * @return the password, to be shown once
   * @throws Failure KD622 when there is no such user
   */
  public String reset(String name) {
    String password = OneTimePassword.next(random);
    String hash = PasswordHash.of(password, random);
    change(name, user -> user.with(hash, soon()));
    return password;
  }

  /**
   * @throws Failure KD622 when there is no such user
   */
  public void role(String name, Role role) {
    change(name, user -> user.with(role));
  }

  /**
   * @throws Failure KD622 when there is no such user
   */
  public void remove(String name) {
    account(name);
    file.change(users -> users.stream().filter(each -> !each.name().equals(name)).toList());
  }

  /** All of them, by name. */
  public List<Account> all() {
    return file.read().stream()
        .map(this::account)
        .sorted((one, other) -> one.name().compareToIgnoreCase(other.name()))
        .toList();
  }

  /**
   * @throws Failure KD622 when there is no such user
   */
  public Account account(String name) {
    return find(name).map(this::account).orElseThrow(() -> Failure.of(Code.UNKNOWN_USER, name));
  }

  private Account account(User user) {
    return new Account(
        user.name(), user.organisation(), user.role(), user.until(), uses.last(user.name()));
  }

  /** Whether nobody can sign in with a password yet. */
  public boolean isEmpty() {
    return file.read().isEmpty();
  }

  Optional<User> find(String name) {
    return file.read().stream().filter(user -> user.name().equals(name)).findFirst();
  }

  /** The password of this user was right. */
  void used(User user) {
    uses.used(user.name());
  }

  /** Writes down who signed in since the last time. */
  public void writeUses() {
    uses.write(file.read().stream().map(User::name).toList());
  }

  private static User user(String name, String organisation, Role role) {
    if (!NAME.matcher(name).matches()) {
      throw Failure.of(Code.USER_NAME, name);
    }
    return new User(name, organisation.toUpperCase(Locale.ROOT), role, "", never());
  }

  private String chosen(String name, String organisation, String password) {
    PasswordRules.check(password, List.of(name, organisation));
    return PasswordHash.of(password, random);
  }

  private static Optional<Instant> never() {
    return Optional.empty();
  }

  private Optional<Instant> soon() {
    return Optional.of(clock.instant().plus(ONE_TIME));
  }

  private void change(String name, UnaryOperator<User> change) {
    account(name);
    file.change(
        users ->
            users.stream()
                .map(user -> user.name().equals(name) ? change.apply(user) : user)
                .toList());
  }

  private static List<User> with(List<User> users, User user) {
    if (users.stream().anyMatch(known -> known.name().equalsIgnoreCase(user.name()))) {
      throw Failure.of(Code.USER_EXISTS, user.name());
    }
    List<User> more = new ArrayList<>(users);
    more.add(user);
    return more;
  }
}
