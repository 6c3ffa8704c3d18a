package nl.ketendata.server.identity;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * What an {@code Authorization} header holds: a name with a password, or a token, which Power BI
 * sends as password with an empty or any name.
 */
record Credentials(String user, String secret) {

  /** The header read as Basic (RFC 7617, in UTF-8) or Bearer; nothing when it is neither. */
  static Optional<Credentials> parse(String authorization) {
    int space = authorization.indexOf(' ');
    if (space < 0) {
      return Optional.empty();
    }
    String value = authorization.substring(space).strip();
    return switch (authorization.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "basic" -> basic(value);
      case "bearer" -> Optional.of(new Credentials("", value)).filter(Credentials::isToken);
      default -> Optional.empty();
    };
  }

  boolean isToken() {
    return secret.startsWith(Token.PREFIX);
  }

  private static Optional<Credentials> basic(String value) {
    try {
      String pair = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(new Credentials(pair.substring(0, colon), pair.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Without the secret, wherever it may end up. */
  @Override
  public String toString() {
    return "Credentials[user=" + user + "]";
  }
}
