package nl.ketendata.server.algebra;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Writes a lifted constant as a parameter and nothing else: Calcite leaves casts around it that it
 * does not leave around a constant. Those that change no value go, so that the engine compares a
 * column with a value, for which it has its indexes and statistics.
 */
final class LiftedValues extends Scans {
  private final RexShuttle casts;
  private boolean reads;

  LiftedValues(RexBuilder rex) {
    this.casts =
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            RexNode visited = super.visitCall(call);
            if (visited.getKind() != SqlKind.CAST
                || !(((RexCall) visited).getOperands().get(0) instanceof RexDynamicParam value)) {
              return visited;
            }
            if (keeps(value.getType(), visited.getType())) {
              return rex.makeDynamicParam(visited.getType(), value.getIndex());
            }
            reads |= SqlTypeUtil.isCharacter(value.getType());
            return visited;
          }
        };
  }

  @Override
  public RelNode visit(RelNode other) {
    return super.visit(other).accept(casts);
  }

  /**
   * Whether a text is read as something else, such as a day. Of a constant that is done once, of a
   * parameter for every row.
   */
  boolean readsTexts() {
    return reads;
  }

  /** Whether every value of a constant's type is the same value of another. */
  private static boolean keeps(RelDataType from, RelDataType to) {
    if (SqlTypeUtil.isCharacter(from) && to.getSqlTypeName() == SqlTypeName.VARCHAR) {
      return to.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED
          || to.getPrecision() >= from.getPrecision();
    }
    return from.getSqlTypeName() == to.getSqlTypeName() && from.getPrecision() == to.getPrecision()
        || from.getSqlTypeName() == SqlTypeName.INTEGER
            && to.getSqlTypeName() == SqlTypeName.BIGINT;
  }
}
