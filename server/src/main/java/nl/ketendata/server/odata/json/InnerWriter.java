package nl.ketendata.server.odata.json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import nl.ketendata.server.query.Answer;

/** Writes the related rows of each outer row, from a stream that is read beside the outer one. */
final class InnerWriter {
  private final Layout.Inner inner;
  private final RowsWriter rows;
  private final RowsWriter outer;
  private final Optional<Cursor> counts;
  private final Style style;
  private final JsonOut out;
  private final byte[] name;
  private final byte[] countName;
  private final byte[] linkName;

  /**
   * @param outer stands on the outer row, and knows its key where a rest is possible
   */
  InnerWriter(
      Layout.Inner inner, Answer answer, Style style, JsonOut out, Cells maker, RowsWriter outer) {
    this.outer = outer;
    this.inner = inner;
    this.rows = new RowsWriter(inner.layout(), answer, style, out, maker);
    this.counts = answer.counts().map(Cursor::new);
    this.style = style;
    this.out = out;
    String navigation = inner.navigation().name();
    this.name = (",\"" + navigation + "\":").getBytes(StandardCharsets.UTF_8);
    this.countName = (",\"" + navigation + "@odata.count\":").getBytes(StandardCharsets.UTF_8);
    this.linkName = (",\"" + navigation + "@odata.nextLink\":").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Writes what belongs to an outer row.
   *
   * @param first whether it is the first member of the outer object
   * @return whether the next member is still the first
   */
  boolean write(long ordinal, boolean first) throws IOException {
    boolean begin = first;
    if (inner.count()) {
      out.raw(countName, begin ? 1 : 0);
      number(count(ordinal));
      begin = false;
    }
    if (!inner.rows()) {
      return begin;
    }
    boolean some = seek(ordinal);
    if (inner.navigation().collection()) {
      out.raw(name, begin ? 1 : 0);
      collection(ordinal, some);
      return false;
    }
    if (!some && style.omitNulls()) {
      return begin;
    }
    out.raw(name, begin ? 1 : 0);
    single(some);
    return false;
  }

  private void collection(long ordinal, boolean some) throws IOException {
    out.raw('[');
    long written = 0;
    long most = inner.rest().map(rest -> (long) rest.most()).orElse(Long.MAX_VALUE);
    boolean more = some;
    while (more && written < most) {
      out.raw(written == 0 ? "" : ",");
      rows.object("");
      written++;
      more = rows.next() && rows.parent() == ordinal;
    }
    out.raw(']');
    if (more) {
      out.raw(linkName, 0);
      out.string(inner.rest().orElseThrow().link().behind(outer.key(), written));
    }
  }

  private void single(boolean some) throws IOException {
    if (!some) {
      out.raw("null");
      return;
    }
    rows.object("");
    rows.next();
  }

  /** Goes to the first row that belongs to this outer row; false when there is none. */
  private boolean seek(long ordinal) {
    if (!rows.started()) {
      rows.next();
    }
    while (rows.onRow() && rows.parent() < ordinal) {
      rows.next();
    }
    return rows.onRow() && rows.parent() == ordinal;
  }

  private long count(long ordinal) {
    Cursor cursor = counts.orElseThrow();
    if (!cursor.started()) {
      cursor.next();
    }
    while (cursor.onRow() && cursor.number(0) < ordinal) {
      cursor.next();
    }
    return cursor.onRow() && cursor.number(0) == ordinal ? cursor.number(1) : 0;
  }

  private void number(long value) throws IOException {
    if (!style.numbersAsText()) {
      out.number(value);
      return;
    }
    out.raw('"');
    out.number(value);
    out.raw('"');
  }
}
