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
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/** The keys of programs, in {@code tokens.json} of the data folder. */
public final class Tokens {
  /** A token is good for at most so many days. */
  public static final int MOST_DAYS = 366;

  private static final int BYTES = 32;

  private final SecretFile<Token> file;
  private final SecureRandom random;
  private final Clock clock;

  /**
   * @param data the data folder; need not exist
   * @param clock decides what is expired
   */
  public Tokens(Path data, SecureRandom random, Clock clock) {
    this.file = new SecretFile<>(data.resolve("tokens.json"), Token::fromJson, Token::toJson);
    this.random = random;
    this.clock = clock;
  }

  /**
   * Makes a token. Only its hash is kept, so the text returned is to be shown once.
   *
   * @param name what it is for
   * @param organisation identifier of the organisation that it reads, in any case
   * @param days until it expires, 1 to 366
   * @throws Failure KD611 when the number of days is another
   */
  public String create(String name, String organisation, int days) {
    if (days < 1 || days > MOST_DAYS) {
      throw Failure.of(Code.TOKEN_DAYS, Integer.toString(days), Integer.toString(MOST_DAYS));
    }
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    String text = Token.PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    Instant expires = clock.instant().plus(Duration.ofDays(days));
    String owner = organisation.toUpperCase(Locale.ROOT);
    Token token = new Token(name, owner, hash(text), expires);
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

  private static String hash(String text) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
