package nl.ketendata.server.algebra;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * Counts what makes a statement expensive to plan or to run, as it will be written out: a common
 * table expression counts wherever it is used, and an argument that is written twice counts twice.
 */
final class StatementSize extends SqlBasicVisitor<Void> {
  private static final int DEEPEST = 500;
  private static final int MOST_NODES = 20_000;
  private static final int MOST_JOINS = 30;
  private static final int MOST_SET_OPERATIONS = 16;
  private static final int MOST_GROUPINGS = 1_024;
  private static final int MOST_SELECTS_DEEP = 20;
  private static final int MOST_STARS = 60;

  private record Weight(long nodes, long joins, long setOperations) {
    Weight minus(Weight other) {
      return new Weight(
          nodes - other.nodes, joins - other.joins, setOperations - other.setOperations);
    }

    Weight times(long times) {
      return new Weight(nodes * times, joins * times, setOperations * times);
    }
  }

  private final Map<String, Weight> named = new HashMap<>();
  private Weight total = new Weight(0, 0, 0);
  private long times = 1;
  private int depth;
  private int selects;
  private int stars;

  private StatementSize() {}

  /**
   * Checks a query.
   *
   * @throws Failure KD412 or KD413
   */
  static void check(SqlNode query) {
    query.accept(new StatementSize());
  }

  @Override
  public Void visit(SqlLiteral literal) {
    add(new Weight(times, 0, 0));
    return null;
  }

  @Override
  public Void visit(SqlIdentifier identifier) {
    add(new Weight(times, 0, 0));
    if (identifier.isStar()) {
      limit("SELECT *", ++stars, MOST_STARS);
    }
    if (identifier.isSimple()) {
      Weight use = named.get(key(identifier));
      if (use != null) {
        add(use.times(times));
      }
    }
    return null;
  }

  private static String key(SqlIdentifier identifier) {
    return identifier.getSimple().toUpperCase(Locale.ROOT);
  }

  @Override
  public Void visit(SqlCall call) {
    if (++depth > DEEPEST) {
      throw Failure.of(Code.TOO_DEEP, "> " + DEEPEST, DEEPEST);
    }
    boolean join = call instanceof SqlJoin;
    boolean setOperation = call.getOperator() instanceof SqlSetOperator;
    add(new Weight(1, join ? 1 : 0, setOperation ? 1 : 0).times(times));
    if (call instanceof SqlWithItem item) {
      define(item);
    } else if (call instanceof SqlSelect select) {
      visit(select);
    } else {
      visitOperands(call);
    }
    depth--;
    return null;
  }

  private void visitOperands(SqlCall call) {
    List<SqlNode> operands = call.getOperandList();
    for (int i = 0; i < operands.size(); i++) {
      SqlNode operand = operands.get(i);
      if (operand != null) {
        int written = Rewritten.times(call, i);
        times *= written;
        operand.accept(this);
        times /= written;
      }
    }
  }

  /** Several of them side by side give every combination. */
  private static long groupings(SqlNode by) {
    if (by instanceof SqlNodeList list) {
      return list.stream().mapToLong(StatementSize::groupings).reduce(1, StatementSize::product);
    }
    return switch (by.getKind()) {
      case ROLLUP -> ((SqlCall) by).operandCount() + 1L;
      case CUBE -> 1L << Math.min(30, ((SqlCall) by).operandCount());
      case GROUPING_SETS ->
          ((SqlCall) by).getOperandList().stream().mapToLong(StatementSize::groupings).sum();
      default -> 1;
    };
  }

  private static long product(long a, long b) {
    return Math.min(1L << 30, a * b);
  }

  /** What a column of the answer is made of stands again wherever the others use its alias. */
  private void visit(SqlSelect select) {
    if (++selects > MOST_SELECTS_DEEP) {
      throw Failure.of(Code.TOO_DEEP, "> " + MOST_SELECTS_DEEP, MOST_SELECTS_DEEP);
    }
    if (select.getGroup() != null) {
      limit("GROUPING SETS", groupings(select.getGroup()), MOST_GROUPINGS);
    }
    Map<String, Weight> outside = new HashMap<>(named);
    Map<String, Weight> aliases = new HashMap<>();
    for (SqlNode item : select.getSelectList()) {
      Weight before = total;
      item.accept(this);
      if (item.getKind() == SqlKind.AS) {
        aliases.put(key(((SqlCall) item).operand(1)), total.minus(before));
      }
    }
    int selectList = select.getOperandList().indexOf(select.getSelectList());
    List<SqlNode> operands = select.getOperandList();
    for (int i = 0; i < operands.size(); i++) {
      SqlNode operand = operands.get(i);
      if (operand != null && i != selectList) {
        boolean source = operand == select.getFrom() || operand == select.getWhere();
        if (!source) {
          named.putAll(aliases);
        }
        operand.accept(this);
      }
    }
    named.clear();
    named.putAll(outside);
    selects--;
  }

  private void define(SqlWithItem item) {
    Weight before = total;
    item.query.accept(this);
    named.put(key(item.name), total.minus(before));
  }

  private void add(Weight more) {
    total =
        new Weight(
            total.nodes + more.nodes,
            total.joins + more.joins,
            total.setOperations + more.setOperations);
    limit("SQL", total.nodes, MOST_NODES);
    limit("JOIN", total.joins, MOST_JOINS);
    limit("UNION/INTERSECT/EXCEPT", total.setOperations, MOST_SET_OPERATIONS);
  }

  private static void limit(String what, long found, int most) {
    if (found > most) {
      throw Failure.of(Code.TOO_LARGE, what, "> " + most, most);
    }
  }
}
