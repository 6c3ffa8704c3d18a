package nl.ketendata.server.odata;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.odata.export.Export;
import nl.ketendata.server.odata.export.ExportColumn;
import nl.ketendata.server.odata.export.ExportFormat;
import nl.ketendata.server.odata.json.Layout;
import nl.ketendata.server.odata.uri.Place;
import nl.ketendata.server.odata.uri.RowOptions;
import nl.ketendata.server.odata.uri.RowOptions.Shown;
import nl.ketendata.server.query.Answer;
import nl.ketendata.server.question.CountQuestion;
import nl.ketendata.server.question.Expression;

/** Answers with all rows at once, without pages, in another form than JSON. */
final class ExportAnswer {
  private final Request request;
  private final Rows rows;
  private final Reply reply;
  private final ExportFormat format;
  private final RowOptions options;
  private final long most;

  /**
   * @param most rows of a workbook
   */
  ExportAnswer(Request request, Rows rows, Reply reply, ExportFormat format, long most) {
    this.request = request;
    this.rows = rows;
    this.reply = reply;
    this.format = format;
    this.most = most;
    this.options = request.address().rows();
  }

  /**
   * @throws Failure KD545 for rows inside rows, KD546 for more rows than a sheet has
   */
  void write() throws IOException {
    if (!options.expands().isEmpty()) {
      throw Failure.of(Code.NOT_FLAT, format.extension(), "$expand");
    }
    Place place = request.address().resource().place();
    Optional<Expression> filter = place.with(options.filter());
    if (format == ExportFormat.XLSX) {
      requireRoom(filter);
    }
    rows.requireOrigin(place);
    Planned planned = Planned.of(options, filter, Shown.ROWS, false, RelatedPages.WHOLE);
    String name = options.type().name();
    List<ExportColumn> columns = columns(planned.layout());
    Export export = Export.in(format, wishes(), name);
    try (Answer answer = rows.ask(planned.question());
        OutputStream out = reply.file(format.contentType(), name + "." + format.extension())) {
      export.write(columns, answer.rows(), out);
    }
  }

  /** What was computed or grouped has no place in the type, so the layout says what there is. */
  private static List<ExportColumn> columns(Layout layout) {
    return layout.columns().subList(0, layout.shown()).stream()
        .map(name -> new ExportColumn(name, layout.stored(name) == ColumnType.INSTANT))
        .toList();
  }

  private Export.Wishes wishes() {
    boolean mark = request.options().custom("bom").equals(Optional.of("true"));
    boolean raw = request.options().custom("formules").equals(Optional.of("true"));
    return new Export.Wishes(mark, !raw);
  }

  /** Before anything is sent: half a workbook is no use to anybody. */
  private void requireRoom(Optional<Expression> filter) {
    OptionalLong top = options.top();
    if (top.isPresent() && top.getAsLong() <= most) {
      return;
    }
    long all =
        rows.count(new CountQuestion(options.type().name(), filter, options.steps()))
            - options.skip();
    long found = Math.min(all, top.orElse(Long.MAX_VALUE));
    if (found > most) {
      throw Failure.of(Code.WORKBOOK_ROWS, String.valueOf(found), String.valueOf(most));
    }
  }
}
