package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.ServerTable;
import nl.ketendata.schema.Table;
import nl.ketendata.server.store.LogTables;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * The audit log of an organisation. It grows between versions, so it stands in no version file: a
 * scan becomes one of the engine's own table for this organisation, up to the line that the
 * snapshot ends at.
 */
final class AuditTable {
  private AuditTable() {}

  static boolean is(Table table) {
    return table.name().equals(ServerTable.AUDITLOG);
  }

  /**
   * The lines.
   *
   * @param positioned whether the position is wanted as last column; a line's number is it
   */
  static RelNode lines(TableScan mountedScan, MountedTable mounted, boolean positioned) {
    RelOptCluster cluster = mountedScan.getCluster();
    RexBuilder rex = cluster.getRexBuilder();
    RelDataType row = mounted.getRowType(cluster.getTypeFactory());
    RelNode scan =
        LogicalTableScan.create(
            cluster,
            RelOptTableImpl.create(
                null,
                row,
                LogTables.path(mounted.snapshot().organisation().id()),
                new StoredTable(mounted),
                type -> Expressions.constant(null)),
            List.of());
    RexNode number = ref(rex, scan, ServerTable.AUDIT_NUMMER);
    long last = mounted.snapshot().log().orElseThrow().last();
    RelNode lines =
        last == Snapshot.Log.WHOLE.last()
            ? scan
            : LogicalFilter.create(
                scan,
                rex.makeCall(
                    SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
                    number,
                    rex.makeExactLiteral(BigDecimal.valueOf(last), number.getType())));
    List<RexNode> projects = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Column column : mounted.table().allColumns()) {
      names.add(column.name());
      projects.add(ref(rex, lines, column.name()));
    }
    if (positioned) {
      names.add(RowScope.POSITION);
      projects.add(
          rex.makeCast(
              mountedScan.getRowType().getFieldList().get(row.getFieldCount()).getType(), number));
    }
    return LogicalProject.create(lines, List.of(), projects, names, Set.of());
  }

  private static RexNode ref(RexBuilder rex, RelNode rows, String name) {
    return rex.makeInputRef(rows, rows.getRowType().getField(name, true, false).getIndex());
  }
}
