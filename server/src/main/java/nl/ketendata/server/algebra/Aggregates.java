package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.schema.Join;
import nl.ketendata.schema.Table;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.ColumnOf;
import nl.ketendata.server.question.Step.Aggregation;
import nl.ketendata.server.question.Step.Method;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;

/**
 * Aggregates rows by groups. Values of the rows themselves and values of their children are
 * aggregated apart and joined by group, so that a row with two children does not count twice.
 */
final class Aggregates {
  private final RelBuilder builder;
  private final RexBuilder rex;

  /** Where the columns of the last joined children begin. */
  private int offset;

  Aggregates(RelBuilder builder) {
    this.builder = builder;
    this.rex = builder.getRexBuilder();
  }

  /** What is aggregated: its tree, its clock when it is a moment. */
  private record Part(RelNode rel, List<Aggregation> values, List<Optional<ColumnType>> clocks) {}

  Rows of(Rows rows, List<Aggregation> values, Pipeline.Group group) {
    Map<List<String>, List<Aggregation>> byPath = new LinkedHashMap<>();
    values.forEach(
        value -> byPath.computeIfAbsent(value.path(), path -> new ArrayList<>()).add(value));
    boolean complete = !rows.narrowed() || group.keys().isEmpty();
    List<Aggregation> own = byPath.getOrDefault(List.<String>of(), List.of());
    List<Part> parts = new ArrayList<>();
    parts.add(part(complete ? rows : group.start(), complete ? own : List.of(), group));
    if (!complete && !own.isEmpty()) {
      parts.add(part(rows, own, group));
    }
    byPath.forEach(
        (path, each) -> {
          if (!path.isEmpty()) {
            parts.add(children(rows, each, group));
          }
        });
    return joined(rows, parts, values, group);
  }

  private Part part(Rows rows, List<Aggregation> values, Pipeline.Group group) {
    builder.push(rows.rel());
    List<RexNode> nodes = new ArrayList<>();
    for (ColumnOf key : group.keys()) {
      nodes.add(builder.field(rows.field(key.navigations(), key.column())));
    }
    ExpressionCompiler compiler = Pipeline.compiler(builder, rows);
    List<Optional<ColumnType>> clocks = new ArrayList<>();
    for (Aggregation value : values) {
      Optional<Expression> of = value.value().map(Lambdas::asCounts);
      clocks.add(of.flatMap(compiler::clock));
      of.map(compiler::plain).ifPresent(nodes::add);
    }
    return aggregate(nodes, values, clocks, group.keys().size());
  }

  /** Aggregates the rows on the builder: the first nodes are keys, the others the values. */
  private Part aggregate(
      List<RexNode> nodes, List<Aggregation> values, List<Optional<ColumnType>> clocks, int keys) {
    List<RexNode> all = new ArrayList<>(nodes);
    if (all.isEmpty()) {
      all.add(rex.makeLiteral(true));
    }
    builder.project(all, names("_a", all.size()), true);
    List<RelBuilder.AggCall> calls = new ArrayList<>();
    int at = keys;
    for (Aggregation value : values) {
      String name = "_w" + calls.size();
      calls.add(
          value.value().isEmpty()
              ? builder.countStar(name)
              : call(value.method(), name, builder.field(at++)));
    }
    if (keys == 0 && calls.isEmpty()) {
      calls.add(builder.countStar("_een"));
    }
    builder.aggregate(builder.groupKey(builder.fields().subList(0, keys)), calls);
    return new Part(builder.build(), values, clocks);
  }

  private static List<String> names(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  private RelBuilder.AggCall call(Method method, String name, RexNode value) {
    return switch (method) {
      case SUM -> builder.sum(false, name, value);
      case MIN -> builder.min(name, value);
      case MAX -> builder.max(name, value);
      case AVERAGE -> builder.avg(false, name, value);
      case COUNT_DISTINCT -> builder.count(true, name, value);
      case COUNT -> builder.countStar(name);
    };
  }

  /** Aggregates children of the rows. */
  private Part children(Rows rows, List<Aggregation> values, Pipeline.Group group) {
    Snapshot snapshot = rows.snapshot();
    List<String> way = values.get(0).parents();
    List<String> path = values.get(0).children();
    Table owner = rows.owner(way);
    List<String> columns = RowScope.joinColumns(snapshot, owner, path.get(0));
    builder.push(rows.rel());
    List<RexNode> nodes = new ArrayList<>();
    for (ColumnOf key : group.keys()) {
      nodes.add(builder.field(rows.field(key.navigations(), key.column())));
    }
    columns.forEach(column -> nodes.add(builder.field(rows.field(way, column))));
    builder.project(nodes, names("_o", nodes.size()), true);
    List<Optional<ColumnType>> clocks = new ArrayList<>();
    for (int step = 0; step < path.size(); step++) {
      owner = join(snapshot, owner, path.get(step), group.keys().size());
      if (step < path.size() - 1) {
        carry(snapshot, owner, path.get(step + 1), group.keys().size());
      }
    }
    return values(snapshot, owner, values, clocks, group.keys().size());
  }

  /** Joins children to what is on the builder: keys, then the columns to join on. */
  private Table join(Snapshot snapshot, Table owner, String navigation, int keys) {
    Join join = RowScope.navigation(snapshot, owner, navigation);
    Table child = RowScope.table(snapshot, join.child());
    List<String> columns = RowScope.joinColumns(snapshot, join, child);
    builder.push(RowScope.of(snapshot, child, Paths.in(List.of()), Expression.IT, builder).rel());
    List<RexNode> conditions = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      conditions.add(
          builder.call(
              SqlStdOperatorTable.EQUALS,
              builder.field(2, 0, keys + i),
              builder.field(2, 1, RowScope.index(child, columns.get(i)))));
    }
    builder.join(JoinRelType.INNER, conditions);
    offset = keys + columns.size();
    return child;
  }

  /** Keeps keys and what the next children are joined on. */
  private void carry(Snapshot snapshot, Table owner, String navigation, int keys) {
    List<RexNode> nodes = new ArrayList<>(builder.fields().subList(0, keys));
    for (String column : RowScope.joinColumns(snapshot, owner, navigation)) {
      nodes.add(builder.field(offset + RowScope.index(owner, column)));
    }
    builder.project(nodes, names("_o", nodes.size()), true);
  }

  private Part values(
      Snapshot snapshot,
      Table child,
      List<Aggregation> values,
      List<Optional<ColumnType>> clocks,
      int keys) {
    List<RexNode> nodes = new ArrayList<>(builder.fields().subList(0, keys));
    for (Aggregation value : values) {
      Optional<ColumnOf> column = value.value().map(ColumnOf.class::cast);
      column.ifPresent(
          each -> nodes.add(builder.field(offset + RowScope.index(child, each.column()))));
      clocks.add(
          column
              .flatMap(each -> child.column(each.column()))
              .map(Column::type)
              .filter(type -> type == ColumnType.DATETIME || type == ColumnType.INSTANT));
    }
    return aggregate(nodes, values, clocks, keys);
  }

  /** The parts side by side, by group: the first one has every group. */
  private Rows joined(Rows rows, List<Part> parts, List<Aggregation> values, Pipeline.Group group) {
    int keys = group.keys().size();
    builder.push(parts.get(0).rel());
    Map<Aggregation, RexNode> found = new LinkedHashMap<>();
    Map<Aggregation, Optional<ColumnType>> clocks = new LinkedHashMap<>();
    List<Integer> starts = new ArrayList<>(List.of(keys));
    for (Part part : parts.subList(1, parts.size())) {
      int width = builder.fields().size();
      builder.push(part.rel());
      List<RexNode> conditions = new ArrayList<>();
      for (int i = 0; i < keys; i++) {
        conditions.add(
            builder.call(
                SqlStdOperatorTable.IS_NOT_DISTINCT_FROM,
                builder.field(2, 0, i),
                builder.field(2, 1, i)));
      }
      builder.join(JoinRelType.LEFT, conditions);
      starts.add(width + keys);
    }
    for (int p = 0; p < parts.size(); p++) {
      for (int i = 0; i < parts.get(p).values().size(); i++) {
        Aggregation value = parts.get(p).values().get(i);
        found.put(value, orZero(value, builder.field(starts.get(p) + i)));
        clocks.put(value, parts.get(p).clocks().get(i));
      }
    }
    return projected(rows, values, found, clocks, group);
  }

  private RexNode orZero(Aggregation value, RexNode node) {
    boolean number = value.method() == Method.COUNT || value.method() == Method.COUNT_DISTINCT;
    return number
        ? rex.makeCall(
            SqlStdOperatorTable.COALESCE,
            node,
            rex.makeExactLiteral(
                BigDecimal.ZERO, builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT)))
        : node;
  }

  private Rows projected(
      Rows rows,
      List<Aggregation> values,
      Map<Aggregation, RexNode> found,
      Map<Aggregation, Optional<ColumnType>> clocks,
      Pipeline.Group group) {
    Map<String, Rows.Field> fields = new LinkedHashMap<>();
    List<RexNode> nodes = new ArrayList<>();
    for (ColumnOf key : group.keys()) {
      fields.put(
          Rows.path(key.navigations(), key.column()),
          new Rows.Field(nodes.size(), rows.clock(key.navigations(), key.column())));
      nodes.add(builder.field(nodes.size()));
    }
    for (Aggregation value : values) {
      fields.put(value.alias(), new Rows.Field(nodes.size(), clocks.get(value)));
      nodes.add(found.get(value));
    }
    builder.project(nodes, names("_u", nodes.size()), true);
    return new Rows(
        builder.build(),
        rows.snapshot(),
        fields,
        Optional.empty(),
        IntStream.range(0, group.keys().size()).boxed().toList(),
        OptionalInt.empty(),
        1,
        List.of(),
        false);
  }
}
