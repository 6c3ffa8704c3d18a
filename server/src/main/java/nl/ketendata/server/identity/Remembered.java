package nl.ketendata.server.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Passwords that were right a moment ago, so that a client that repeats its password with every
 * request costs one slow check a minute. Kept under a keyed hash whose key dies with the process.
 */
final class Remembered {
  private static final Duration KEPT = Duration.ofSeconds(60);
  private static final int MOST = 1_000;
  private static final String ALGORITHM = "HmacSHA256";

  private final Clock clock;
  private final SecretKeySpec key;
  private final Map<String, Entry> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
          return size() > MOST;
        }
      };

  Remembered(Clock clock, SecureRandom random) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    this.clock = clock;
    this.key = new SecretKeySpec(secret, ALGORITHM);
  }

  /** The user whose password this was, less than a minute ago. */
  Optional<User> find(Credentials credentials) {
    String hash = hash(credentials);
    synchronized (entries) {
      return Optional.ofNullable(entries.get(hash))
          .filter(entry -> entry.until().isAfter(clock.instant()))
          .map(Entry::user);
    }
  }

  void add(Credentials credentials, User user) {
    String hash = hash(credentials);
    synchronized (entries) {
      entries.put(hash, new Entry(user, clock.instant().plus(KEPT)));
    }
  }

  private String hash(Credentials credentials) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(credentials.user().getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      mac.update(credentials.secret().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM, e);
    }
  }

  private record Entry(User user, Instant until) {}
}
