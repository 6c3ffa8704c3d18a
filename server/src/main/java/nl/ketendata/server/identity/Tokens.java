package nl.ketendata.server.identity;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Role;

/** The keys of programs, in {@code tokens.json} of the data folder. */
public final class Tokens {
  /** A token is good for at most so many days. */
  public static final int MOST_DAYS = 366;

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N} ._@+()-]{1,64}");

  private static final int BYTES = 32;

  /** What a program may be: nobody who manages anything. */
  public static final Set<Role> ROLES =
      Collections.unmodifiableSet(EnumSet.of(Role.ANALIST, Role.ANALIST_BEPERKT, Role.LEVERANCIER));

  private final SecretFile<Token> file;
  private final Uses uses;
  private final SecureRandom random;
  private final Clock clock;

  /**
   * A token as others may see one.
   *
   * @param mark tells tokens of one name apart
   * @param organisation identifier in upper case
   * @param lastUsed to the minute
   */
  public record Listed(
      String name,
      String mark,
      String organisation,
      Role role,
      Instant expires,
      Optional<Instant> lastUsed) {}

  /**
   * @param data the data folder; need not exist
   * @param clock decides what is expired
   */
  public Tokens(Path data, SecureRandom random, Clock clock) {
    this.file = new SecretFile<>(data.resolve("tokens.json"), Token::fromJson, Token::toJson);
    this.uses = new Uses(data.resolve("tokens-gebruik.json"), clock);
    this.random = random;
    this.clock = clock;
  }

  /**
   * Makes a token. Only its hash is kept, so the text returned is to be shown once.
   *
   * @param name what it is for
   * @param organisation identifier of the organisation that it reads, in any case
   * @param role analist, analist-beperkt or leverancier
   * @param days until it expires, 1 to 366
   * @throws Failure KD611 when the number of days is another, KD625 when it is another role, KD639
   *     when the name cannot be one
   */
  public String create(String name, String organisation, Role role, int days) {
    if (!ROLES.contains(role)) {
      throw Failure.of(
          Code.TOKEN_ROLE,
          role.id(),
          ROLES.stream().map(Role::id).collect(Collectors.joining(", ")));
    }
    if (days < 1 || days > MOST_DAYS) {
      throw Failure.of(Code.TOKEN_DAYS, Integer.toString(days), Integer.toString(MOST_DAYS));
    }
    if (!NAME.matcher(name).matches()) {
      throw Failure.of(Code.TOKEN_NAME, name);
    }
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    String text = Token.PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    Instant expires = clock.instant().plus(Duration.ofDays(days));
    String owner = organisation.toUpperCase(Locale.ROOT);
    Token token = new Token(name, owner, role, hash(text), expires);
    file.change(
        tokens -> {
          tokens.removeIf(known -> known.expires().isBefore(clock.instant()));
          tokens.add(token);
          return tokens;
        });
    return text;
  }

  /** The token with this text, unless it is expired. */
  Optional<Token> find(String text) {
    String hash = hash(text);
    return file.read().stream()
        .filter(token -> token.hash().equals(hash))
        .filter(token -> token.expires().isAfter(clock.instant()))
        .findFirst();
  }

  /** All that are good still, by name. */
  public List<Listed> all() {
    return file.read().stream()
        .filter(token -> token.expires().isAfter(clock.instant()))
        .map(
            token ->
                new Listed(
                    token.name(),
                    token.mark(),
                    token.organisation(),
                    token.role(),
                    token.expires(),
                    uses.last(token.mark())))
        .sorted(Comparator.comparing(Listed::name).thenComparing(Listed::mark))
        .toList();
  }

  /**
   * The one token that is meant.
   *
   * @param nameOrMark its name when no other has that, or its mark
   * @throws Failure KD626 when there is none, KD627 when there are several
   */
  public Listed one(String nameOrMark) {
    List<Listed> meant =
        all().stream()
            .filter(each -> each.name().equals(nameOrMark) || each.mark().equals(nameOrMark))
            .toList();
    if (meant.isEmpty()) {
      throw Failure.of(Code.UNKNOWN_TOKEN, nameOrMark);
    }
    if (meant.size() > 1) {
      String marks = meant.stream().map(Listed::mark).collect(Collectors.joining(", "));
      throw Failure.of(Code.SEVERAL_TOKENS, nameOrMark, marks);
    }
    return meant.get(0);
  }

  /** Makes a token good no longer, from the next request on. */
  public void revoke(Listed token) {
    file.change(
        tokens -> tokens.stream().filter(each -> !each.mark().equals(token.mark())).toList());
  }

  /** This token was used. */
  void used(Token token) {
    uses.used(token.mark());
  }

  /** Writes down which tokens were used since the last time. */
  public void writeUses() {
    uses.write(file.read().stream().map(Token::mark).toList());
  }

  /** The mark of a token, by its text. */
  public static String mark(String text) {
    return Token.mark(hash(text));
  }

  private static String hash(String text) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
