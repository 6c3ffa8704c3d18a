package nl.ketendata.server.odata;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import nl.ketendata.server.odata.json.JsonOut;
import nl.ketendata.server.odata.json.Links;
import nl.ketendata.server.odata.json.RowsWriter;
import nl.ketendata.server.odata.json.Style;
import nl.ketendata.server.odata.uri.RowOptions;
import nl.ketendata.server.odata.uri.RowOptions.Shown;
import nl.ketendata.server.query.Answer;
import nl.ketendata.server.query.Door;
import nl.ketendata.server.query.Mounted;
import nl.ketendata.server.query.RowStream;
import nl.ketendata.server.question.ChangesQuestion;

/**
 * Answers with what has changed since a version (OData JSON Format, chapter 15): a row that is new
 * or other is written whole, one that is gone, or no longer fulfils the condition, as removed. A
 * client that says that it speaks no more than 4.0 gets removed rows as that version has them
 * ({@code id} and {@code reason}): such a client may fail on a member that it does not know. All
 * others also get them as 4.01 does ({@code @removed}), with the row key.
 */
final class ChangesAnswer {
  private static final int CHANGED = 1;

  private final Request request;
  private final Door door;
  private final Reply reply;
  private final JsonFormat format;
  private final Style style;
  private final RowOptions options;
  private final Mounted before;
  private final Optional<PageToken> token;
  private final int size;

  /**
   * @param before the version whose changes are asked for
   * @param size the most changes on the page
   */
  ChangesAnswer(
      Request request,
      Door door,
      Reply reply,
      JsonFormat format,
      Mounted before,
      Optional<PageToken> token,
      int size) {
    this.request = request;
    this.door = door;
    this.reply = reply;
    this.format = format;
    this.style = request.style(format);
    this.options = request.address().rows();
    this.before = before;
    this.token = token;
    this.size = size;
  }

  void write() throws IOException {
    var caller = request.exchange().caller();
    Planned planned =
        Planned.of(
            options,
            request.address().resource().place().with(options.filter()),
            Shown.ROWS,
            style.full() || nameless(),
            RelatedPages.WHOLE);
    long skip = token.map(PageToken::at).orElse(0L);
    ChangesQuestion question =
        new ChangesQuestion(
            options.type().name(),
            planned.question().columns(),
            planned.question().filter(),
            skip,
            OptionalLong.of(size + 1L));
    try (RowStream rows = door.changes(caller, before, request.mounted(), question)) {
      JsonOut out = reply.stream(format.contentType());
      write(planned, rows, out, skip);
    }
  }

  private void write(Planned planned, RowStream rows, JsonOut out, long skip) throws IOException {
    Answer answer =
        new Answer(
            rows,
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            List.of());
    RowsWriter writer = new RowsWriter(planned.layout(), answer, style, out);
    boolean more = writer.next();
    out.raw("{");
    if (style.contexts()) {
      out.raw("\"@odata.context\":");
      out.string(request.contexts().rows(options) + "/$delta");
      out.raw(",");
    }
    out.raw("\"value\":[");
    int width = planned.question().columns().size();
    long written = 0;
    while (more && written < size) {
      out.raw(written == 0 ? "" : ",");
      change(writer, out, width);
      written++;
      more = writer.next();
    }
    out.raw(more ? "],\"@odata.nextLink\":" : "],\"@odata.deltaLink\":");
    out.string(more ? next(skip + size) : request.deltaLink());
    out.raw("}");
    out.finish();
  }

  private void change(RowsWriter writer, JsonOut out, int width) throws IOException {
    long fate = writer.number(width + 1);
    if (fate == 0) {
      writer.object(nameless() && !style.full() ? id(writer.text(width)) : "");
      return;
    }
    String reason = fate == CHANGED ? "changed" : "deleted";
    String key = writer.text(width);
    String set = options.type().name();
    out.raw("{");
    if (style.contexts()) {
      out.raw("\"@odata.context\":");
      out.string(request.contexts().deleted(set));
      out.raw(",");
    }
    out.raw("\"id\":");
    out.string(style.root() + Links.entity(set, key));
    out.raw(",\"reason\":\"" + reason + "\"");
    if (!request.strict()) {
      out.raw(",\"@removed\":{\"reason\":\"" + reason + "\"},\"" + options.type().key() + "\":");
      out.string(key);
    }
    out.raw("}");
  }

  /** Whether the rows do not say themselves which they are. */
  private boolean nameless() {
    return !options.select().columns().contains(options.type().key());
  }

  private String id(String key) {
    return "\"@odata.id\":\"" + style.root() + Links.entity(options.type().name(), key) + "\"";
  }

  private String next(long skip) {
    return request.link(
        new PageToken(
            request.mounted().version(),
            true,
            skip,
            OptionalLong.empty(),
            OptionalLong.empty(),
            size,
            true,
            request.fingerprint()));
  }
}
