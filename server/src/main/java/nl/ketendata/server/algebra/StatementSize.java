package nl.ketendata.server.algebra;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
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
  private static final int MOST_CUBE_COLUMNS = 12;

  /** What is written with an argument twice, by Calcite or by us. */
  private static final Set<String> DOUBLING =
      Set.of(
          "COALESCE",
          "NULLIF",
          "BETWEEN",
          "CEIL",
          "CEILING",
          "FLOOR",
          "SUBSTRING",
          "LEFT",
          "RIGHT",
          "CAST");

  private record Weight(long nodes, int joins, int setOperations) {
    Weight minus(Weight other) {
      return new Weight(
          nodes - other.nodes, joins - other.joins, setOperations - other.setOperations);
    }
  }

  private final Map<String, Weight> named = new HashMap<>();
  private Weight total = new Weight(0, 0, 0);
  private long times = 1;
  private int depth;
  private int cubeColumns;

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
    if (identifier.isSimple()) {
      Weight use = named.get(key(identifier));
      if (use != null) {
        add(use);
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
    add(new Weight(times, join ? 1 : 0, setOperation ? 1 : 0));
    if (call.getKind() == SqlKind.CUBE) {
      cubeColumns += call.operandCount();
      limit("CUBE", cubeColumns, MOST_CUBE_COLUMNS);
    }
    if (call instanceof SqlWithItem item) {
      define(item);
    } else if (DOUBLING.contains(call.getOperator().getName().toUpperCase(Locale.ROOT))) {
      times *= 2;
      super.visit(call);
      times /= 2;
    } else {
      super.visit(call);
    }
    depth--;
    return null;
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
