package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Table;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Scans of wide tables become the left join that they stand for, before anything else looks at the
 * tree: policy then meets the two tables only.
 */
final class WideTables extends Scans {
  @Override
  public RelNode visit(TableScan scan) {
    MountedTable mounted = scan.getTable().unwrap(MountedTable.class);
    if (mounted == null) {
      return scan;
    }
    boolean positioned = scan.getRowType().getFieldCount() > mounted.table().allColumns().size();
    return mounted
        .wide()
        .map(wide -> joined(scan, mounted.snapshot(), wide, positioned))
        .orElse(scan);
  }

  private static RelNode joined(
      TableScan wideScan, Snapshot snapshot, Wide wide, boolean positioned) {
    RelOptCluster cluster = wideScan.getCluster();
    RexBuilder rex = cluster.getRexBuilder();
    RelNode child = scan(cluster, new MountedTable(snapshot, wide.child()), positioned);
    RelNode main = scan(cluster, new MountedTable(snapshot, wide.main()), false);
    int width = child.getRowType().getFieldCount();
    List<RexNode> conditions = new ArrayList<>();
    for (String column : RowScope.joinColumns(snapshot, wide.join(), wide.child())) {
      RexNode own = rex.makeInputRef(child, RowScope.index(wide.child(), column));
      int other = RowScope.index(wide.main(), column);
      RexNode parents =
          new RexInputRef(width + other, main.getRowType().getFieldList().get(other).getType());
      conditions.add(rex.makeCall(SqlStdOperatorTable.EQUALS, own, parents));
    }
    RelNode join =
        LogicalJoin.create(
            child,
            main,
            List.of(),
            RexUtil.composeConjunction(rex, conditions),
            Set.of(),
            JoinRelType.LEFT);
    List<RexNode> columns = new ArrayList<>();
    for (Column column : wide.child().columns()) {
      columns.add(rex.makeInputRef(join, RowScope.index(wide.child(), column.name())));
    }
    for (Column column : wide.beside()) {
      columns.add(rex.makeInputRef(join, width + RowScope.index(wide.main(), column.name())));
    }
    for (Column column : Table.ADDED) {
      columns.add(rex.makeInputRef(join, RowScope.index(wide.child(), column.name())));
    }
    if (positioned) {
      columns.add(rex.makeInputRef(join, width - 1));
    }
    return LogicalProject.create(
        join, List.of(), columns, wideScan.getRowType().getFieldNames(), Set.of());
  }

  private static RelNode scan(RelOptCluster cluster, MountedTable mounted, boolean positioned) {
    RelDataTypeFactory factory = cluster.getTypeFactory();
    RelDataTypeFactory.Builder row = factory.builder();
    row.addAll(mounted.getRowType(factory).getFieldList());
    if (positioned) {
      row.add(RowScope.POSITION, factory.createSqlType(SqlTypeName.BIGINT));
    }
    return LogicalTableScan.create(
        cluster,
        RelOptTableImpl.create(
            null, row.build(), mounted.path(), mounted, type -> Expressions.constant(null)),
        List.of());
  }
}
