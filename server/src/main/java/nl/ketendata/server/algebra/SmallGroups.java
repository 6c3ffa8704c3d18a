package nl.ketendata.server.algebra;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Reading;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Policy for those who read groups only: nothing of a single row leaves the tree, and a group of
 * fewer people than allowed is left out.
 *
 * <p>A part of the tree that still holds rows carries, behind its own columns, one column per table
 * in it that says whose row it is. An aggregate over such a part counts whose rows are in each
 * group, keeps the groups that are large enough, and holds rows no more. Counting rows instead
 * would not do: a join can make a thousand of one. What holds rows at the root, or in a sub-query,
 * is refused.
 *
 * <p>It guards against looking, not against somebody who subtracts one total from another.
 */
final class SmallGroups {
  static final String WHO = "_wie";

  private final int smallest;
  private final RexBuilder rex;

  private SmallGroups(int smallest, RexBuilder rex) {
    this.smallest = smallest;
    this.rex = rex;
  }

  /**
   * The tree as this reader may have it; the tree itself for who reads rows.
   *
   * @throws Failure KD612 when it gives single rows, KD613 when a function gives the values of some
   */
  static RelNode leftOut(RelNode tree) {
    Optional<Reading.Grouped> grouped = Grouping.of(tree);
    if (grouped.isEmpty()) {
      return tree;
    }
    return new SmallGroups(grouped.get().smallest(), tree.getCluster().getRexBuilder())
        .withoutRows(tree);
  }

  /**
   * A part of the tree.
   *
   * @param tables in it whose rows it holds; so many columns say whose they are, behind its own
   */
  record Part(RelNode rel, int tables) {
    int width() {
      return rel.getRowType().getFieldCount() - tables;
    }

    List<RexNode> own(RexBuilder rex) {
      return refs(rex, 0, width());
    }

    List<RexNode> who(RexBuilder rex) {
      return refs(rex, width(), width() + tables);
    }

    private List<RexNode> refs(RexBuilder rex, int from, int to) {
      List<RexNode> refs = new ArrayList<>();
      for (int i = from; i < to; i++) {
        refs.add(rex.makeInputRef(rel, i));
      }
      return refs;
    }
  }

  private RelNode withoutRows(RelNode tree) {
    Part part = part(tree);
    if (part.tables() > 0) {
      throw Failure.of(Code.GROUPS_ONLY);
    }
    return part.rel();
  }

  private Part part(RelNode node) {
    if (node instanceof TableScan scan) {
      return scan(scan);
    }
    List<Part> inputs = node.getInputs().stream().map(this::part).toList();
    if (node instanceof Project project) {
      return project(project, inputs.get(0));
    }
    if (node instanceof Filter filter) {
      return new Part(
          LogicalFilter.create(
              inputs.get(0).rel(),
              checked(filter.getCondition(), inputs.get(0).tables()),
              ImmutableSet.copyOf(filter.getVariablesSet())),
          inputs.get(0).tables());
    }
    if (node instanceof Join join) {
      return join(join, inputs.get(0), inputs.get(1));
    }
    if (inputs.stream().allMatch(input -> input.tables() == 0)) {
      return new Part(
          node.copy(node.getTraitSet(), inputs.stream().map(Part::rel).toList()).accept(subQueries),
          0);
    }
    if (node instanceof Aggregate aggregate) {
      return new Part(new LargeGroups(rex, smallest).of(aggregate, inputs.get(0)), 0);
    }
    if (node instanceof Union union && union.all) {
      return union(inputs);
    }
    if (node instanceof Sort sort && sort.offset == null && sort.fetch == null) {
      return new Part(
          sort.copy(sort.getTraitSet(), inputs.get(0).rel(), sort.collation),
          inputs.get(0).tables());
    }
    throw Failure.of(Code.GROUPS_ONLY);
  }

  /** Whose row it is: the client's, or else the message's. */
  private Part scan(TableScan scan) {
    if (scan.getTable().unwrap(RecursiveTable.class) != null) {
      return new Part(scan, 0);
    }
    MountedTable mounted = scan.getTable().unwrap(MountedTable.class);
    if (mounted == null) {
      throw Failure.of(Code.GROUPS_ONLY);
    }
    List<String> names = scan.getRowType().getFieldNames();
    RexNode who = rex.makeInputRef(scan, names.indexOf(mounted.table().key()));
    for (String closer : List.of("Bericht_Id", "Client_Bsn")) {
      if (names.contains(closer)) {
        who = coalesce(rex.makeInputRef(scan, names.indexOf(closer)), who);
      }
    }
    return projected(scan, new Part(scan, 0).own(rex), names, List.of(who));
  }

  private RexNode coalesce(RexNode first, RexNode second) {
    if (!first.getType().isNullable()) {
      return first;
    }
    return rex.makeCall(
        SqlStdOperatorTable.CASE,
        rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, first),
        first,
        second);
  }

  /** A window looks at other rows than those of its group, so it may not stand over rows. */
  private Part project(Project project, Part input) {
    if (input.tables() > 0 && RexOver.containsOver(project.getProjects(), null)) {
      throw Failure.of(Code.GROUPS_ONLY);
    }
    List<RexNode> own =
        project.getProjects().stream().map(each -> checked(each, input.tables())).toList();
    return new Part(
        LogicalProject.create(
            input.rel(),
            project.getHints(),
            with(own, input.who(rex)),
            names(project.getRowType().getFieldNames(), input.tables()),
            project.getVariablesSet()),
        input.tables());
  }

  private Part projected(RelNode input, List<RexNode> own, List<String> names, List<RexNode> who) {
    return new Part(
        LogicalProject.create(input, List.of(), with(own, who), names(names, who.size()), Set.of()),
        who.size());
  }

  private Part join(Join join, Part left, Part right) {
    RexNode condition =
        checked(join.getCondition(), left.tables() + right.tables()).accept(shifted(left));
    RelNode joined =
        LogicalJoin.create(
            left.rel(),
            right.rel(),
            join.getHints(),
            condition,
            join.getVariablesSet(),
            join.getJoinType());
    if (!join.getJoinType().projectsRight()) {
      return new Part(joined, left.tables());
    }
    int second = left.width() + left.tables();
    List<RexNode> own = new ArrayList<>();
    List<RexNode> who = new ArrayList<>();
    for (int i = 0; i < joined.getRowType().getFieldCount(); i++) {
      boolean mine = i < left.width() || i >= second && i < second + right.width();
      (mine ? own : who).add(rex.makeInputRef(joined, i));
    }
    return who.isEmpty()
        ? new Part(joined, 0)
        : projected(joined, own, join.getRowType().getFieldNames(), who);
  }

  /** The right side's columns stand further on: behind those that say whose the left rows are. */
  private RexShuttle shifted(Part left) {
    return new RexShuttle() {
      @Override
      public RexNode visitInputRef(RexInputRef ref) {
        boolean leftSide = ref.getIndex() < left.width();
        return leftSide || left.tables() == 0
            ? ref
            : new RexInputRef(ref.getIndex() + left.tables(), ref.getType());
      }
    };
  }

  private Part union(List<Part> inputs) {
    int tables = inputs.stream().mapToInt(Part::tables).max().orElseThrow();
    RelNode some =
        inputs.stream().filter(i -> i.tables() == tables).findFirst().orElseThrow().rel();
    List<RelNode> padded = new ArrayList<>();
    for (Part input : inputs) {
      List<RexNode> who = new ArrayList<>(input.who(rex));
      while (who.size() < tables) {
        int at = some.getRowType().getFieldCount() - tables + who.size();
        who.add(
            rex.makeNullLiteral(
                rex.getTypeFactory()
                    .createTypeWithNullability(
                        some.getRowType().getFieldList().get(at).getType(), true)));
      }
      List<String> names = input.rel().getRowType().getFieldNames().subList(0, input.width());
      padded.add(projected(input.rel(), input.own(rex), names, who).rel());
    }
    return new Part(LogicalUnion.create(padded, true), tables);
  }

  /** What single rows hold may not end the question, see {@link Unfailing}. */
  private RexNode checked(RexNode node, int tables) {
    RexNode checked = node.accept(subQueries);
    return tables > 0 || Unfailing.looksAtRowAround(checked)
        ? checked.accept(new Unfailing(rex))
        : checked;
  }

  /** Two rows where one is expected would end the question, and tell of the row around them. */
  private static void refuseManyRows(RexSubQuery query) {
    boolean one =
        query.rel instanceof Aggregate total && total.getGroupCount() == 0
            || query.rel instanceof Project project
                && project.getInput() instanceof Aggregate below
                && below.getGroupCount() == 0;
    if (query.getKind() == SqlKind.SCALAR_QUERY
        && !one
        && !RelOptUtil.getVariablesUsed(query.rel).isEmpty()) {
      throw Failure.of(Code.OTHER_WAY, "(SELECT x …)", "(SELECT MAX(x) …)");
    }
  }

  private final RexShuttle subQueries =
      new RexShuttle() {
        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
          refuseManyRows(query);
          RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
          return visited.clone(withoutRows(visited.rel));
        }
      };

  private static List<RexNode> with(List<RexNode> own, List<RexNode> who) {
    List<RexNode> all = new ArrayList<>(own);
    all.addAll(who);
    return all;
  }

  private static List<String> names(List<String> own, int who) {
    List<String> names = new ArrayList<>(own);
    for (int i = 0; i < who; i++) {
      names.add(WHO + i);
    }
    return names;
  }

  /** Finds how the tables of a tree are read, also in its sub-queries. */
  private static final class Grouping {
    private Optional<Reading.Grouped> found = Optional.empty();

    static Optional<Reading.Grouped> of(RelNode tree) {
      Grouping grouping = new Grouping();
      grouping.look(tree);
      return grouping.found;
    }

    private void look(RelNode node) {
      if (node instanceof TableScan scan) {
        MountedTable mounted = scan.getTable().unwrap(MountedTable.class);
        if (mounted != null && mounted.snapshot().reading() instanceof Reading.Grouped grouped) {
          found = Optional.of(grouped);
        }
      }
      node.getInputs().forEach(this::look);
      node.accept(
          new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
              look(query.rel);
              return super.visitSubQuery(query);
            }
          });
    }
  }
}
