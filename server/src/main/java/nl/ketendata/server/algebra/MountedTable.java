package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Join;
import nl.ketendata.schema.Table;
import org.apache.calcite.rel.RelReferentialConstraint;
import org.apache.calcite.rel.RelReferentialConstraintImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.IntPair;

/** A table of a snapshot as Calcite sees it: columns, size, row key and declared joins. */
final class MountedTable extends AbstractTable {
  private final Snapshot snapshot;
  private final Table table;

  MountedTable(Snapshot snapshot, Table table) {
    this.snapshot = snapshot;
    this.table = table;
  }

  Snapshot snapshot() {
    return snapshot;
  }

  Table table() {
    return table;
  }

  /** What it is made of, when it is a wide one. */
  Optional<Wide> wide() {
    return Wide.named(table.name(), snapshot.tables(), snapshot.joins());
  }

  /** Catalog, schema and table. */
  List<String> path() {
    return path(table.name());
  }

  private List<String> path(String name) {
    return List.of(snapshot.organisation().id(), snapshot.product().schemaName(), name);
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory factory) {
    Types types = (Types) factory;
    RelDataTypeFactory.Builder row = factory.builder();
    for (Column column : table.allColumns()) {
      row.add(column.name(), types.of(column.type(), !isNotNull(column)));
    }
    return row.build();
  }

  private boolean isNotNull(Column column) {
    return column.name().equals(table.key()) || Table.ADDED.contains(column);
  }

  /** Row keys are unique within a gemeente, so of several it is part of the key. */
  @Override
  public Statistic getStatistic() {
    double rows =
        snapshot.versions().stream()
            .mapToLong(version -> version.rows().getOrDefault(table.name(), 0L))
            .sum();
    List<ImmutableBitSet> keys =
        snapshot.versions().size() == 1
            ? List.of(ImmutableBitSet.of(index(table, table.key())))
            : List.of(ImmutableBitSet.of(index(table, table.key()), index(table, Table.GEMEENTE)));
    return Statistics.of(rows, keys, constraints(), List.of());
  }

  private List<RelReferentialConstraint> constraints() {
    List<RelReferentialConstraint> constraints = new ArrayList<>();
    for (Join join : snapshot.joins()) {
      if (join.child().equals(table.name())) {
        Table parent =
            snapshot.tables().stream()
                .filter(each -> each.name().equals(join.parent()))
                .findFirst()
                .orElseThrow();
        constraints.add(
            RelReferentialConstraintImpl.of(path(), path(parent.name()), pairs(join, parent)));
      }
    }
    return constraints;
  }

  private List<IntPair> pairs(Join join, Table parent) {
    List<String> mine = RowScope.joinColumns(snapshot, join, table);
    List<String> theirs = RowScope.joinColumns(snapshot, join, parent);
    List<IntPair> pairs = new ArrayList<>();
    for (int i = 0; i < mine.size(); i++) {
      pairs.add(IntPair.of(index(table, mine.get(i)), index(parent, theirs.get(i))));
    }
    return pairs;
  }

  private static int index(Table table, String column) {
    List<Column> columns = table.allColumns();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        String.format(Locale.ROOT, "%s has no column %s", table.name(), column));
  }
}
