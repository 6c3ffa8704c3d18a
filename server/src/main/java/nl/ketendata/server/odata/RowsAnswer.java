package nl.ketendata.server.odata;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import nl.ketendata.server.odata.json.JsonOut;
import nl.ketendata.server.odata.json.RowsWriter;
import nl.ketendata.server.odata.json.Style;
import nl.ketendata.server.odata.uri.Place;
import nl.ketendata.server.odata.uri.Resource.Kind;
import nl.ketendata.server.odata.uri.RowOptions;
import nl.ketendata.server.odata.uri.RowOptions.Shown;
import nl.ketendata.server.query.Answer;
import nl.ketendata.server.question.CountQuestion;
import nl.ketendata.server.question.Expression;

/** Answers with a page of rows, or of their addresses. */
final class RowsAnswer {
  private final Request request;
  private final Rows rows;
  private final Reply reply;
  private final Page page;
  private final Style style;
  private final JsonFormat format;
  private final RowOptions options;

  RowsAnswer(Request request, Rows rows, Reply reply, JsonFormat format, Page page) {
    this.request = request;
    this.rows = rows;
    this.reply = reply;
    this.format = format;
    this.page = page;
    this.style = request.style(format);
    this.options = request.address().rows();
  }

  void write() throws IOException {
    Place place = request.address().resource().place();
    Optional<Expression> filter = place.with(options.filter());
    Planned planned =
        Planned.of(options, filter, shown(), style.full(), RelatedPages.of(request, page.size()));
    OptionalLong count = count(filter);
    JsonOut out = reply.stream(format.contentType());
    if (page.empty() || !found(planned, out, count)) {
      // Only now: a question that waits for another while it holds its own place could wait
      // forever.
      rows.requireOrigin(place);
      begin(out, count);
      end(out, Optional.empty());
    }
  }

  /**
   * Writes the page, when there is anything on it.
   *
   * @return whether there was, and the answer is complete
   */
  private boolean found(Planned planned, JsonOut out, OptionalLong count) throws IOException {
    try (Answer answer = rows.ask(page.of(planned))) {
      RowsWriter writer = new RowsWriter(planned.layout(), answer, style, out);
      if (!writer.next()) {
        return false;
      }
      if (reply.headOnly()) {
        out.finish();
        return true;
      }
      begin(out, count);
      end(out, body(writer, out, count));
      return true;
    }
  }

  private Shown shown() {
    return request.address().resource().kind() == Kind.REFERENCES ? Shown.REFERENCES : Shown.ROWS;
  }

  private OptionalLong count(Optional<Expression> filter) {
    if (!options.count()) {
      return OptionalLong.empty();
    }
    return page.count().isPresent()
        ? page.count()
        : OptionalLong.of(
            rows.count(new CountQuestion(options.type().name(), filter, options.steps())));
  }

  private void begin(JsonOut out, OptionalLong count) throws IOException {
    out.raw("{");
    if (style.contexts()) {
      out.raw("\"@odata.context\":");
      ContextUrl contexts = request.contexts();
      out.string(shown() == Shown.ROWS ? contexts.rows(options) : contexts.references());
      out.raw(",");
    }
    if (count.isPresent()) {
      String quote = style.numbersAsText() ? "\"" : "";
      out.raw("\"@odata.count\":" + quote + count.getAsLong() + quote + ",");
    }
    out.raw("\"value\":[");
  }

  /**
   * Writes the rows of the page, of which the first is loaded.
   *
   * @return where the next page begins
   */
  private Optional<PageToken> body(RowsWriter writer, JsonOut out, OptionalLong count)
      throws IOException {
    long written = 0;
    boolean more = true;
    while (more && written < page.size()) {
      out.raw(written == 0 ? "" : ",");
      writer.object("");
      written++;
      more = writer.next();
    }
    return more ? Optional.of(page.next(writer, count)) : Optional.empty();
  }

  private void end(JsonOut out, Optional<PageToken> next) throws IOException {
    out.raw("]");
    if (next.isPresent()) {
      out.raw(",\"@odata.nextLink\":");
      out.string(request.link(next.get()));
    } else if (page.tracked()) {
      out.raw(",\"@odata.deltaLink\":");
      out.string(request.deltaLink());
    }
    out.raw("}");
    out.finish();
  }
}
