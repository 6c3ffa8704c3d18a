package nl.ketendata.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import nl.ketendata.schema.ServerTable;
import nl.ketendata.schema.Table;
import nl.ketendata.server.policy.Gemeente;

/**
 * Keeps what a row was by other deliveries than the one that holds: each content but that of the
 * row itself, once, under the latest delivery that brought it. So it does not depend on the order
 * in which deliveries came.
 */
final class OverruledRows {
  private static final String KEPT = Sql.name(ServerTable.OVERSTEMDE_RIJEN);
  private static final String NUMBER = Sql.name(Table.NUMMER);
  private static final String REPLACED = "NOT p.gelijk AND p.nieuwer";
  private static final String OLDER = "NOT p.gelijk AND NOT p.nieuwer";

  private final Connection connection;
  private final Gemeente gemeente;
  private final Table table;
  private final String contents;
  private final long delivery;

  OverruledRows(
      Connection connection, Gemeente gemeente, Table table, List<String> contents, long delivery) {
    this.connection = connection;
    this.gemeente = gemeente;
    this.table = table;
    this.contents = json(table, contents);
    this.delivery = delivery;
  }

  /** Columns that deliveries brought besides came in the order of arrival. */
  private static String json(Table table, List<String> contents) {
    Comparator<String> broughtLast = Comparator.comparing(c -> table.column(c).isEmpty());
    return contents.stream()
        .sorted(broughtLast.thenComparing(c -> table.column(c).isEmpty() ? c : ""))
        .map(c -> Sql.text(c) + ": x." + Sql.name(c))
        .collect(
            Collectors.joining(", ", "CAST(json_merge_patch('{}', to_json({", "})) AS VARCHAR)"));
  }

  /** SQL for whether a delivery is older than the one with this moment and name. */
  static String older(String number, LocalDateTime timestamp, String name) {
    return "(SELECT (l.tijdstip, l.naam) < (TIMESTAMP %s, %s) FROM _leveringen l WHERE l.nummer = %s)"
        .formatted(Sql.text(timestamp.toString()), Sql.text(name), number);
  }

  /**
   * The rows that are about to be replaced become older content; what replaces them is none any
   * more.
   *
   * @param pairs the rows of the delivery with those of the table
   */
  void replaced(String pairs, String staging) throws SQLException {
    execute("DELETE FROM %s WHERE %s".formatted(KEPT, in(pairs, staging, REPLACED)));
    execute(
        "UPDATE %s SET Overstemd_Door = %d WHERE Tabel = %s AND Rijsleutel IN (SELECT x.%s FROM %s x JOIN %s p ON x.rowid = p.nieuw WHERE %s)"
            .formatted(KEPT, delivery, text(), key(), staging, pairs, REPLACED));
    insert(
        "x." + Sql.name(CsvSelect.CONFIRMED),
        Long.toString(delivery),
        "%s x JOIN %s p ON x.rowid = p.oud WHERE %s"
            .formatted(Sql.name(table.name()), pairs, REPLACED));
  }

  /** The rows of the delivery above which newer content stands. */
  void older(String pairs, String staging, LocalDateTime timestamp, String name)
      throws SQLException {
    String same = in(pairs, staging, OLDER);
    execute(
        "DELETE FROM %s WHERE %s AND %s"
            .formatted(KEPT, same, older(KEPT + "." + NUMBER, timestamp, name)));
    insert(
        Long.toString(delivery),
        "p.bevestigd",
        "%s x JOIN %s p ON x.rowid = p.nieuw WHERE %s AND (x.%s, %s) NOT IN (SELECT (Rijsleutel, Inhoud) FROM %s WHERE Tabel = %s)"
            .formatted(staging, pairs, OLDER, key(), contents, KEPT, text()));
  }

  private String in(String pairs, String staging, String which) {
    return "Tabel = %s AND (Rijsleutel, Inhoud) IN (SELECT (x.%s, %s) FROM %s x JOIN %s p ON x.rowid = p.nieuw WHERE %s)"
        .formatted(text(), key(), contents, staging, pairs, which);
  }

  private void insert(String number, String by, String from) throws SQLException {
    execute(
        "INSERT INTO %s SELECT concat_ws('-', %s, %s, %s, x.%s), %4$s, x.%5$s, %s, %s, %2$s, %3$s, (SELECT l.geladen_op FROM _leveringen l WHERE l.nummer = %3$s) FROM %s"
            .formatted(KEPT, Sql.text(gemeente.code()), number, text(), key(), by, contents, from));
  }

  private String text() {
    return Sql.text(table.name());
  }

  private String key() {
    return Sql.name(table.key());
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
