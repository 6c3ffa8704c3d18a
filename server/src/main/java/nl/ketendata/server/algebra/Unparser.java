package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.lookup.Lookup;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.pretty.SqlPrettyWriter;

/** The tail of every road: small groups, policy, parity, then the store's SQL. */
final class Unparser {
  private static final Types FACTORY = new Types(Effort.unlimited());

  private Unparser() {}

  /**
   * A statement.
   *
   * @param parameters the numbers of those that it takes; a rewrite may have left some out
   * @param lookup the same question, when it is a simple one
   */
  record Written(String sql, Set<Integer> parameters, Optional<Lookup> lookup) {
    Written {
      parameters = Set.copyOf(parameters);
    }
  }

  /** The SQL of a tree over mounted tables. */
  static String sql(RelNode tree) {
    return written(tree).sql;
  }

  static Written written(RelNode tree) {
    RelNode apart = tree.accept(new WideTables()).accept(new OwnGemeente());
    RelNode allowed = SmallGroups.leftOut(apart);
    RelNode mounted = UnusedJoins.leftOut(allowed).accept(new Mounting());
    RexBuilder rex = tree.getCluster().getRexBuilder();
    RelNode same = TreeSize.checked(mounted.accept(new Parity(rex)));
    RelNode typed = OutputTypes.of(same, tree.getRowType()).accept(new StoreNames());
    SqlNode statement = new StoreSql(Effort.of(tree)).visitRoot(typed).asStatement();
    UnnamedColumns.leaveOut(statement);
    NumberedParameters writer = new NumberedParameters();
    statement.unparse(writer, 0, 0);
    return new Written(writer.toString(), writer.parameters, Simple.of(typed));
  }

  /** The columns of a row type; none of them has an origin. */
  static List<PlanColumn> columns(RelDataType row) {
    List<PlanColumn> columns = new ArrayList<>();
    for (RelDataTypeField field : row.getFieldList()) {
      columns.add(column(field.getName(), field.getType(), List.of()));
    }
    return columns;
  }

  static PlanColumn column(String label, RelDataType from, List<String> origin) {
    RelDataType type = Types.shown(from, FACTORY);
    int precision = type.getPrecision();
    return new PlanColumn(
        label,
        type.getSqlTypeName().getJdbcOrdinal(),
        type.getSqlTypeName().getName(),
        Math.max(0, precision),
        type.getScale() == RelDataType.SCALE_NOT_SPECIFIED ? 0 : type.getScale(),
        type.isNullable(),
        origin);
  }

  /** Parameters by number: a rewrite may change their order or use one twice. */
  private static final class NumberedParameters extends SqlPrettyWriter {
    private static final int MOST_WORDS = 200_000;
    private final Set<Integer> parameters = new HashSet<>();
    private int words;

    NumberedParameters() {
      super(
          SqlPrettyWriter.config()
              .withDialect(StoreDialect.INSTANCE)
              .withAlwaysUseParentheses(false)
              .withSelectListItemsOnSeparateLines(false)
              .withQuoteAllIdentifiers(true)
              .withIndentation(0));
    }

    /** Comes after every word: selects inside each other may be written as one that is large. */
    @Override
    public void setNeedWhitespace(boolean needed) {
      if (++words > MOST_WORDS) {
        throw Failure.of(Code.TOO_LARGE, "SQL", "> " + MOST_WORDS, MOST_WORDS);
      }
      super.setNeedWhitespace(needed);
    }

    @Override
    public void dynamicParam(int index) {
      parameters.add(index);
      print("$" + (index + 1));
      setNeedWhitespace(true);
    }
  }
}
