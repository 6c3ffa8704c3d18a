package nl.ketendata.server.jdbc;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;

/**
 * All open connections. The client makes up a connection's id; here it only means something
 * together with the caller, so that nobody reaches, or notices, a connection of another.
 */
final class Sessions implements AutoCloseable {
  private final Map<Key, Session> open = new ConcurrentHashMap<>();
  private final AtomicInteger statements;
  private final Limits limits;
  private final Clock clock;

  /** Statement ids start at random, so that none of before a restart is taken for a new one. */
  Sessions(Limits limits, Clock clock, RandomGenerator random) {
    this.limits = limits;
    this.clock = clock;
    this.statements = new AtomicInteger(random.nextInt(Integer.MAX_VALUE));
  }

  /** Opens a connection; one of this caller with the same id is closed, as after a lost answer. */
  void open(Caller caller, String id, Optional<String> organisation) {
    Session session = new Session(id, organisation, limits, clock.instant());
    Optional.ofNullable(open.put(new Key(caller, id), session)).ifPresent(Session::close);
    closeBeyondLimit(caller);
  }

  /**
   * Does something with a connection, while no other request uses it.
   *
   * @throws Failure KD511 when the caller has no connection of this id
   */
  <T> T with(Caller caller, String id, Function<Session, T> action) {
    Session session = open.get(new Key(caller, id));
    if (session == null) {
      throw Failure.of(Code.UNKNOWN_CONNECTION, id);
    }
    return session.alone(clock.instant(), action);
  }

  void close(Caller caller, String id) {
    Optional.ofNullable(open.remove(new Key(caller, id))).ifPresent(Session::close);
  }

  /** Closes a statement; one that is gone already is well closed. */
  void close(Caller caller, String id, int statement) {
    Optional.ofNullable(open.get(new Key(caller, id)))
        .ifPresent(session -> session.close(statement));
  }

  /** A statement id that no statement has. */
  int nextStatement() {
    return statements.updateAndGet(id -> id == Integer.MAX_VALUE ? 1 : id + 1);
  }

  Instant now() {
    return clock.instant();
  }

  int size() {
    return open.size();
  }

  /** Closes what nobody used for longer than the limits allow. */
  void closeIdle() {
    Instant now = clock.instant();
    open.forEach(
        (key, session) -> {
          if (session.idle(now) && open.remove(key, session)) {
            session.close();
          }
        });
  }

  private void closeBeyondLimit(Caller caller) {
    List<Map.Entry<Key, Session>> own =
        open.entrySet().stream()
            .filter(entry -> entry.getKey().caller().name().equals(caller.name()))
            .sorted(Comparator.comparing(entry -> entry.getValue().lastUse()))
            .toList();
    own.stream()
        .limit(Math.max(0, own.size() - limits.connections()))
        .filter(entry -> open.remove(entry.getKey(), entry.getValue()))
        .forEach(entry -> entry.getValue().close());
  }

  @Override
  public void close() {
    open.values().forEach(Session::close);
    open.clear();
  }

  /** The caller as a whole: when rights change, connections of before are no longer reached. */
  private record Key(Caller caller, String id) {}
}
