package nl.ketendata.server.algebra;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * The numbers that a statement gives to rows, as in {@code … where r = 1}: of those the engine
 * wants to know which are asked, so as to keep the first of each part instead of sorting all.
 */
final class NumberedRows extends SqlBasicVisitor<Void> {
  private static final Set<String> NUMBERING = Set.of("ROW_NUMBER", "RANK", "DENSE_RANK");

  private final Set<String> names = new HashSet<>();
  private boolean numbering;
  private boolean renames;

  private NumberedRows() {}

  static NumberedRows of(SqlNode statement) {
    NumberedRows rows = new NumberedRows();
    statement.accept(rows);
    return rows;
  }

  @Override
  public Void visit(SqlCall call) {
    numbering |= isNumbering(call);
    if (call.getKind() == SqlKind.AS) {
      renames |= call.operandCount() > 2;
      if (numbers(call.operand(0))) {
        names.add(key((SqlIdentifier) call.operand(1)));
      }
    }
    renames |= call instanceof SqlWithItem item && item.columnList != null;
    return super.visit(call);
  }

  private static boolean isNumbering(SqlCall call) {
    return NUMBERING.contains(call.getOperator().getName().toUpperCase(Locale.ROOT));
  }

  /** Whether a column, and no query, is made of such a number. */
  private static boolean numbers(SqlNode column) {
    return column instanceof SqlCall call
        && !call.isA(SqlKind.TOP_LEVEL)
        && (isNumbering(call) || call.getOperandList().stream().anyMatch(NumberedRows::numbers));
  }

  private static String key(SqlIdentifier name) {
    return name.names.get(name.names.size() - 1).toLowerCase(Locale.ROOT);
  }

  /** Whether a comparison may be with such a number; of columns that have other names, all may. */
  boolean mayBeIn(List<SqlNode> comparison) {
    return numbering && (renames || comparison.stream().anyMatch(this::isNumber));
  }

  private boolean isNumber(SqlNode node) {
    if (node instanceof SqlIdentifier identifier) {
      return names.contains(key(identifier));
    }
    return node instanceof SqlCall call
        && (isNumbering(call) || call.getOperandList().stream().anyMatch(this::isNumber));
  }
}
