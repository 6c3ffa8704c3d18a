package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.ketendata.schema.CodeList;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Table;
import nl.ketendata.server.store.DataVersion;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Policy as a rewrite of the tree: every scan of a mounted table becomes a projection of the
 * version files that its organisation may see, without the columns that its reader may not, also
 * inside sub-queries. A scan that is left as it was names a table that the engine does not have.
 */
final class Mounting extends Scans {
  /** Positions of the gemeenten of one organisation do not overlap below this many rows each. */
  private static final long ROWS_PER_GEMEENTE = 1L << 40;

  @Override
  public RelNode visit(TableScan scan) {
    MountedTable mounted = scan.getTable().unwrap(MountedTable.class);
    if (mounted == null) {
      return scan;
    }
    boolean positioned = scan.getRowType().getFieldCount() > mounted.table().allColumns().size();
    if (AuditTable.is(mounted.table())) {
      return AuditTable.lines(scan, mounted, positioned);
    }
    List<RelNode> parts = new ArrayList<>();
    List<DataVersion> versions = mounted.snapshot().versions();
    for (int i = 0; i < versions.size(); i++) {
      parts.add(part(scan, versions.get(i), mounted, positioned, i));
    }
    return parts.size() == 1 ? parts.get(0) : LogicalUnion.create(parts, true);
  }

  private static RelNode part(
      TableScan mountedScan,
      DataVersion version,
      MountedTable mounted,
      boolean positioned,
      int index) {
    RelOptCluster cluster = mountedScan.getCluster();
    Optional<CodeList> codes = CodeTables.list(mounted.table(), mounted.snapshot().codes());
    if (codes.isPresent()) {
      return CodeTables.rows(
          cluster, codes.get(), version, mountedScan.getRowType(), index * ROWS_PER_GEMEENTE);
    }
    Types types = (Types) cluster.getTypeFactory();
    RexBuilder rex = cluster.getRexBuilder();
    Table own =
        version.tables().stream()
            .filter(table -> table.name().equals(mounted.table().name()))
            .findFirst()
            .orElseThrow()
            .showing(mounted.snapshot().reading()::shows);
    RelDataTypeFactory.Builder row = types.builder();
    for (Column column : own.allColumns()) {
      row.add(
          column.name(), mounted.getRowType(types).getField(column.name(), true, false).getType());
    }
    RelDataType bigint = types.createSqlType(SqlTypeName.BIGINT);
    row.add(DataVersion.POSITION, bigint);
    RelNode scan =
        LogicalTableScan.create(
            cluster,
            RelOptTableImpl.create(
                null,
                row.build(),
                version.path(own.name()),
                new StoredTable(mounted, new StoredTable.Part(version, own)),
                type -> Expressions.constant(null)),
            List.of());
    List<RexNode> projects = new ArrayList<>();
    List<String> names = new ArrayList<>();
    Set<String> present =
        own.allColumns().stream().map(Column::name).collect(Collectors.toCollection(HashSet::new));
    for (Column column : mounted.table().allColumns()) {
      names.add(column.name());
      RelDataType type = mounted.getRowType(types).getField(column.name(), true, false).getType();
      projects.add(
          present.contains(column.name())
              ? ref(rex, scan, column.name())
              : rex.makeNullLiteral(type));
    }
    if (positioned) {
      names.add(RowScope.POSITION);
      projects.add(position(rex, ref(rex, scan, DataVersion.POSITION), index, bigint));
    }
    return LogicalProject.create(scan, List.of(), projects, names, Set.of());
  }

  private static RexNode position(RexBuilder rex, RexNode rowid, int index, RelDataType bigint) {
    if (index == 0) {
      return rowid;
    }
    return rex.makeCall(
        SqlStdOperatorTable.PLUS,
        rowid,
        rex.makeExactLiteral(BigDecimal.valueOf(index * ROWS_PER_GEMEENTE), bigint));
  }

  private static RexNode ref(RexBuilder rex, RelNode scan, String name) {
    return rex.makeInputRef(scan, scan.getRowType().getField(name, true, false).getIndex());
  }
}
