package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/**
 * A tree in words: one line per node, what it works on indented below it, with the names that were
 * asked by. It is the tree before policy: it names no files, no other gemeente and no rule.
 */
final class Explanation {
  private final List<String> lines = new ArrayList<>();

  private Explanation() {}

  static List<String> of(RelNode tree) {
    Explanation explanation = new Explanation();
    explanation.add(tree, "");
    return explanation.lines;
  }

  private void add(RelNode node, String indent) {
    lines.add(indent + words(node));
    List<RelNode> queries = new ArrayList<>();
    node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery query) {
            queries.add(query.rel);
            return query;
          }
        });
    for (RelNode query : queries) {
      lines.add(indent + "  (SELECT)");
      add(query, indent + "    ");
    }
    node.getInputs().forEach(input -> add(input, indent + "  "));
  }

  private static String words(RelNode node) {
    if (node instanceof TableScan scan) {
      return "FROM " + String.join(".", scan.getTable().getQualifiedName());
    }
    if (node instanceof Project project) {
      return "SELECT " + named(project);
    }
    if (node instanceof Filter filter) {
      return "WHERE " + text(filter.getCondition(), names(filter.getInput()));
    }
    if (node instanceof Join join) {
      return join.getJoinType() + " JOIN ON " + text(join.getCondition(), names(join));
    }
    if (node instanceof Correlate correlate) {
      return correlate.getJoinType() + " JOIN LATERAL";
    }
    if (node instanceof Aggregate aggregate) {
      return aggregated(aggregate);
    }
    if (node instanceof Sort sort) {
      return sorted(sort);
    }
    if (node instanceof SetOp operation) {
      return operation.kind + (operation.all ? " ALL" : "");
    }
    if (node instanceof RepeatUnion recursion) {
      return "WITH RECURSIVE UNION" + (recursion.all ? " ALL" : "");
    }
    return node instanceof Values values
        ? "VALUES " + values.getTuples().size() + " x " + values.getRowType().getFieldCount()
        : node.getRelTypeName();
  }

  private static List<String> names(RelNode node) {
    if (node instanceof Join join) {
      List<String> both = new ArrayList<>(join.getLeft().getRowType().getFieldNames());
      both.addAll(join.getRight().getRowType().getFieldNames());
      return both;
    }
    return node.getRowType().getFieldNames();
  }

  /** Columns by their names; a sub-query is shown below the line. */
  private static String text(RexNode node, List<String> names) {
    return node.accept(
            new RexShuttle() {
              @Override
              public RexNode visitInputRef(RexInputRef ref) {
                return new NamedColumn(names.get(ref.getIndex()), ref);
              }

              @Override
              public RexNode visitSubQuery(RexSubQuery query) {
                return new NamedColumn(query.getOperator().getName() + " (SELECT)", query);
              }
            })
        .toString();
  }

  private static String named(Project project) {
    List<String> names = names(project.getInput());
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < project.getProjects().size(); i++) {
      String value = text(project.getProjects().get(i), names);
      String name = project.getRowType().getFieldNames().get(i);
      columns.add(value.equals(name) ? name : value + " AS " + name);
    }
    return String.join(", ", columns);
  }

  private static String aggregated(Aggregate aggregate) {
    List<String> names = names(aggregate.getInput());
    String keys =
        aggregate.getGroupSets().stream()
            .map(set -> set.toList().stream().map(names::get).collect(Collectors.joining(", ")))
            .map(set -> "(" + set + ")")
            .collect(Collectors.joining(", "));
    String values =
        aggregate.getAggCallList().stream()
            .map(call -> called(call, names))
            .collect(Collectors.joining(", "));
    return ("GROUP BY " + keys + " " + values).strip();
  }

  private static String called(AggregateCall call, List<String> names) {
    String of = call.getArgList().stream().map(names::get).collect(Collectors.joining(", "));
    return call.getAggregation().getName()
        + "("
        + (call.isDistinct() ? "DISTINCT " : "")
        + (of.isEmpty() ? "*" : of)
        + ")"
        + (call.hasFilter() ? " FILTER (WHERE " + names.get(call.filterArg) + ")" : "");
  }

  private static String sorted(Sort sort) {
    List<String> names = names(sort.getInput());
    StringBuilder words = new StringBuilder();
    for (RelFieldCollation by : sort.getCollation().getFieldCollations()) {
      words.append(words.isEmpty() ? "ORDER BY " : ", ").append(names.get(by.getFieldIndex()));
      words.append(by.getDirection().isDescending() ? " DESC" : "");
    }
    words.append(sort.offset == null ? "" : " OFFSET " + sort.offset);
    words.append(sort.fetch == null ? "" : " LIMIT " + sort.fetch);
    return words.toString().strip();
  }
}
