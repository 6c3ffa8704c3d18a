package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * Leaves out of each table that a statement reads the columns that nothing else in the statement
 * names. The engine would find out by itself, but has to look at each of them first, and for a
 * correlated sub-query it carries all of them along: half of the time of a {@code NOT EXISTS}.
 *
 * <p>A table stands in FROM as a select of plain columns, or as several of those with UNION ALL
 * between them. A name that is used at all counts for every table that has it.
 */
final class UnnamedColumns extends SqlBasicVisitor<Void> {
  private final Set<String> named = new HashSet<>();
  private final List<List<SqlSelect>> tables = new ArrayList<>();

  private UnnamedColumns() {}

  static void leaveOut(SqlNode statement) {
    UnnamedColumns columns = new UnnamedColumns();
    statement.accept(columns);
    columns.tables.forEach(columns::leaveOut);
  }

  @Override
  public Void visit(SqlIdentifier identifier) {
    identifier.names.forEach(name -> named.add(key(name)));
    return null;
  }

  @Override
  public Void visit(SqlCall call) {
    if (call instanceof SqlSelect select) {
      read(select, isStar(select));
      return null;
    }
    if (call.getKind() == SqlKind.EXISTS && call.operand(0) instanceof SqlSelect select) {
      read(select, false);
      return null;
    }
    return super.visit(call);
  }

  private static boolean isStar(SqlSelect select) {
    return select.getSelectList().stream()
        .anyMatch(each -> each instanceof SqlIdentifier identifier && identifier.isStar());
  }

  /**
   * @param whole whether every column of what it reads comes out
   */
  private void read(SqlSelect select, boolean whole) {
    for (SqlNode part : select.getOperandList()) {
      if (part != null && part == select.getFrom()) {
        from(part, whole);
      } else if (part != null) {
        part.accept(this);
      }
    }
  }

  private void from(SqlNode node, boolean whole) {
    if (node instanceof SqlJoin join) {
      from(join.getLeft(), whole);
      from(join.getRight(), whole);
      Optional.ofNullable(join.getCondition()).ifPresent(on -> on.accept(this));
      return;
    }
    List<SqlSelect> table = whole ? List.of() : table(node);
    if (table.isEmpty()) {
      node.accept(this);
      return;
    }
    tables.add(table);
    table.forEach(this::rest);
  }

  /** All that a select of a table names, but for the columns that it may do without. */
  private void rest(SqlSelect select) {
    for (SqlNode part : select.getOperandList()) {
      if (part != null && part != select.getSelectList()) {
        part.accept(this);
      }
    }
    select.getSelectList().stream()
        .filter(item -> !isPlain(item))
        .forEach(item -> item.accept(this));
  }

  /** The selects that are one table together; none when it is something else. */
  private static List<SqlSelect> table(SqlNode node) {
    SqlNode query = node;
    if (node.getKind() == SqlKind.AS) {
      SqlCall as = (SqlCall) node;
      if (as.operandCount() > 2) {
        return List.of();
      }
      query = as.operand(0);
    }
    List<SqlSelect> selects = new ArrayList<>();
    return isTable(query, selects) ? selects : List.of();
  }

  private static boolean isTable(SqlNode query, List<SqlSelect> selects) {
    if (query instanceof SqlBasicCall union
        && union.getKind() == SqlKind.UNION
        && union.getOperator().getName().equals("UNION ALL")) {
      return union.getOperandList().stream().allMatch(each -> isTable(each, selects));
    }
    if (!(query instanceof SqlSelect select) || !isOfOneTable(select)) {
      return false;
    }
    selects.add(select);
    return select.getSelectList().size() == selects.get(0).getSelectList().size();
  }

  private static boolean isOfOneTable(SqlSelect select) {
    SqlNode from = select.getFrom();
    SqlNode of = from instanceof SqlCall as && as.getKind() == SqlKind.AS ? as.operand(0) : from;
    return of instanceof SqlIdentifier
        && select.getGroup() == null
        && select.getHaving() == null
        && select.getQualify() == null
        && select.getOrderList() == null
        && select.getFetch() == null
        && select.getOffset() == null
        && !select.isDistinct()
        && select.getSelectList().stream().allMatch(item -> name(item).isPresent());
  }

  /** Without it there are as many rows, with the same in their other columns. */
  private static boolean isPlain(SqlNode item) {
    SqlNode value = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
    SqlNode within = value.getKind() == SqlKind.CAST ? ((SqlCall) value).operand(0) : value;
    return within instanceof SqlIdentifier || within.getKind() == SqlKind.LITERAL;
  }

  private static Optional<String> name(SqlNode item) {
    SqlNode named = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(1) : item;
    return named instanceof SqlIdentifier identifier && !identifier.isStar()
        ? Optional.of(key(identifier.names.get(identifier.names.size() - 1)))
        : Optional.empty();
  }

  /** The engine tells names apart without their case. */
  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** One column always stays. */
  private void leaveOut(List<SqlSelect> table) {
    List<Integer> kept =
        IntStream.range(0, table.get(0).getSelectList().size())
            .filter(column -> isRead(table, column))
            .boxed()
            .toList();
    for (SqlSelect select : table) {
      SqlNodeList items = select.getSelectList();
      List<Integer> columns = kept.isEmpty() ? List.of(0) : kept;
      List<SqlNode> read = columns.stream().map(items::get).toList();
      select.setSelectList(new SqlNodeList(read, items.getParserPosition()));
    }
  }

  private boolean isRead(List<SqlSelect> table, int column) {
    return named.contains(name(table.get(0).getSelectList().get(column)).orElseThrow())
        || !table.stream().allMatch(select -> isPlain(select.getSelectList().get(column)));
  }
}
