package nl.ketendata.server.algebra;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Makes no expression that is too large: what is written twice, again and again, ends here. */
final class BoundedRex extends RexBuilder {
  private final Effort effort;

  BoundedRex(Types types) {
    super(types);
    this.effort = types.effort();
  }

  @Override
  public RexNode makeCall(
      SqlParserPos place, RelDataType type, SqlOperator operator, List<RexNode> operands) {
    effort.spend(1);
    return Sizes.checked(super.makeCall(place, type, operator, operands));
  }

  @Override
  public RexNode makeCall(
      SqlParserPos place, SqlOperator operator, List<? extends RexNode> operands) {
    effort.spend(1);
    return Sizes.checked(super.makeCall(place, operator, operands));
  }
}
