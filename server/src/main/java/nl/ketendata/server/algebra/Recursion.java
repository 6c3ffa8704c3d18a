package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.Spool;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalRepeatUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.TransientTable;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Common tables that name themselves. Each row carries, behind its own columns, in which step it
 * was found, and a step too many ends the question: else what never ends would run until its time
 * is over. With {@code UNION} a row that was found before is not taken again, whatever its step, so
 * that circles end by themselves: {@link RecursiveItem}.
 */
final class Recursion extends Scans {
  static final int MOST_STEPS = 10_000;
  private static final int LONGEST_TEXT = 10_000;
  static final String STEP = "_stap";

  private int named;

  /**
   * The tree with every recursion in it bounded.
   *
   * @throws Failure KD445 for one that we have no bound for
   */
  static RelNode bounded(RelNode tree) {
    return tree.accept(new Recursion()).accept(new Leftovers());
  }

  /** Calcite sees no recursion where the name stands in a sub-query only. */
  private static final class Leftovers extends Scans {
    @Override
    public RelNode visit(TableScan scan) {
      boolean rows = scan.getTable().unwrap(TransientTable.class) != null;
      if (rows && scan.getTable().unwrap(RecursiveTable.class) == null) {
        throw Failure.of(Code.RECURSION, "EXISTS, IN, (SELECT …)");
      }
      return scan;
    }
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    return visited instanceof RepeatUnion recursion && !isOurs(recursion)
        ? bounded(recursion)
        : visited;
  }

  private static boolean isOurs(RepeatUnion recursion) {
    return recursion.getTransientTable().unwrap(RecursiveTable.class) != null;
  }

  private RelNode bounded(RepeatUnion recursion) {
    RelNode first = unspooled(recursion.getSeedRel());
    RelNode next = unspooled(recursion.getIterativeRel());
    checkTypes(first, next);
    RexBuilder rex = recursion.getCluster().getRexBuilder();
    List<RelDataType> types = types(recursion.getRowType());
    List<String> names = recursion.getRowType().getFieldNames();
    RelOptTable table = table(recursion, names);
    RelNode carried = new StepCarrier(recursion.getTransientTable(), table).carried(next);
    List<RelDataType> whole = types.stream().map(type -> whole(rex, type)).toList();
    List<RexNode> start = cast(rex, first, whole);
    List<RexNode> step =
        cast(rex, carried, whole).stream()
            .map(each -> bounded(rex, each))
            .collect(Collectors.toCollection(ArrayList::new));
    List<String> columns = new ArrayList<>(names);
    start.add(rex.makeExactLiteral(BigDecimal.ONE, integer(rex)));
    RexNode last = rex.makeInputRef(carried, names.size());
    step.add(rex.makeCall(SqlStdOperatorTable.PLUS, last, rex.makeExactLiteral(BigDecimal.ONE)));
    columns.add(STEP);
    carried = checked(carried, last);
    RelNode union =
        LogicalRepeatUnion.create(
            LogicalProject.create(first, List.of(), start, columns, Set.of()),
            LogicalProject.create(carried, List.of(), step, columns, Set.of()),
            recursion.all,
            table);
    List<RexNode> own =
        IntStream.range(0, names.size())
            .mapToObj(i -> typed(rex, rex.makeInputRef(union, i), types.get(i)))
            .toList();
    return LogicalProject.create(union, List.of(), own, names, Set.of());
  }

  /** The engine's {@code error} ends the question where a step too many would be made. */
  private static RelNode checked(RelNode carried, RexNode last) {
    RexBuilder rex = carried.getCluster().getRexBuilder();
    RexNode most = rex.makeExactLiteral(BigDecimal.valueOf(MOST_STEPS));
    RexNode goesOn =
        rex.makeCall(
            SqlStdOperatorTable.CASE,
            rex.makeCall(SqlStdOperatorTable.LESS_THAN, last, most),
            rex.makeLiteral(true),
            rex.makeAbstractCast(
                rex.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN),
                rex.makeCall(
                    Operators.ERROR, rex.makeLiteral(Code.RECURSION_DEPTH.id() + " " + MOST_STEPS)),
                false));
    return LogicalFilter.create(carried, goesOn);
  }

  /** A text that doubles in each step would fill the memory after thirty. */
  private static RexNode bounded(RexBuilder rex, RexNode value) {
    if (!SqlTypeUtil.inCharFamily(value.getType())) {
      return value;
    }
    RexNode most = rex.makeExactLiteral(BigDecimal.valueOf(LONGEST_TEXT));
    RexNode reason = rex.makeLiteral(Code.RECURSION_TEXT.id() + " " + LONGEST_TEXT);
    return rex.makeCall(
        value.getType(),
        SqlStdOperatorTable.CASE,
        List.of(
            rex.makeCall(
                SqlStdOperatorTable.GREATER_THAN,
                rex.makeCall(SqlStdOperatorTable.CHAR_LENGTH, value),
                most),
            rex.makeAbstractCast(value.getType(), rex.makeCall(Operators.ERROR, reason), false),
            value));
  }

  private static RelNode unspooled(RelNode node) {
    return node instanceof Spool spool ? spool.getInput() : node;
  }

  private static RelDataType integer(RexBuilder rex) {
    return rex.getTypeFactory().createSqlType(SqlTypeName.INTEGER);
  }

  private static List<RelDataType> types(RelDataType row) {
    return row.getFieldList().stream().map(RelDataTypeField::getType).toList();
  }

  /** Texts may grow with each step, whatever Calcite takes for their length. */
  private static RelDataType whole(RexBuilder rex, RelDataType type) {
    return SqlTypeUtil.inCharFamily(type)
        ? rex.getTypeFactory()
            .createTypeWithNullability(
                rex.getTypeFactory().createSqlType(SqlTypeName.VARCHAR), type.isNullable())
        : type;
  }

  private static RexNode typed(RexBuilder rex, RexNode value, RelDataType type) {
    return value.getType().equals(type)
        ? value
        : rex.makeCall(type, Operators.SAME, List.of(value));
  }

  /** The first rows say what the columns are; those of another type would be cast unseen. */
  private static void checkTypes(RelNode first, RelNode next) {
    for (int i = 0; i < first.getRowType().getFieldCount(); i++) {
      RelDataType one = first.getRowType().getFieldList().get(i).getType();
      RelDataType other = next.getRowType().getFieldList().get(i).getType();
      boolean texts = SqlTypeUtil.inCharFamily(one) && SqlTypeUtil.inCharFamily(other);
      if (!texts && one.getSqlTypeName() != other.getSqlTypeName()) {
        String name = first.getRowType().getFieldNames().get(i);
        throw Failure.of(Code.RECURSION, name + ": " + one + " / " + other);
      }
    }
  }

  /** As the rows are read: their types are those that the first rows have. */
  private RelOptTable table(RepeatUnion recursion, List<String> names) {
    List<RelDataType> types = types(recursion.getTransientTable().getRowType());
    RexBuilder rex = recursion.getCluster().getRexBuilder();
    RelDataTypeFactory.Builder row = rex.getTypeFactory().builder();
    for (int i = 0; i < names.size(); i++) {
      row.add(names.get(i), types.get(i));
    }
    row.add(STEP, integer(rex));
    RecursiveTable table = new RecursiveTable("_herhaald" + ++named, row.build());
    return RelOptTableImpl.create(
        null, table.row(), List.of(table.name()), table, type -> Expressions.constant(null));
  }

  private static List<RexNode> cast(RexBuilder rex, RelNode input, List<RelDataType> types) {
    List<RexNode> casts = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      RexNode value = rex.makeInputRef(input, i);
      boolean same = value.getType().equals(types.get(i));
      casts.add(same ? value : rex.makeAbstractCast(types.get(i), value, false));
    }
    return casts;
  }
}
