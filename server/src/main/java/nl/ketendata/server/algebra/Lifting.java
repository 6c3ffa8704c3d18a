package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlExplain;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Which constants of a statement become parameters, each of exactly the type that it has: the same
 * statement about another code, day or number then has the same plan, and the engine has it
 * prepared already.
 *
 * <p>Only what is compared in a condition is lifted. Everywhere else a constant may say something
 * about the statement itself: a pattern, a unit, how many rows, which column.
 *
 * @param constants in the order of the parameters
 */
record Lifting(List<Constant> constants) {
  static final Lifting NONE = new Lifting(List.of());

  /** Statements made by machines hold thousands; those are seldom asked twice. */
  private static final int MOST = 50;

  Lifting {
    constants = List.copyOf(constants);
  }

  /**
   * One of a {@link SqlShape}.
   *
   * @param number of the constant in the shape
   */
  record Constant(int number, SqlTypeName type) {
    boolean isDate() {
      return type == SqlTypeName.DATE;
    }
  }

  boolean isEmpty() {
    return constants.isEmpty();
  }

  boolean lifts(int number) {
    return constants.stream().anyMatch(each -> each.number() == number);
  }

  /** A statement whose constants were lifted. */
  record Applied(SqlNode node, Lifting lifting) {}

  /** Lifts what can be; nothing beside a caller's own parameters, nor in EXPLAIN. */
  static Applied of(SqlText read, SqlShape shape) {
    Finder finder = new Finder(read, shape);
    if (!(read.node() instanceof SqlExplain)) {
      read.node().accept(finder);
    }
    if (finder.parameters || finder.found.isEmpty() || finder.found.size() > MOST) {
      return new Applied(read.node(), NONE);
    }
    Map<SqlLiteral, SqlNode> parameters = new IdentityHashMap<>();
    finder.found.forEach(
        literal -> parameters.put(literal, parameter(finder, shape, literal, parameters.size())));
    return new Applied(read.node().accept(replacing(parameters)), new Lifting(finder.constants));
  }

  private static SqlNode parameter(Finder finder, SqlShape shape, SqlLiteral literal, int index) {
    SqlParserPos place = literal.getParserPosition();
    Constant constant = finder.constants.get(index);
    int length =
        constant.type() == SqlTypeName.CHAR
            ? ((String) shape.value(constant.number())).length()
            : -1;
    SqlDataTypeSpec type =
        new SqlDataTypeSpec(new SqlBasicTypeNameSpec(constant.type(), length, place), place);
    return SqlStdOperatorTable.CAST.createCall(place, new SqlDynamicParam(index, place), type);
  }

  private static SqlShuttle replacing(Map<SqlLiteral, SqlNode> parameters) {
    return new SqlShuttle() {
      @Override
      public SqlNode visit(SqlLiteral literal) {
        return parameters.getOrDefault(literal, literal);
      }
    };
  }

  /** Finds what stands beside a comparison in WHERE, ON or HAVING. */
  private static final class Finder extends SqlBasicVisitor<Void> {
    private final SqlText read;
    private final SqlShape shape;
    private final List<SqlLiteral> found = new ArrayList<>();
    private final List<Constant> constants = new ArrayList<>();
    private final NumberedRows numbered;
    private boolean parameters;

    Finder(SqlText read, SqlShape shape) {
      this.read = read;
      this.shape = shape;
      this.numbered = NumberedRows.of(read.node());
    }

    @Override
    public Void visit(SqlDynamicParam parameter) {
      parameters = true;
      return null;
    }

    @Override
    public Void visit(SqlCall call) {
      if (call instanceof SqlSelect select) {
        Optional.ofNullable(select.getWhere()).ifPresent(this::condition);
        Optional.ofNullable(select.getHaving()).ifPresent(this::condition);
      }
      if (call instanceof SqlJoin join) {
        Optional.ofNullable(join.getCondition()).ifPresent(this::condition);
      }
      return super.visit(call);
    }

    private void condition(SqlNode node) {
      if (!(node instanceof SqlCall call) || found.size() > MOST) {
        return;
      }
      SqlKind kind = call.getKind();
      if (kind == SqlKind.AND || kind == SqlKind.OR || kind == SqlKind.NOT) {
        call.getOperandList().forEach(this::condition);
      } else if (SqlKind.COMPARISON.contains(kind) || kind == SqlKind.BETWEEN) {
        List<SqlNode> sides = call.getOperandList();
        if (!(sides.get(0) instanceof SqlLiteral && sides.get(1) instanceof SqlLiteral)) {
          boolean number = numbered.mayBeIn(sides);
          sides.forEach(side -> side(side, number));
        }
      }
    }

    /**
     * @param number whether it may be compared with the number of a row
     */
    private void side(SqlNode node, boolean number) {
      if (!(node instanceof SqlLiteral literal)) {
        return;
      }
      SqlParserPos at = literal.getParserPosition();
      int place = read.edits().offset(at.getLineNum(), at.getColumnNum());
      int last = read.edits().offset(at.getEndLineNum(), at.getEndColumnNum());
      shape
          .between(place, last + 1)
          .ifPresent(
              constant ->
                  type(literal, constant, shape.beginsAt(constant, place))
                      .filter(
                          type -> !number || type == SqlTypeName.CHAR || type == SqlTypeName.DATE)
                      .ifPresent(
                          type -> {
                            found.add(literal);
                            constants.add(new Constant(constant, type));
                          }));
    }

    /**
     * The type of a constant that means as a parameter what it means as text.
     *
     * @param bare whether nothing stands before it, such as the word DATE
     */
    private Optional<SqlTypeName> type(SqlLiteral literal, int number, boolean bare) {
      String written = shape.value(number).toString();
      if (!bare) {
        return literal instanceof SqlUnknownLiteral unknown
                && unknown.tag.equals("DATE")
                && written.equals(unknown.getValue())
            ? Optional.of(SqlTypeName.DATE)
            : Optional.empty();
      }
      if (!written.equals(literal.toValue())) {
        return Optional.empty();
      }
      if (literal.getTypeName() == SqlTypeName.CHAR) {
        return Optional.of(SqlTypeName.CHAR);
      }
      return literal instanceof SqlNumericLiteral whole && whole.isInteger()
          ? Optional.of(shape.isInteger(number) ? SqlTypeName.INTEGER : SqlTypeName.BIGINT)
          : Optional.empty();
    }
  }
}
