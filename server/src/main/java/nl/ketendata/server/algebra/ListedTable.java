package nl.ketendata.server.algebra;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;

/** A table whose rows are known before anything is read; they become part of the statement. */
final class ListedTable extends AbstractTable implements TranslatableTable {
  private final List<String> columns;
  private final Supplier<List<List<Object>>> rows;

  /**
   * @param columns names; one that ends in POSITION holds whole numbers, the others text
   * @param rows made when a statement names the table; an empty text is null
   */
  ListedTable(List<String> columns, Supplier<List<List<Object>>> rows) {
    this.columns = List.copyOf(columns);
    this.rows = rows;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    RelDataTypeFactory.Builder row = types.builder();
    for (String column : columns) {
      SqlTypeName type = column.endsWith("POSITION") ? SqlTypeName.BIGINT : SqlTypeName.VARCHAR;
      row.add(column, type).nullable(true);
    }
    return row.build();
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
    return values(context.getCluster(), table.getRowType(), rows.get());
  }

  /** Rows as part of a statement; an empty text is null. */
  static RelNode values(RelOptCluster cluster, RelDataType row, List<List<Object>> rows) {
    RexBuilder rex = cluster.getRexBuilder();
    ImmutableList.Builder<ImmutableList<RexLiteral>> tuples = ImmutableList.builder();
    for (List<Object> values : rows) {
      ImmutableList.Builder<RexLiteral> tuple = ImmutableList.builder();
      for (int i = 0; i < row.getFieldCount(); i++) {
        RelDataType type = row.getFieldList().get(i).getType();
        tuple.add(
            values.get(i).equals("")
                ? rex.makeNullLiteral(type)
                : (RexLiteral) rex.makeLiteral(values.get(i), type, false));
      }
      tuples.add(tuple.build());
    }
    return LogicalValues.create(cluster, row, tuples.build());
  }
}
