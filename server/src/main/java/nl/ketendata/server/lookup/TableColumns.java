package nl.ketendata.server.lookup;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import nl.ketendata.server.store.DataVersion;

/**
 * What there is of a table of a version; grows as questions need more. Rows are numbered from 0 in
 * the order of the version.
 */
final class TableColumns {
  private final DataVersion version;
  private final int rows;
  private final Optional<Codes> positions;
  private final Map<String, StoredColumn> columns = new ConcurrentHashMap<>();
  private final Map<String, Postings> postings = new ConcurrentHashMap<>();

  /** Columns that are the engine's for good. */
  private final Set<String> unfit = ConcurrentHashMap.newKeySet();

  /**
   * @param positions of the rows in the version; empty when they are their numbers
   */
  TableColumns(DataVersion version, int rows, Optional<Codes> positions) {
    this.version = version;
    this.rows = rows;
    this.positions = positions;
  }

  /** Whether it is of this very version: another may have come under the same number. */
  boolean isOf(DataVersion other) {
    return version == other;
  }

  DataVersion version() {
    return version;
  }

  int rows() {
    return rows;
  }

  long position(int row) {
    return positions.map(codes -> codes.get(row)).orElse((long) row);
  }

  StoredColumn column(String name) {
    return columns.get(name);
  }

  Postings postings(String name) {
    return postings.get(name);
  }

  boolean has(Lookup lookup) {
    return columns.keySet().containsAll(lookup.reads())
        && postings.keySet().containsAll(lookup.sought());
  }

  boolean canHave(Lookup lookup) {
    return lookup.reads().stream().noneMatch(unfit::contains);
  }

  boolean hasColumn(String name) {
    return columns.containsKey(name);
  }

  boolean hasPostings(String name) {
    return postings.containsKey(name);
  }

  void put(String name, StoredColumn column) {
    columns.put(name, column);
  }

  void put(String name, Postings of) {
    postings.put(name, of);
  }

  void leave(String name) {
    unfit.add(name);
  }

  /** Bytes on disk. */
  long bytes() {
    return positions.map(Codes::bytes).orElse(0L)
        + columns.values().stream().mapToLong(StoredColumn::bytes).sum()
        + postings.values().stream().mapToLong(Postings::bytes).sum();
  }
}
