package nl.ketendata.server.algebra;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalIntersect;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalMinus;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalRepeatUnion;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.logical.LogicalTableSpool;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * The last gate before the store: a tree with an operator that is not on the list is refused. So no
 * function of the engine can be reached that we did not choose.
 */
final class AllowList extends RelHomogeneousShuttle {
  private static final Set<Class<? extends RelNode>> SHAPES =
      Set.of(
          LogicalTableScan.class,
          LogicalProject.class,
          LogicalFilter.class,
          LogicalJoin.class,
          LogicalCorrelate.class,
          LogicalAggregate.class,
          LogicalSort.class,
          LogicalUnion.class,
          LogicalIntersect.class,
          LogicalMinus.class,
          LogicalRepeatUnion.class,
          LogicalTableSpool.class,
          LogicalValues.class);

  private static final Set<JoinRelType> JOINS =
      EnumSet.of(JoinRelType.INNER, JoinRelType.LEFT, JoinRelType.RIGHT, JoinRelType.FULL);

  private final RexShuttle expressions =
      new RexShuttle() {
        @Override
        public RexNode visitCall(RexCall call) {
          Sizes.checked(call);
          effort.spend(1);
          check(call.getOperator());
          check(call.getType());
          if (call.getOperator().isAggregator()) {
            throw Failure.of(
                Code.NOT_SUPPORTED, call.getOperator().getName() + "(MIN/MAX/SUM/…(…))");
          }
          if (call.getKind() == SqlKind.POSITION && call.getOperands().size() > 2) {
            throw Failure.of(Code.NOT_SUPPORTED, "POSITION(… FROM …)");
          }
          return super.visitCall(call);
        }

        @Override
        public RexNode visitLiteral(RexLiteral literal) {
          check(literal.getType());
          return literal;
        }

        @Override
        public RexNode visitOver(RexOver over) {
          check(over.getAggOperator());
          return super.visitOver(over);
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
          check(query.getOperator());
          query.rel.accept(AllowList.this);
          return super.visitSubQuery(query);
        }
      };

  private final Effort effort;

  private AllowList(Effort effort) {
    this.effort = effort;
  }

  /**
   * Checks a whole query.
   *
   * @throws Failure KD405 for what is not on the list
   */
  static void check(RelNode tree) {
    tree.accept(new AllowList(Effort.of(tree)));
    TextGrowth.check(tree);
    tree.getRowType().getFieldList().forEach(field -> checkAnswer(field.getType()));
  }

  private static void checkAnswer(RelDataType type) {
    check(type);
    if (SqlTypeUtil.isInterval(type) || type.getSqlTypeName() == SqlTypeName.ROW) {
      throw Failure.of(Code.NOT_SUPPORTED, type.toString());
    }
  }

  @Override
  public RelNode visit(RelNode other) {
    effort.spend(1);
    if (!SHAPES.contains(other.getClass())) {
      throw Failure.of(
          Code.NOT_SUPPORTED,
          other.getRelTypeName().replaceFirst("^Logical", "").toUpperCase(Locale.ROOT));
    }
    if (other instanceof Join join && !JOINS.contains(join.getJoinType())) {
      throw Failure.of(Code.NOT_SUPPORTED, join.getJoinType() + " JOIN");
    }
    if (other instanceof Aggregate aggregate) {
      aggregate.getAggCallList().stream().map(AggregateCall::getAggregation).forEach(this::check);
    }
    other.accept(expressions);
    return other instanceof TableScan ? other : super.visit(other);
  }

  private static void check(RelDataType type) {
    boolean known =
        SqlTypeUtil.isInterval(type)
            || switch (type.getSqlTypeName()) {
              case BOOLEAN,
                  TINYINT,
                  SMALLINT,
                  INTEGER,
                  BIGINT,
                  DECIMAL,
                  FLOAT,
                  REAL,
                  DOUBLE,
                  CHAR,
                  VARCHAR,
                  DATE,
                  TIME,
                  TIMESTAMP,
                  NULL,
                  SYMBOL,
                  ROW ->
                  true;
              default -> false;
            };
    if (!known) {
      throw Failure.of(Code.NOT_SUPPORTED, type.getSqlTypeName().getName());
    }
  }

  private void check(SqlOperator operator) {
    if (!Language.allows(operator.getName().toUpperCase(Locale.ROOT))) {
      throw Failure.of(Code.NOT_SUPPORTED, operator.getName());
    }
  }
}
