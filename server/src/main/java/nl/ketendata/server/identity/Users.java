package nl.ketendata.server.identity;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Role;

/**
 * The people with a password, in {@code gebruikers.json} of the data folder. A change by another
 * process is seen at the next sign-in.
 */
public final class Users {
  /** Characters that a chosen password has at least. */
  public static final int SHORTEST_PASSWORD = 15;

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._@+-]{1,64}");

  private final SecretFile<User> file;
  private final SecureRandom random;

  /**
   * @param data the data folder; need not exist
   */
  public Users(Path data, SecureRandom random) {
    this.file = new SecretFile<>(data.resolve("gebruikers.json"), User::fromJson, User::toJson);
    this.random = random;
  }

  /**
   * Adds a user.
   *
   * @param organisation identifier, in any case; the user sees nothing as long as it is unknown
   * @throws Failure KD606 when there is such a user, KD607 when the password is too short, KD610
   *     when the name holds other characters than letters, digits and {@code . _ @ + -}
   */
  public void add(String name, String organisation, Role role, String password) {
    User user = user(name, organisation, role, password);
    file.change(users -> with(users, user));
  }

  /** Adds a user, or gives one who is there another password, role and organisation. */
  public void replace(String name, String organisation, Role role, String password) {
    User user = user(name, organisation, role, password);
    file.change(
        users ->
            Stream.concat(users.stream().filter(each -> !each.name().equals(name)), Stream.of(user))
                .toList());
  }

  private User user(String name, String organisation, Role role, String password) {
    if (!NAME.matcher(name).matches()) {
      throw Failure.of(Code.USER_NAME, name);
    }
    int length = password.codePointCount(0, password.length());
    if (length < SHORTEST_PASSWORD) {
      throw Failure.of(Code.WEAK_PASSWORD, length, SHORTEST_PASSWORD);
    }
    return new User(
        name, organisation.toUpperCase(Locale.ROOT), role, PasswordHash.of(password, random));
  }

  /** Whether nobody can sign in with a password yet. */
  public boolean isEmpty() {
    return file.read().isEmpty();
  }

  Optional<User> find(String name) {
    return file.read().stream().filter(user -> user.name().equals(name)).findFirst();
  }

  private static List<User> with(List<User> users, User user) {
    if (users.stream().anyMatch(known -> known.name().equalsIgnoreCase(user.name()))) {
      throw Failure.of(Code.USER_EXISTS, user.name());
    }
    users.add(user);
    return users;
  }
}
