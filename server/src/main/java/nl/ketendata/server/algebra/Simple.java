package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.ketendata.server.lookup.Lookup;
import nl.ketendata.server.lookup.Lookup.By;
import nl.ketendata.server.lookup.Lookup.Condition;
import nl.ketendata.server.store.DataVersion;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelFieldCollation.NullDirection;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Trees that say no more than a {@link Lookup} can: columns of one stored table under conditions,
 * in an order, within limits. It is read from the tree that the store's SQL is written from, so
 * policy and all other rewrites were applied; whatever it does not know makes a tree not simple.
 *
 * @param fields of the node, as columns of the table
 */
record Simple(
    StoredTable.Part table,
    List<Condition> conditions,
    List<String> fields,
    List<By> order,
    boolean limited,
    long skip,
    long top) {

  static Optional<Lookup> of(RelNode tree) {
    return counted(tree)
        .flatMap(Simple::read)
        .map(rows -> rows.lookup(true))
        .or(() -> read(tree).map(rows -> rows.lookup(false)))
        .or(() -> Related.of(tree));
  }

  Lookup lookup(boolean counts) {
    DataVersion version = table.version();
    return new Lookup(
        version.gemeente(),
        version.product(),
        version.number(),
        table.columns(),
        conditions,
        counts ? List.of() : fields,
        order,
        skip,
        top,
        counts,
        Optional.empty());
  }

  /** The rows that belong to outer rows, with these columns and in this order for each. */
  Lookup related(List<String> names, List<By> by, Lookup.Outer outer) {
    DataVersion version = table.version();
    return new Lookup(
        version.gemeente(),
        version.product(),
        version.number(),
        table.columns(),
        conditions,
        names,
        by,
        0,
        Long.MAX_VALUE,
        false,
        Optional.of(outer));
  }

  /** The rows whose number a tree is. */
  private static Optional<RelNode> counted(RelNode tree) {
    return tree instanceof Project project
            && project.getProjects().size() == 1
            && field(project.getProjects().get(0)).isPresent()
            && project.getInput() instanceof Aggregate aggregate
            && isCount(aggregate)
        ? Optional.of(aggregate.getInput())
        : Optional.empty();
  }

  /** Which field a value is, also when it is a number that is cast to the type that it has. */
  static Optional<Integer> field(RexNode node) {
    return uncast(node) instanceof RexInputRef ref ? Optional.of(ref.getIndex()) : Optional.empty();
  }

  private static RexNode uncast(RexNode node) {
    return node.getKind() == SqlKind.CAST
            && node.getType().getSqlTypeName() == SqlTypeName.BIGINT
            && ((RexCall) node).getOperands().get(0).getType().getSqlTypeName()
                == SqlTypeName.BIGINT
        ? ((RexCall) node).getOperands().get(0)
        : node;
  }

  private static boolean isCount(Aggregate aggregate) {
    if (aggregate.getGroupCount() > 0
        || aggregate.getGroupSets().size() != 1
        || aggregate.getAggCallList().size() != 1) {
      return false;
    }
    AggregateCall call = aggregate.getAggCallList().get(0);
    return call.getAggregation().getKind() == SqlKind.COUNT
        && call.getArgList().isEmpty()
        && !call.isDistinct()
        && !call.hasFilter();
  }

  /** The rows of a tree; empty when it is not simple. */
  static Optional<Simple> read(RelNode node) {
    if (node instanceof TableScan scan) {
      return Optional.ofNullable(scan.getTable().unwrap(StoredTable.class))
          .flatMap(StoredTable::part)
          .map(
              table ->
                  new Simple(
                      table,
                      List.of(),
                      scan.getRowType().getFieldNames(),
                      List.of(),
                      false,
                      0,
                      Long.MAX_VALUE));
    }
    if (node instanceof Filter filter) {
      return read(filter.getInput()).flatMap(input -> input.filtered(filter));
    }
    if (node instanceof Project project) {
      return read(project.getInput()).flatMap(input -> input.projected(project));
    }
    return node instanceof Sort sort
        ? read(sort.getInput()).flatMap(input -> input.sorted(sort))
        : Optional.empty();
  }

  private Optional<Simple> filtered(Filter filter) {
    if (limited) {
      return Optional.empty();
    }
    RexNode whole =
        RexUtil.expandSearch(filter.getCluster().getRexBuilder(), null, filter.getCondition());
    List<Condition> all = new ArrayList<>(conditions);
    for (RexNode part : RelOptUtil.conjunctions(whole)) {
      Optional<Condition> condition = new SimpleCondition(fields).of(part);
      if (condition.isEmpty()) {
        return Optional.empty();
      }
      all.add(condition.get());
    }
    return Optional.of(new Simple(table, all, fields, order, false, skip, top));
  }

  private Optional<Simple> projected(Project project) {
    List<String> kept = new ArrayList<>();
    for (RexNode value : project.getProjects()) {
      if (limited && isRowNumber(uncast(value))) {
        kept.add(Lookup.ORDINAL);
      } else if (field(value).isPresent()) {
        kept.add(fields.get(field(value).get()));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new Simple(table, conditions, kept, order, limited, skip, top));
  }

  /** The number of a row in the order that the rows have. */
  private boolean isRowNumber(RexNode value) {
    if (!(value instanceof RexOver over)
        || over.getKind() != SqlKind.ROW_NUMBER
        || !over.getWindow().partitionKeys.isEmpty()) {
      return false;
    }
    List<By> by = new ArrayList<>();
    for (RexFieldCollation each : over.getWindow().orderKeys) {
      if (each.getNullDirection() == NullDirection.UNSPECIFIED
          || !(each.getKey() instanceof RexInputRef ref)) {
        return false;
      }
      by.add(
          new By(
              fields.get(ref.getIndex()),
              each.getDirection().isDescending(),
              each.getNullDirection() == NullDirection.FIRST));
    }
    return !by.isEmpty() && by.equals(order);
  }

  /** A sort that changes nothing: one that keeps rows apart, or puts them as they are numbered. */
  private boolean keepsAll(Sort sort) {
    List<RelFieldCollation> by = sort.getCollation().getFieldCollations();
    return limited
        && sort.fetch == null
        && isNumber(sort.offset)
        && number(sort.offset, 0) == 0
        && (by.isEmpty()
            || fields.get(by.get(0).getFieldIndex()).equals(Lookup.ORDINAL)
                && !by.get(0).getDirection().isDescending());
  }

  private Optional<Simple> sorted(Sort sort) {
    if (keepsAll(sort)) {
      return Optional.of(this);
    }
    if (limited || !isNumber(sort.offset) || !isNumber(sort.fetch)) {
      return Optional.empty();
    }
    return order(sort.getCollation().getFieldCollations(), fields)
        .map(
            by ->
                new Simple(
                    table,
                    conditions,
                    fields,
                    by.isEmpty() ? order : unlessAsTheyLie(by),
                    sort.offset != null || sort.fetch != null,
                    number(sort.offset, 0),
                    number(sort.fetch, Long.MAX_VALUE)));
  }

  /** The criteria of an order; empty when it does not say where null comes. */
  static Optional<List<By>> order(List<RelFieldCollation> collations, List<String> fields) {
    List<By> by = new ArrayList<>();
    for (RelFieldCollation each : collations) {
      String field = fields.get(each.getFieldIndex());
      if (each.nullDirection == NullDirection.UNSPECIFIED && !field.equals(DataVersion.POSITION)) {
        return Optional.empty();
      }
      by.add(
          new By(
              field,
              each.getDirection().isDescending(),
              each.nullDirection == NullDirection.FIRST));
    }
    return Optional.of(by);
  }

  /** Rows lie in the order of their positions. */
  private static List<By> unlessAsTheyLie(List<By> by) {
    By first = by.get(0);
    return first.column().equals(DataVersion.POSITION) && !first.descending() ? List.of() : by;
  }

  private static boolean isNumber(RexNode limit) {
    return limit == null || limit instanceof RexLiteral;
  }

  private static long number(RexNode limit, long otherwise) {
    return limit == null
        ? otherwise
        : RexLiteral.bigDecimalValue(limit).min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
  }
}
