package nl.ketendata.server.flight;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.policy.Caller;

/**
 * Things that clients refer to by a random handle. A handle means something together with its
 * caller only, so that nobody reaches, or notices, a thing of another; when the caller's rights
 * change, things of before are no longer reached.
 */
final class Handles<T> {
  private final Map<Caller, Map<String, Entry<T>>> kept = new LinkedHashMap<>();
  private final RandomIds ids;
  private final Clock clock;
  private final Duration idle;
  private final int most;
  private final int mostInAll;

  /**
   * @param idle how long a thing is kept unused
   * @param most things of one caller; one more forgets the one that was idle longest
   * @param mostInAll things of all callers; one more forgets all of the caller who was there first
   */
  Handles(RandomIds ids, Clock clock, Duration idle, int most, int mostInAll) {
    this.ids = ids;
    this.clock = clock;
    this.idle = idle;
    this.most = most;
    this.mostInAll = mostInAll;
  }

  /** Keeps a thing and gives its handle. */
  String add(Caller caller, T thing) {
    String id = ids.next();
    synchronized (kept) {
      Map<String, Entry<T>> own =
          kept.computeIfAbsent(caller, key -> new LinkedHashMap<>(16, 0.75f, true));
      own.put(id, new Entry<>(thing, clock.instant()));
      if (own.size() > most) {
        own.keySet().remove(own.keySet().iterator().next());
      }
      while (size() > mostInAll) {
        kept.keySet().remove(kept.keySet().iterator().next());
      }
    }
    return id;
  }

  /** The thing with this handle, which is then kept anew. */
  Optional<T> find(Caller caller, String id) {
    synchronized (kept) {
      Map<String, Entry<T>> own = kept.getOrDefault(caller, Map.of());
      Entry<T> entry = own.get(id);
      if (entry == null || expired(entry)) {
        return Optional.empty();
      }
      own.put(id, new Entry<>(entry.thing(), clock.instant()));
      return Optional.of(entry.thing());
    }
  }

  /** Gives a thing up; one that is gone already is well gone. */
  Optional<T> remove(Caller caller, String id) {
    synchronized (kept) {
      Map<String, Entry<T>> own = kept.getOrDefault(caller, new HashMap<>());
      return Optional.ofNullable(own.remove(id)).map(Entry::thing);
    }
  }

  /** Gives up what nobody used for too long. */
  void removeIdle() {
    synchronized (kept) {
      kept.values().forEach(own -> own.values().removeIf(this::expired));
      kept.values().removeIf(Map::isEmpty);
    }
  }

  private boolean expired(Entry<T> entry) {
    return entry.used().plus(idle).isBefore(clock.instant());
  }

  int size() {
    synchronized (kept) {
      return kept.values().stream().mapToInt(Map::size).sum();
    }
  }

  private record Entry<T>(T thing, Instant used) {}
}
