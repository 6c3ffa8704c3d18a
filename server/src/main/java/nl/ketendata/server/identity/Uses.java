package nl.ketendata.server.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When passwords and tokens were last used. Kept in memory and written now and then, so that a
 * sign-in costs no writing; a crash loses at most the last of it.
 */
final class Uses {
  /** A use so soon after the last one says nothing new, and would only make the file be written. */
  private static final Duration COARSE = Duration.ofMinutes(1);

  private final SecretFile<Use> file;
  private final Clock clock;
  private final Map<String, Instant> unwritten = new ConcurrentHashMap<>();

  private record Use(String what, Instant when) {
    static Use fromJson(JsonNode json) {
      return new Use(json.required("wat").asText(), Instant.parse(json.required("op").asText()));
    }

    ObjectNode toJson() {
      return JsonNodeFactory.instance.objectNode().put("wat", what).put("op", when.toString());
    }
  }

  /**
   * @param file need not exist
   */
  Uses(Path file, Clock clock) {
    this.file = new SecretFile<>(file, Use::fromJson, Use::toJson);
    this.clock = clock;
  }

  /**
   * @param what that was used: no secret
   */
  void used(String what) {
    Instant now = clock.instant();
    Instant known = unwritten.get(what);
    if (known == null || known.plus(COARSE).isBefore(now)) {
      unwritten.put(what, now);
    }
  }

  /** When this was last used, as far as was written. */
  Optional<Instant> last(String what) {
    return file.read().stream()
        .filter(use -> use.what.equals(what))
        .map(Use::when)
        .max(Instant::compareTo);
  }

  /**
   * Writes what is not written yet.
   *
   * @param there what still exists; the rest is forgotten
   */
  void write(List<String> there) {
    Map<String, Instant> fresh = new TreeMap<>(unwritten);
    if (fresh.isEmpty()) {
      return;
    }
    file.change(before -> merged(before, fresh, there));
    fresh.forEach(unwritten::remove);
  }

  private static List<Use> merged(
      List<Use> before, Map<String, Instant> fresh, List<String> there) {
    Map<String, Instant> all = new TreeMap<>();
    before.forEach(use -> all.merge(use.what, use.when, Uses::later));
    fresh.forEach((what, when) -> all.merge(what, when, Uses::later));
    all.keySet().retainAll(there);
    return all.entrySet().stream().map(use -> new Use(use.getKey(), use.getValue())).toList();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
