package nl.ketendata.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The deliveries that a version is the union of, by number.
 *
 * @param entries from the first to the last
 */
record Ledger(List<LedgerEntry> entries) {
  static final Ledger EMPTY = new Ledger(List.of());

  Ledger {
    entries = List.copyOf(entries);
  }

  /**
   * Reads the ledger of an open version.
   *
   * @param catalog the name under which the version is attached
   */
  static Ledger read(Connection connection, String catalog) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(select(catalog));
        ResultSet rows = statement.executeQuery()) {
      return of(rows);
    }
  }

  /** Selects what {@link #of} reads. */
  static String select(String catalog) {
    return "SELECT nummer, naam, sha256, bytes, tijdstip, geladen_op, door, vervangt, verslag FROM "
        + Sql.name(catalog)
        + ".main._leveringen ORDER BY nummer";
  }

  static Ledger of(ResultSet rows) throws SQLException {
    List<LedgerEntry> entries = new ArrayList<>();
    while (rows.next()) {
      entries.add(entry(rows));
    }
    return new Ledger(entries);
  }

  private static LedgerEntry entry(ResultSet rows) throws SQLException {
    return new LedgerEntry(
        rows.getLong(1),
        rows.getString(2),
        rows.getString(3),
        rows.getLong(4),
        rows.getObject(5, LocalDateTime.class),
        rows.getObject(6, LocalDateTime.class).toInstant(ZoneOffset.UTC),
        rows.getString(7),
        rows.getBoolean(8),
        rows.getString(9));
  }

  Optional<LedgerEntry> find(String name) {
    return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }

  /** This ledger, with the entries of another behind its own last one. */
  Ledger with(Ledger other) {
    List<LedgerEntry> all = new ArrayList<>(entries);
    long last = nextNumber() - 1;
    other.entries.stream().filter(entry -> entry.number() > last).forEach(all::add);
    return new Ledger(all);
  }

  /** The first number that no entry has, below that of the last one. */
  OptionalLong firstMissing() {
    long number = 0;
    for (LedgerEntry entry : entries) {
      if (entry.number() != ++number) {
        return OptionalLong.of(number);
      }
    }
    return OptionalLong.empty();
  }

  /** The moments in the names, in order. */
  List<LocalDateTime> timestamps() {
    return entries.stream().map(LedgerEntry::timestamp).sorted().toList();
  }

  long nextNumber() {
    return entries.isEmpty() ? 1 : last().number() + 1;
  }

  /** Now; but a clock that was set back must not make a later delivery look older. */
  Instant nextMoment(Clock clock) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (entries.isEmpty()) {
      return now;
    }
    Instant after = last().loadedAt().plusMillis(1);
    return now.isBefore(after) ? after : now;
  }

  private LedgerEntry last() {
    return entries.get(entries.size() - 1);
  }

  static void write(Connection connection, LedgerEntry entry) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO _leveringen VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      statement.setLong(1, entry.number());
      statement.setString(2, entry.name());
      statement.setString(3, entry.sha256());
      statement.setLong(4, entry.bytes());
      statement.setObject(5, entry.timestamp());
      statement.setObject(6, LocalDateTime.ofInstant(entry.loadedAt(), ZoneOffset.UTC));
      statement.setString(7, entry.by());
      statement.setBoolean(8, entry.replaces());
      statement.setString(9, entry.report());
      statement.execute();
    }
  }
}
