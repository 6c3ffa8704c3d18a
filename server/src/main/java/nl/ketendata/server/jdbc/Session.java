package nl.ketendata.server.jdbc;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.query.PreparedSql;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;

/** A connection of one caller. One request at a time uses it. */
final class Session {
  private final String id;
  private final Limits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Integer, OpenStatement> statements = new ConcurrentHashMap<>();
  private final ConnectionPropertiesImpl properties = new ConnectionPropertiesImpl();
  private Optional<String> organisation;
  private volatile Instant lastUse;
  private boolean closed;

  Session(String id, Optional<String> organisation, Limits limits, Instant now) {
    this.id = id;
    this.organisation = organisation;
    this.limits = limits;
    this.lastUse = now;
  }

  /**
   * Does something while no other request uses the connection.
   *
   * @throws Failure KD511 when it was closed meanwhile
   */
  <T> T alone(Instant now, Function<Session, T> action) {
    lock.lock();
    try {
      if (closed) {
        throw Failure.of(Code.UNKNOWN_CONNECTION, id);
      }
      lastUse = now;
      return action.apply(this);
    } finally {
      lock.unlock();
    }
  }

  String id() {
    return id;
  }

  Instant lastUse() {
    return lastUse;
  }

  /** The catalog of unqualified names. */
  Optional<String> organisation() {
    return organisation;
  }

  void organisation(String chosen) {
    organisation = Optional.of(chosen);
  }

  ConnectionPropertiesImpl properties() {
    return properties;
  }

  Optional<OpenStatement> statement(int statement) {
    return Optional.ofNullable(statements.get(statement));
  }

  /**
   * @throws Failure KD413 when the connection has too many
   */
  OpenStatement open(int statement, Optional<PreparedSql> prepared) {
    if (statements.size() >= limits.statements()) {
      throw Failure.of(Code.TOO_LARGE, "statements", statements.size() + 1, limits.statements());
    }
    OpenStatement opened = new OpenStatement(statement, prepared);
    statements.put(statement, opened);
    return opened;
  }

  /** Closes a statement; a request that waits for its rows is told at once. */
  void close(int statement) {
    statement(statement).ifPresent(OpenStatement::cancel);
    lock.lock();
    try {
      Optional.ofNullable(statements.remove(statement)).ifPresent(OpenStatement::close);
    } finally {
      lock.unlock();
    }
  }

  /** Closes the statements with their rows; a request that waits for rows is told at once. */
  void close() {
    statements.values().forEach(OpenStatement::cancel);
    lock.lock();
    try {
      closed = true;
      statements.values().forEach(OpenStatement::close);
      statements.clear();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether nobody uses it, nor did since a moment. Rows that wait too long are given back, also
   * beside a request that waits on this connection: it may wait for the place that they hold.
   */
  boolean idle(Instant now) {
    Instant moment = now.minus(limits.idleRows());
    statements.values().forEach(statement -> statement.closeRowsIdleSince(moment));
    if (!lock.tryLock()) {
      return false;
    }
    try {
      return lastUse.isBefore(now.minus(limits.idleConnection()));
    } finally {
      lock.unlock();
    }
  }
}
