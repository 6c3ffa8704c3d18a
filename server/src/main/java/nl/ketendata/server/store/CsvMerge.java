package nl.ketendata.server.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nl.ketendata.server.policy.Gemeente;

/**
 * Merges one file into its table. The table is the union of all deliveries by row key; of two
 * contents under one key that of the delivery with the later moment in its name holds, whatever the
 * order of arrival. So each row also remembers the latest delivery that confirmed it.
 */
final class CsvMerge {
  private static final String REJECTS = "afgewezen";
  private static final String STAGING = "_aanvoer";

  private final Connection connection;
  private final Gemeente gemeente;
  private final long delivery;
  private final LocalDateTime timestamp;
  private final String name;
  private final LoadWatch watch;
  private String loadedTable = STAGING;

  CsvMerge(
      Connection connection,
      Gemeente gemeente,
      long delivery,
      LocalDateTime timestamp,
      String name,
      LoadWatch watch) {
    this.connection = connection;
    this.gemeente = gemeente;
    this.delivery = delivery;
    this.timestamp = timestamp;
    this.name = name;
    this.watch = watch;
  }

  /** Where the rows of the last file are, and no others: until the next file is loaded. */
  String loadedTable() {
    return loadedTable;
  }

  LoadedFile load(CsvFile csv, Rules rules) throws SQLException {
    CsvSelect select = new CsvSelect(csv, brought(csv), REJECTS);
    String table = Sql.name(csv.table().name());
    addUnknownColumns(csv, select, table);
    boolean first = number("SELECT count(*) FROM " + table) == 0;
    String columns = Sql.names(select.columns()) + ", " + Sql.names(CsvSelect.provenance());
    String query = select.query(gemeente.code(), delivery, rules.anyBroken());
    String target = first ? table : STAGING;
    loadedTable = target;
    if (first) {
      watch.execute(connection, "INSERT INTO " + table + " (" + columns + ") " + query);
    } else {
      watch.execute(connection, "CREATE OR REPLACE TEMP TABLE " + STAGING + " AS " + query);
    }
    if (rejected()) {
      execute(first ? "DELETE FROM " + table : "DROP TABLE " + STAGING);
      return LoadedFile.unreadable();
    }
    String key = Sql.name(csv.table().key());
    Counts read = counts(target, key);
    long withoutKey = read.rows - read.keys;
    if (withoutKey > 0) {
      execute("DELETE FROM " + target + " WHERE " + key + " IS NULL");
    }
    Set<String> doubleKeys = doubleKeys(target, key);
    long doubles = doubleKeys.isEmpty() ? 0 : deleteDoubles(target, key);
    Counts left = withoutKey + doubles > 0 ? counts(target, key) : read;
    RowMerge.Merged merged =
        first
            ? new RowMerge.Merged(left.rows, 0, 0, 0)
            : new RowMerge(connection, gemeente, csv.table(), select.columns(), delivery)
                .merge(STAGING, timestamp, name);
    return new LoadedFile(
        left.rows,
        merged.added(),
        merged.known(),
        merged.replaced(),
        merged.overruled(),
        false,
        withoutKey,
        doubleKeys,
        doubles,
        left.flawed,
        left.odd);
  }

  private record Counts(long rows, long keys, long flawed, long odd) {}

  private Counts counts(String target, String key) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*), count(%1$s), count(*) FILTER (%2$s), count(*) FILTER (%2$s IS NULL) FROM %3$s"
                    .formatted(key, Sql.name(CsvSelect.FLAWED), target))) {
      row.next();
      return new Counts(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
    }
  }

  private List<String> brought(CsvFile csv) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet none =
            statement.executeQuery("SELECT * FROM " + Sql.name(csv.table().name()) + " LIMIT 0")) {
      for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
        names.add(none.getMetaData().getColumnName(i));
      }
    }
    return names.stream()
        .filter(name -> !name.startsWith("_") && csv.table().column(name).isEmpty())
        .toList();
  }

  private void addUnknownColumns(CsvFile csv, CsvSelect select, String table) throws SQLException {
    for (String column : select.columns()) {
      if (csv.table().column(column).isEmpty()) {
        execute(
            "ALTER TABLE " + table + " ADD COLUMN IF NOT EXISTS " + Sql.name(column) + " VARCHAR");
      }
    }
  }

  /** Hashes are grouped far sooner than texts; hardly ever are two alike of texts that are not. */
  private Set<String> doubleKeys(String target, String key) throws SQLException {
    long alike =
        number(
            "SELECT count(*) FROM (SELECT hash(%s) FROM %s GROUP BY 1 HAVING count(*) > 1)"
                .formatted(key, target));
    if (alike == 0) {
      return Set.of();
    }
    return new HashSet<>(
        texts("SELECT %1$s FROM %2$s GROUP BY 1 HAVING count(*) > 1".formatted(key, target)));
  }

  private long deleteDoubles(String target, String key) throws SQLException {
    return change(
        "DELETE FROM %1$s WHERE rowid NOT IN (SELECT min(rowid) FROM %1$s GROUP BY %2$s)"
            .formatted(target, key));
  }

  /** Its row counts and line numbers cannot be relied on, so only whether there are any counts. */
  private boolean rejected() throws SQLException {
    boolean any = number("SELECT count(*) FROM " + REJECTS) > 0;
    execute("DROP TABLE " + REJECTS);
    execute("DROP TABLE " + REJECTS + "_scan");
    return any;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long change(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeLargeUpdate(sql);
    }
  }

  private long number(String sql) throws SQLException {
    return Long.parseLong(texts(sql.replaceFirst("count\\(\\*\\)", "count(*)::VARCHAR")).get(0));
  }

  private List<String> texts(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }
}
