package nl.ketendata.server.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.ketendata.schema.ServerTable;
import nl.ketendata.schema.Table;
import nl.ketendata.server.audit.AuditLines;
import nl.ketendata.server.audit.AuditLog;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.store.LogTables;

/**
 * The audit log of an organisation as a table of the engine, filled when somebody asks for it and
 * with what came since the last time. Only the newest lines are there, and only of the
 * organisations that asked last; the engine puts what does not fit in its memory on disk.
 */
final class AuditTables {
  private static final int ORGANISATIONS = 16;
  private static final int AT_ONCE = 10_000;

  private final AuditLog log;
  private final LogTables tables;
  private final long most;
  private final Map<String, Filled> filled = new LinkedHashMap<>(16, 0.75f, true);

  /** What is in a table; when the oldest month of the log goes, so must its lines. */
  private static final class Filled {
    private final AuditLines lines;
    private final String oldest;
    private long rows;

    Filled(AuditLines lines, String oldest) {
      this.lines = lines;
      this.oldest = oldest;
    }
  }

  /**
   * @param most lines of one organisation
   */
  AuditTables(AuditLog log, LogTables tables, long most) {
    this.log = log;
    this.tables = tables;
    this.most = most;
  }

  /**
   * Brings the table of an organisation up to now.
   *
   * @param table what it looks like
   * @return the number of the last line
   * @throws Failure KD306 when the log cannot be read
   */
  synchronized long fill(String organisation, Table table) {
    try {
      Filled known = known(organisation, table);
      List<List<Object>> rows = new ArrayList<>();
      known.lines.readOn(
          line -> {
            rows.add(row(organisation, line));
            if (rows.size() == AT_ONCE) {
              add(organisation, known, rows);
            }
          });
      add(organisation, known, rows);
      keepNewest(organisation, known, most + AT_ONCE);
      return known.lines.last();
    } catch (IOException e) {
      filled.remove(organisation);
      throw Failure.of(Code.NOT_WRITABLE, "audit").causedBy(e);
    } catch (RuntimeException e) {
      filled.remove(organisation);
      throw e;
    }
  }

  private Filled known(String organisation, Table table) throws IOException {
    String oldest = log.oldest();
    Filled known = filled.get(organisation);
    if (known != null && known.oldest.equals(oldest) && tables.has(organisation)) {
      return known;
    }
    tables.make(organisation, table);
    Filled fresh = new Filled(log.about(organisation), oldest);
    filled.put(organisation, fresh);
    if (filled.size() > ORGANISATIONS) {
      String longestAgo = filled.keySet().iterator().next();
      filled.remove(longestAgo);
      tables.drop(longestAgo);
    }
    return fresh;
  }

  /** While a long log is read for the first time, no more than twice as many are there. */
  private void add(String organisation, Filled to, List<List<Object>> rows) {
    tables.add(organisation, rows);
    to.rows += rows.size();
    rows.clear();
    keepNewest(organisation, to, 2 * most);
  }

  /** Looking for the oldest costs more than a few too many. */
  private void keepNewest(String organisation, Filled of, long limit) {
    if (of.rows > limit) {
      tables.keep(organisation, ServerTable.AUDIT_NUMMER, most);
      of.rows = most;
    }
  }

  /** In the order of the table's columns, those that every table has behind them. */
  private static List<Object> row(String organisation, AuditLines.Numbered line) {
    return List.of(
        Long.toString(line.number()),
        line.number(),
        line.when(),
        line.act(),
        line.actor(),
        line.origin(),
        line.object(),
        line.result(),
        line.rows(),
        organisation.matches("GM[0-9]{4}") ? organisation.substring(2) : organisation,
        0L,
        line.when());
  }
}
