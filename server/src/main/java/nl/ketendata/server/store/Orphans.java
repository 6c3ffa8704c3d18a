package nl.ketendata.server.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import nl.ketendata.schema.Join;
import nl.ketendata.schema.ServerTable;
import nl.ketendata.schema.Standard;
import nl.ketendata.schema.Table;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;

/**
 * Rows whose parent is in no delivery. They stay, and are a finding of the delivery that brought
 * them as long as that is so. Known ones are kept in a table of their own, so that a delivery costs
 * a look at its own rows and at theirs, not at all rows.
 */
final class Orphans {
  static final String TABLE =
      "CREATE TABLE _wezen (tabel VARCHAR, kolom VARCHAR, rijsleutel VARCHAR, ouder VARCHAR)";

  /** How many times as many parents make children few. */
  private static final int FEW = 4;

  private final Standard standard;
  private final Connection connection;
  private final Gemeente gemeente;

  Orphans(Standard standard, Connection connection, Gemeente gemeente) {
    this.standard = standard;
    this.connection = connection;
    this.gemeente = gemeente;
  }

  /**
   * Brings the findings up to the rows of the delivery that is being built.
   *
   * @param changed the tables to which it added rows or brought newer ones, with how many
   */
  void update(long delivery, Map<String, Long> changed) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      Set<String> known = known(statement);
      statement.execute(
          "DELETE FROM %s WHERE Code = %s"
              .formatted(Sql.name(ServerTable.BEVINDINGEN), Sql.text(Code.PARENT_ABSENT.id())));
      for (Join join : standard.joins()) {
        Link link = new Link(standard, join);
        boolean left = known.contains(link.mine);
        if (left) {
          statement.execute(link.forget(delivery));
        }
        if (changed.containsKey(join.child())) {
          boolean few = changed.get(join.child()) < rows(statement, link.parent) / FEW;
          String find = few ? link.findOfFew(delivery) : link.find(delivery);
          left |= statement.executeLargeUpdate(find) > 0;
        }
        if (left) {
          statement.execute(link.tell(gemeente));
        }
      }
    }
  }

  private static long rows(Statement statement, String table) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** The links of which orphans are known: without any, the tables need not be looked at. */
  private static Set<String> known(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT DISTINCT tabel, kolom FROM _wezen")) {
      Set<String> links = new HashSet<>();
      while (rows.next()) {
        links.add(Link.mine(rows.getString(1), rows.getString(2)));
      }
      return links;
    }
  }

  /** A declared link, and what to ask about it. */
  private record Link(
      String child, String key, String column, String parent, String mine, Join join) {

    Link(Standard standard, Join join) {
      this(
          Sql.name(join.child()),
          Sql.name(standard.table(join.child()).map(Table::key).orElseThrow()),
          Sql.name(join.column()),
          Sql.name(join.parent()),
          mine(join.child(), join.column()),
          join);
    }

    static String mine(String child, String column) {
      return "w.tabel = " + Sql.text(child) + " AND w.kolom = " + Sql.text(column);
    }

    /** A row that was replaced, or found its parent, is no longer an orphan of before. */
    String forget(long delivery) {
      return "DELETE FROM _wezen w WHERE %s AND (EXISTS (SELECT 1 FROM %s p WHERE p.%s = w.ouder) OR NOT EXISTS (SELECT 1 FROM %s c WHERE c.%s = w.rijsleutel AND c.%s <> %d))"
          .formatted(mine, parent, column, child, key, Sql.name(Table.NUMMER), delivery);
    }

    /** Asks all children for their parents. */
    String find(long delivery) {
      String text =
          "INSERT INTO _wezen SELECT %s, %s, k.%s, k.%s FROM %s k WHERE k.%s = %d AND k.%4$s IS NOT"
              + " NULL AND NOT EXISTS (SELECT 1 FROM %s p WHERE p.%4$s = k.%4$s)";
      return statement(text, delivery);
    }

    /** The same, by asking the many parents for the keys of few children. */
    String findOfFew(long delivery) {
      String text =
          "INSERT INTO _wezen WITH k AS MATERIALIZED (SELECT %3$s AS kind, %4$s AS ouder FROM %5$s"
              + " WHERE %6$s = %7$d AND %4$s IS NOT NULL), f AS MATERIALIZED (SELECT p.%4$s AS"
              + " ouder FROM %8$s p WHERE p.%4$s IN (SELECT ouder FROM k)) SELECT %1$s, %2$s,"
              + " k.kind, k.ouder FROM k WHERE NOT EXISTS (SELECT 1 FROM f WHERE f.ouder ="
              + " k.ouder)";
      return statement(text, delivery);
    }

    private String statement(String text, long delivery) {
      return text.formatted(
          Sql.text(join.child()),
          Sql.text(join.column()),
          key,
          column,
          child,
          Sql.name(Table.NUMMER),
          delivery,
          parent);
    }

    String tell(Gemeente gemeente) {
      String text =
          Failure.of(Code.PARENT_ABSENT, join.child(), join.column(), join.parent()).getMessage();
      return "INSERT INTO %s SELECT concat_ws('-', %s, c.%s, %s, %s, %s), %s, %4$s, %5$s, %6$s, %s, count(*), min(w.rijsleutel), %2$s, c.%3$s, min(c.%s) FROM _wezen w JOIN %s c ON c.%s = w.rijsleutel WHERE %s GROUP BY c.%3$s"
          .formatted(
              Sql.name(ServerTable.BEVINDINGEN),
              Sql.text(gemeente.code()),
              Sql.name(Table.NUMMER),
              Sql.text(join.child()),
              Sql.text(join.column()),
              Sql.text(Code.PARENT_ABSENT.id()),
              Sql.text(join.child() + ".csv"),
              Sql.text(text),
              Sql.name(Table.GELADEN_OP),
              child,
              key,
              mine);
    }
  }
}
