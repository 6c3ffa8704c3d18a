package nl.ketendata.server.odata;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.server.odata.json.JsonOut;
import nl.ketendata.server.odata.json.Layout;
import nl.ketendata.server.odata.json.RowsWriter;
import nl.ketendata.server.odata.json.Style;
import nl.ketendata.server.odata.uri.Place;
import nl.ketendata.server.odata.uri.Resource.Kind;
import nl.ketendata.server.odata.uri.RowOptions;
import nl.ketendata.server.odata.uri.RowOptions.Shown;
import nl.ketendata.server.query.Answer;
import nl.ketendata.server.question.RowsQuestion;

/** Answers with one row, its address, or one of its properties. */
final class RowAnswer {
  private final Request request;
  private final Rows rows;
  private final Reply reply;
  private final Place place;

  RowAnswer(Request request, Rows rows, Reply reply) {
    this.request = request;
    this.rows = rows;
    this.reply = reply;
    this.place = request.address().resource().place();
  }

  /**
   * @param most related rows of a kind inside it
   */
  void entity(JsonFormat format, int most) throws IOException {
    boolean reference = request.address().resource().kind() == Kind.REFERENCE;
    Style style = request.style(format);
    RowOptions options = request.address().rows();
    Planned planned =
        Planned.of(
            options,
            place.filter(),
            reference ? Shown.REFERENCES : Shown.ROWS,
            style.full(),
            RelatedPages.of(request, most));
    ContextUrl contexts = request.contexts();
    String context = reference ? contexts.reference() : contexts.entity(options);
    RowsQuestion question = planned.page(0, OptionalLong.empty(), 1);
    write(
        question,
        planned.layout(),
        format.contentType(),
        style,
        (writer, out) ->
            writer.object(style.contexts() ? "\"@odata.context\":\"" + context + "\"" : ""));
  }

  void property(JsonFormat format) throws IOException {
    Style style = request.style(format);
    Layout layout = propertyLayout();
    write(
        question(layout),
        layout,
        format.contentType(),
        style,
        (writer, out) -> {
          String key = writer.text(place.type().key());
          String context =
              request.contexts().property(place.type().name(), key, layout.columns().get(0));
          out.raw(style.contexts() ? "{\"@odata.context\":\"" + context + "\"," : "{");
          out.raw(writer.typed(0));
          out.raw("\"value\":");
          writer.value(0);
          out.raw("}");
        });
  }

  void value() throws IOException {
    Style style = request.style(JsonFormat.PLAIN);
    Layout layout = propertyLayout();
    ColumnType type = request.address().resource().property().orElseThrow().type();
    write(
        question(layout),
        layout,
        "text/plain;charset=utf-8",
        style,
        (writer, out) -> {
          if (type == ColumnType.STRING) {
            out.raw(writer.text(layout.columns().get(0)));
          } else {
            writer.bareValue(0);
          }
        });
  }

  /** Writes the row that the writer stands on. */
  private interface Body {
    void write(RowsWriter writer, JsonOut out) throws IOException;
  }

  private enum Found {
    WRITTEN,
    NO_VALUE,
    NO_ROW
  }

  private void write(
      RowsQuestion question, Layout layout, String contentType, Style style, Body body)
      throws IOException {
    switch (find(question, layout, contentType, style, body)) {
      case WRITTEN -> {}
      case NO_VALUE -> reply.noContent();
      case NO_ROW -> absent();
    }
  }

  private Found find(
      RowsQuestion question, Layout layout, String contentType, Style style, Body body)
      throws IOException {
    try (Answer answer = rows.ask(question)) {
      JsonOut out = reply.stream(contentType);
      RowsWriter writer = new RowsWriter(layout, answer, style, out);
      if (!writer.next()) {
        return Found.NO_ROW;
      }
      boolean property = request.address().resource().property().isPresent();
      if (property && writer.absent(0)) {
        return Found.NO_VALUE;
      }
      body.write(writer, out);
      out.finish();
      return Found.WRITTEN;
    }
  }

  private void absent() throws IOException {
    rows.requireAbsence(place);
    if (request.address().resource().kind() != Kind.ENTITY) {
      throw Rows.missing(place);
    }
    reply.noContent();
  }

  private Layout propertyLayout() {
    String property = request.address().resource().property().orElseThrow().name();
    String key = place.type().key();
    List<String> columns = property.equals(key) ? List.of(key) : List.of(property, key);
    return new Layout(place.type(), columns, 1, false, List.of());
  }

  private RowsQuestion question(Layout layout) {
    return new RowsQuestion(
        place.type().name(),
        layout.columns(),
        place.filter(),
        List.of(),
        0,
        OptionalLong.of(1),
        OptionalLong.empty(),
        List.of());
  }
}
