package nl.ketendata.server.odata;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import nl.ketendata.server.odata.json.RowsWriter;
import nl.ketendata.server.odata.uri.RowOptions;
import nl.ketendata.server.question.RowsQuestion;

/**
 * The part of a set that one answer holds. Without order it begins at a position in the version,
 * which the store finds at once; with an order at a number of rows to pass over.
 */
final class Page {
  private final Request request;
  private final int size;
  private final Optional<PageToken> token;
  private final OptionalLong remaining;
  private final boolean ordered;
  private final boolean tracked;

  private Page(Request request, int size, Optional<PageToken> token, boolean tracked) {
    RowOptions rows = request.address().rows();
    this.request = request;
    this.size = size;
    this.token = token;
    this.remaining = token.map(PageToken::remaining).orElse(rows.top());
    this.tracked = tracked;
    this.ordered =
        !rows.order().isEmpty()
            || !rows.steps().isEmpty()
            || token.map(PageToken::ordered).orElse(false);
  }

  static Page of(Request request, Optional<PageToken> token, ODataSettings settings, Reply reply) {
    int unasked = token.map(PageToken::pageSize).orElse(settings.pageSize());
    int size = size(request, unasked, settings.pageCap(), reply);
    return new Page(request, size, token, Tracking.of(request, token, reply));
  }

  /**
   * The most rows of a collection in the answer: what the client wishes, up to what is possible.
   *
   * @param unasked when it wishes nothing
   */
  static int size(Request request, int unasked, int most, Reply reply) {
    if (!request.linkable()) {
      return Integer.MAX_VALUE;
    }
    OptionalInt wished = request.preferences().maxPageSize();
    int size = Math.min(wished.orElse(unasked), most);
    if (wished.isPresent()) {
      reply.applied(request.preferences().written("maxpagesize") + "=" + size);
    }
    return size;
  }

  /** The most rows on it. */
  int size() {
    return size;
  }

  /** Whether the last page says where to look for changes. */
  boolean tracked() {
    return tracked;
  }

  /** Whether no rows are wanted. */
  boolean empty() {
    return remaining.equals(OptionalLong.of(0));
  }

  /** The number of all rows, when an earlier page has counted them. */
  OptionalLong count() {
    return token.map(PageToken::count).orElse(OptionalLong.empty());
  }

  /** The question for its rows, and for one more when another page may follow. */
  RowsQuestion of(Planned planned) {
    long top = last() ? remaining.getAsLong() : size + 1L;
    OptionalLong from =
        token.isPresent() && !ordered ? OptionalLong.of(token.get().at()) : OptionalLong.empty();
    return planned.page(skip(), from, top);
  }

  private boolean last() {
    return remaining.isPresent() && remaining.getAsLong() <= size;
  }

  private long skip() {
    if (token.isEmpty()) {
      return request.address().rows().skip();
    }
    return ordered ? token.get().at() : 0;
  }

  /** The page behind this one; the writer stands on its first row. */
  PageToken next(RowsWriter writer, OptionalLong count) {
    OptionalLong left =
        remaining.isPresent()
            ? OptionalLong.of(remaining.getAsLong() - size)
            : OptionalLong.empty();
    return new PageToken(
        request.mounted().version(),
        ordered,
        ordered ? skip() + size : writer.position(),
        left,
        count,
        size,
        tracked,
        request.fingerprint());
  }
}
