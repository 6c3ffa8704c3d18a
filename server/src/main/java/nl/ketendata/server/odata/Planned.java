package nl.ketendata.server.odata;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import nl.ketendata.server.odata.json.Layout;
import nl.ketendata.server.odata.model.EntityType;
import nl.ketendata.server.odata.uri.RowOptions;
import nl.ketendata.server.odata.uri.RowOptions.Expansion;
import nl.ketendata.server.odata.uri.RowOptions.Shown;
import nl.ketendata.server.odata.uri.Shape;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.RowsQuestion;
import nl.ketendata.server.question.RowsQuestion.Expand;

/**
 * A question and how its answer is written: both name the same columns in the same order.
 *
 * @param question with the options' own skip and top
 * @param layout of its answer
 */
record Planned(RowsQuestion question, Layout layout) {

  /**
   * @param filter the condition, of the path and the options together
   * @param shown what of the rows is written
   * @param identified whether each row carries its address
   * @param pages how much of related rows one answer holds
   */
  static Planned of(
      RowOptions rows,
      Optional<Expression> filter,
      Shown shown,
      boolean identified,
      RelatedPages pages) {
    List<String> columns = new ArrayList<>();
    if (shown == Shown.ROWS) {
      columns.addAll(rows.select().columns());
    }
    int visible = columns.size();
    String key = rows.type().key();
    boolean linked = shown == Shown.ROWS && rows.expands().stream().anyMatch(pages::cuts);
    boolean needsKey = rows.shape().entity() && identified || linked || columns.isEmpty();
    if (needsKey && !columns.contains(key)) {
      columns.add(key);
    }
    List<Expand> expands = new ArrayList<>();
    List<Layout.Inner> inner = new ArrayList<>();
    if (shown == Shown.ROWS) {
      rows.expands()
          .forEach(expansion -> add(rows.type(), expansion, identified, pages, expands, inner));
    }
    RowsQuestion question =
        new RowsQuestion(
            rows.type().name(),
            columns,
            rows.computed(),
            filter,
            rows.steps(),
            rows.order(),
            rows.skip(),
            shown == Shown.COUNT ? OptionalLong.of(0) : rows.top(),
            OptionalLong.empty(),
            expands);
    Layout layout =
        new Layout(
            rows.type(), columns, visible, shown == Shown.REFERENCES, inner, made(rows.shape()));
    return new Planned(question, layout);
  }

  private static Layout.Made made(Shape shape) {
    return new Layout.Made(shape.computed(), shape.stored(), shape.branches(), shape.entity());
  }

  private static void add(
      EntityType outer,
      Expansion expansion,
      boolean identified,
      RelatedPages pages,
      List<Expand> expands,
      List<Layout.Inner> inner) {
    Shown shown = expansion.shown();
    RowOptions rows = expansion.rows();
    Planned planned =
        of(rows, rows.filter(), shown, identified || shown == Shown.REFERENCES, pages);
    boolean count = rows.count() || shown == Shown.COUNT;
    expands.add(new Expand(expansion.navigation().name(), planned.question(), count));
    inner.add(
        new Layout.Inner(
            expansion.navigation(),
            count,
            shown != Shown.COUNT,
            planned.layout(),
            pages.of(outer, expansion)));
  }

  /** The question for one page. */
  RowsQuestion page(long skip, OptionalLong from, long top) {
    return new RowsQuestion(
        question.table(),
        question.columns(),
        question.computed(),
        question.filter(),
        question.steps(),
        question.order(),
        skip,
        OptionalLong.of(top),
        from,
        question.expands());
  }
}
