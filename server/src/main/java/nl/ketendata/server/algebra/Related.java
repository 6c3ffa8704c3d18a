package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.server.lookup.Lookup;
import nl.ketendata.server.lookup.Lookup.By;
import nl.ketendata.server.store.DataVersion;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/**
 * The rows of an expand, when they and the page that they belong to are both simple: a join on one
 * column, sorted by the outer row and then by columns of their own.
 *
 * @param rows what is joined to the page
 * @param page the outer rows
 * @param fields of the join, as columns of the rows; {@link Lookup#ORDINAL} for what says to which
 *     outer row a row belongs, and nothing for another column of the page
 */
record Related(Simple rows, Simple page, List<String> fields, Lookup.Outer outer) {
  private static final String NONE = "";

  static Optional<Lookup> of(RelNode tree) {
    if (!(tree instanceof Sort sort) || sort.fetch != null || sort.offset != null) {
      return Optional.empty();
    }
    return columns(sort.getInput())
        .flatMap(columns -> order(sort, columns.names).map(order -> columns.lookup(order)));
  }

  /** The columns of an answer, of a join below. */
  private record Columns(Related related, List<String> names) {
    Lookup lookup(List<By> order) {
      return related.rows.related(names, order, related.outer);
    }
  }

  private static Optional<Columns> columns(RelNode node) {
    if (node instanceof Join join) {
      return of(join).map(related -> new Columns(related, related.fields));
    }
    if (!(node instanceof Project project)) {
      return Optional.empty();
    }
    return columns(project.getInput()).flatMap(input -> projected(project, input));
  }

  private static Optional<Columns> projected(Project project, Columns input) {
    List<String> names = new ArrayList<>();
    for (RexNode value : project.getProjects()) {
      String name = Simple.field(value).map(input.names::get).orElse(NONE);
      if (name.equals(NONE)) {
        return Optional.empty();
      }
      names.add(name);
    }
    return Optional.of(new Columns(input.related, names));
  }

  /** The order within an outer row; outer rows come first in all of them. */
  private static Optional<List<By>> order(Sort sort, List<String> names) {
    List<RelFieldCollation> all = sort.getCollation().getFieldCollations();
    if (all.isEmpty()
        || !names.get(all.get(0).getFieldIndex()).equals(Lookup.ORDINAL)
        || all.get(0).getDirection().isDescending()) {
      return Optional.empty();
    }
    return Simple.order(all.subList(1, all.size()), names)
        .filter(order -> order.stream().noneMatch(by -> by.column().equals(Lookup.ORDINAL)));
  }

  private static Optional<Related> of(Join join) {
    if (join.getJoinType() != JoinRelType.INNER
        || !(join.getCondition() instanceof RexCall equal)
        || equal.getKind() != SqlKind.EQUALS
        || !(equal.getOperands().get(0) instanceof RexInputRef own)
        || !(equal.getOperands().get(1) instanceof RexInputRef key)) {
      return Optional.empty();
    }
    int width = join.getLeft().getRowType().getFieldCount();
    Function<Simple, Optional<Related>> withPage =
        rows ->
            Simple.read(join.getRight())
                .filter(Simple::limited)
                .flatMap(page -> joined(rows, own.getIndex(), page, key.getIndex() - width));
    return own.getIndex() >= width || key.getIndex() < width
        ? Optional.empty()
        : Simple.read(join.getLeft())
            .filter(rows -> !rows.limited() && rows.order().isEmpty())
            .flatMap(withPage);
  }

  private static Optional<Related> joined(Simple rows, int own, Simple page, int key) {
    boolean numbered = page.fields().contains(Lookup.ORDINAL);
    String ordinal = numbered ? Lookup.ORDINAL : DataVersion.POSITION;
    boolean inOrder =
        numbered
            || page.order().isEmpty()
            || page.order().get(0).column().equals(ordinal) && !page.order().get(0).descending();
    String ownColumn = rows.fields().get(own);
    String keyColumn = page.fields().get(key);
    if (!inOrder || !isText(rows, ownColumn) || !isText(page, keyColumn)) {
      return Optional.empty();
    }
    List<String> fields = new ArrayList<>(rows.fields());
    page.fields().forEach(field -> fields.add(field.equals(ordinal) ? Lookup.ORDINAL : NONE));
    Lookup.Outer outer = new Lookup.Outer(page.lookup(false), keyColumn, ownColumn, numbered);
    return Optional.of(new Related(rows, page, fields, outer));
  }

  private static boolean isText(Simple rows, String column) {
    return rows.table()
        .columns()
        .column(column)
        .map(Column::type)
        .equals(Optional.of(ColumnType.STRING));
  }
}
