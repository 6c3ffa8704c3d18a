package nl.ketendata.server.store;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import nl.ketendata.schema.Table;
import org.duckdb.DuckDBAppender;

/**
 * Tables of logs, one for each organisation, in the engine's own catalog. They are a copy of files
 * that the engine cannot reach: what fills them can fill them again.
 */
public final class LogTables {
  private static final String SCHEMA = "logboek";

  private final Store store;

  /** By engine the names that it has; another engine starts without any. */
  private final Map<Engine, Set<String>> made = new WeakHashMap<>();

  public LogTables(Store store) {
    this.store = store;
  }

  /** Where the engine has the table of an organisation: catalog, schema and name. */
  public static List<String> path(String organisation) {
    return List.of(Engine.EMPTY, SCHEMA, organisation);
  }

  /** Whether a statement of ours reads the table of an organisation. */
  public static boolean isIn(String sql, String organisation) {
    return sql.contains(Sql.name(SCHEMA) + "." + Sql.name(organisation));
  }

  /** Whether the engine of now has the table. */
  public synchronized boolean has(String organisation) {
    return names(store.engine()).contains(organisation);
  }

  /** Makes the table, without rows, in the place of what was there. */
  public synchronized void make(String organisation, Table table) {
    Engine engine = store.engine();
    engine.run("CREATE SCHEMA IF NOT EXISTS " + Sql.name(Engine.EMPTY) + "." + Sql.name(SCHEMA));
    engine.run("CREATE OR REPLACE TABLE " + name(organisation) + " (" + Sql.columns(table) + ")");
    names(engine).add(organisation);
  }

  /**
   * Adds rows.
   *
   * @param rows values in the order of all columns of the table: texts, numbers and moments; an
   *     empty text is null
   */
  public synchronized void add(String organisation, List<List<Object>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    Engine engine = store.engine();
    engine.append(
        path(organisation),
        appender -> {
          for (List<Object> row : rows) {
            appender.beginRow();
            for (Object value : row) {
              append(appender, value);
            }
            appender.endRow();
          }
        });
  }

  private static void append(DuckDBAppender appender, Object value) throws SQLException {
    if (value instanceof Long number) {
      appender.append(number.longValue());
    } else if (value instanceof Instant moment) {
      appender.append(LocalDateTime.ofInstant(moment, ZoneOffset.UTC));
    } else if (value.equals("")) {
      appender.appendNull();
    } else {
      appender.append(value.toString());
    }
  }

  /** Keeps the rows with the highest numbers only. */
  public synchronized void keep(String organisation, String number, long rows) {
    String table = name(organisation);
    String column = Sql.name(number);
    store
        .engine()
        .run(
            "DELETE FROM %s WHERE %s <= (SELECT %s FROM %s ORDER BY %s DESC LIMIT 1 OFFSET %d)"
                .formatted(table, column, column, table, column, rows));
  }

  public synchronized void drop(String organisation) {
    Engine engine = store.engine();
    names(engine).remove(organisation);
    engine.run("DROP TABLE IF EXISTS " + name(organisation));
  }

  private Set<String> names(Engine engine) {
    return made.computeIfAbsent(engine, absent -> new HashSet<>());
  }

  private static String name(String organisation) {
    return Sql.name(Engine.EMPTY) + "." + Sql.name(SCHEMA) + "." + Sql.name(organisation);
  }
}
