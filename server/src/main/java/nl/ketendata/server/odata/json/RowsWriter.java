package nl.ketendata.server.odata.json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import nl.ketendata.server.odata.model.Navigation;
import nl.ketendata.server.query.Answer;

/**
 * Writes the rows of an answer as JSON objects, with the related rows inside each.
 *
 * <p>
 *
 * {@snippet :
 * RowsWriter rows = new RowsWriter(layout, answer, style, out);
 * while (rows.next()) {
 *   rows.object("");
 * }
 * }
 */
public final class RowsWriter {
  private static final Set<String> SHOWN_BY_JSON =
      Set.of("Edm.String", "Edm.Boolean", "Edm.Double");

  private final Layout layout;
  private final Answer answer;
  private final Style style;
  private final JsonOut out;
  private final Cursor cursor;
  private final Cells maker;
  private final String[] columns;
  private final Cell[] cells;
  private final List<Stretch> stretches = new ArrayList<>();
  private final Optional<Members> members;
  private final List<InnerWriter> inner = new ArrayList<>();

  public RowsWriter(Layout layout, Answer answer, Style style, JsonOut out) {
    this(layout, answer, style, out, new Cells(out, style.numbersAsText()));
  }

  RowsWriter(Layout layout, Answer answer, Style style, JsonOut out, Cells maker) {
    this.layout = layout;
    this.answer = answer;
    this.style = style;
    this.out = out;
    this.maker = maker;
    this.cursor = new Cursor(answer.rows());
    this.columns = layout.columns().toArray(String[]::new);
    this.cells = new Cell[columns.length];
    if (!layout.nested()) {
      for (int i = 0; i < layout.shown(); i += Stretch.MOST) {
        stretches.add(stretch(i, Math.min(i + Stretch.MOST, layout.shown())));
      }
    }
    this.members =
        layout.nested() ? Optional.of(new Members(layout, style, out)) : Optional.empty();
    for (int i = 0; i < layout.inner().size(); i++) {
      inner.add(
          new InnerWriter(layout.inner().get(i), answer.expands().get(i), style, out, maker, this));
    }
  }

  private Stretch stretch(int from, int until) {
    byte[][] names = new byte[until - from][];
    for (int i = from; i < until; i++) {
      String column = columns[i];
      String typed = style.full() ? annotation(column, layout.edmType(column)) : "";
      names[i - from] = (typed + ",\"" + column + "\":").getBytes(StandardCharsets.UTF_8);
    }
    return new Stretch(out, names, from, style.omitNulls());
  }

  /** The type of a member, for those of which JSON does not show it, with a comma before it. */
  static String annotation(String name, String edmType) {
    return SHOWN_BY_JSON.contains(edmType)
        ? ""
        : ",\"" + name + "@odata.type\":\"#" + edmType.substring("Edm.".length()) + "\"";
  }

  /** Goes to the next row; false when there is none. */
  public boolean next() {
    if (!cursor.next()) {
      return false;
    }
    if (cursor.fresh()) {
      for (int i = 0; i < cells.length; i++) {
        cells[i] =
            maker.of(
                cursor.batch().getVector(i), layout.stored(columns[i]), layout.edmType(columns[i]));
      }
      stretches.forEach(stretch -> stretch.load(cells, cursor.batch().getRowCount()));
    }
    return true;
  }

  boolean started() {
    return cursor.started();
  }

  boolean onRow() {
    return cursor.onRow();
  }

  /** The position of this row in its version, where the next page may begin. */
  public long position() {
    return cursor.number(answer.position().orElseThrow());
  }

  /** The ordinal of the row that this one belongs to. */
  long parent() {
    return cursor.number(answer.parent().orElseThrow());
  }

  /** A technical column of this row: one behind those of the layout. */
  public long number(int column) {
    return cursor.number(column);
  }

  /** A technical column of this row. */
  public String text(int column) {
    return String.valueOf(cursor.batch().getVector(column).getObject(cursor.row()));
  }

  /** The text of a column of this row, for addresses; empty when there is no value. */
  public String text(String column) {
    Object value =
        cursor.batch().getVector(layout.columns().indexOf(column)).getObject(cursor.row());
    return value == null ? "" : value.toString();
  }

  /** The key of this row. */
  String key() {
    return text(layout.type().key());
  }

  /** Whether a column of this row has no value. */
  public boolean absent(int column) {
    return cells[column].absent(cursor.row());
  }

  /** The member that tells the type of a column's values, where JSON does not show it. */
  public String typed(int column) {
    String type = layout.edmType(columns[column]);
    return style.full() && !SHOWN_BY_JSON.contains(type)
        ? "\"@odata.type\":\"#" + type.substring("Edm.".length()) + "\","
        : "";
  }

  /** Writes the value of one column of this row. */
  public void value(int column) throws IOException {
    cells[column].write(cursor.row());
  }

  /** Writes the value of one column of this row without quotes; not for text. */
  public void bareValue(int column) throws IOException {
    cells[column].bare(cursor.row());
  }

  /**
   * Writes this row as an object.
   *
   * @param control members to begin it with, in JSON, without a comma at either end
   */
  public void object(String control) throws IOException {
    out.raw('{');
    boolean first = control.isEmpty();
    if (!first) {
      out.raw(control);
    }
    if (layout.references()) {
      out.raw((first ? "" : ",") + "\"@odata.id\":");
      out.string(style.root() + Links.entity(layout.type().name(), text(layout.type().key())));
      out.raw('}');
      return;
    }
    if (!layout.made().entities() && style.contexts()) {
      out.raw((first ? "" : ",") + "\"@odata.id\":null");
      first = false;
    } else if (style.full()) {
      identity(first);
      first = false;
    }
    first = members.isPresent() ? nested(first) : properties(first);
    long ordinal = answer.ordinal().isPresent() ? cursor.number(ordinal(answer.ordinal())) : 0;
    for (InnerWriter related : inner) {
      first = related.write(ordinal, first);
    }
    out.raw('}');
  }

  private static int ordinal(OptionalInt column) {
    return column.getAsInt();
  }

  private boolean properties(boolean first) throws IOException {
    boolean begin = first;
    for (Stretch stretch : stretches) {
      begin = stretch.write(cursor.row(), begin);
    }
    return begin;
  }

  private boolean nested(boolean first) throws IOException {
    int branch =
        layout.made().branches().isEmpty() ? Members.WHOLE : (int) cursor.number(columns.length);
    return members.orElseThrow().write(cells, cursor.row(), branch, first);
  }

  private void identity(boolean first) throws IOException {
    String name = layout.type().name();
    String id = style.root() + Links.entity(name, text(layout.type().key()));
    out.raw(first ? "" : ",");
    out.raw("\"@odata.type\":\"#" + style.namespace() + "." + name + "\",\"@odata.id\":");
    out.string(id);
    for (Navigation navigation : layout.type().navigations()) {
      out.raw(",\"" + navigation.name() + "@odata.navigationLink\":");
      out.string(id + "/" + navigation.name());
      out.raw(",\"" + navigation.name() + "@odata.associationLink\":");
      out.string(id + "/" + navigation.name() + "/$ref");
    }
  }
}
