package nl.ketendata.server.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Things in memory under a random key of 256 bits that only their owner has; the hash of the key is
 * what is kept. They end after a time, or a time without use; of too many the longest unused goes.
 */
final class Kept<T> {
  private static final int BYTES = 32;

  private final int most;
  private final Duration idle;
  private final Duration longest;
  private final Clock clock;
  private final SecureRandom random;
  private final Map<String, Item<T>> items = new LinkedHashMap<>(16, 0.75f, true);

  private record Item<T>(T thing, Instant begin, Instant used) {}

  Kept(int most, Duration idle, Duration longest, Clock clock, SecureRandom random) {
    this.most = most;
    this.idle = idle;
    this.longest = longest;
    this.clock = clock;
    this.random = random;
  }

  /** The key, to be handed to the owner. */
  synchronized String add(T thing) {
    String key = text(random);
    Instant now = clock.instant();
    items.put(hash(key), new Item<>(thing, now, now));
    if (items.size() > most) {
      items.remove(items.keySet().iterator().next());
    }
    return key;
  }

  synchronized Optional<T> find(String key) {
    String hash = hash(key);
    Item<T> item = items.get(hash);
    Instant now = clock.instant();
    if (item == null) {
      return Optional.empty();
    }
    if (item.used.plus(idle).isBefore(now) || item.begin.plus(longest).isBefore(now)) {
      items.remove(hash);
      return Optional.empty();
    }
    items.put(hash, new Item<>(item.thing, item.begin, now));
    return Optional.of(item.thing);
  }

  /** Finds it for the last time. */
  synchronized Optional<T> take(String key) {
    Optional<T> found = find(key);
    items.remove(hash(key));
    return found;
  }

  /** A random text that can stand in an address. */
  static String text(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String hash(String key) {
    return HexFormat.of().formatHex(sha256(key));
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
