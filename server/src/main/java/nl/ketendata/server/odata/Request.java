package nl.ketendata.server.odata;

import java.util.List;
import java.util.Optional;
import nl.ketendata.server.http.AnswerKey;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.odata.json.Style;
import nl.ketendata.server.odata.uri.Address;
import nl.ketendata.server.odata.uri.QueryOptions;
import nl.ketendata.server.query.Mounted;
import nl.ketendata.server.question.Scope;

/**
 * A request for data that was read whole: nothing of it is looked at as text any more.
 *
 * @param exchange for the answer
 * @param mounted the version that it is about
 * @param feed the model of that version
 * @param root the service root, absolute, with a slash at the end
 * @param path of the request
 * @param options the query
 * @param address what is asked
 * @param negotiation the forms that the client takes
 * @param preferences what it would like
 */
record Request(
    Exchange exchange,
    Mounted mounted,
    Feed feed,
    String root,
    RequestPath path,
    QueryOptions options,
    Address address,
    Negotiation negotiation,
    Preferences preferences) {

  Style style(JsonFormat format) {
    return new Style(
        format.metadata(),
        format.numbersAsText(),
        preferences.omitNulls(),
        root,
        feed.model().namespace());
  }

  /**
   * Whether a link to a next page can carry the question. One that cannot is answered in one page.
   */
  boolean linkable() {
    return !Guard.tooLong(exchange.rawPath(), exchange.rawQuery().orElse(""));
  }

  /** Whether the client says that it speaks no later version than ours. */
  boolean strict() {
    return exchange.header("OData-MaxVersion").map(String::strip).equals(Optional.of("4.0"));
  }

  ContextUrl contexts() {
    return new ContextUrl(root);
  }

  /** A text that two requests share when a page token of one may serve the other. */
  String fingerprint() {
    return fingerprint(mounted.scope(), path, options);
  }

  /** The address of another page of this question. */
  String link(PageToken token) {
    return link(options.rawWithoutToken(), "$skiptoken=" + token.encode());
  }

  /** The address of what will have changed since the version that this request is about. */
  String deltaLink() {
    DeltaToken token = new DeltaToken(mounted.version(), question(mounted.scope(), path, options));
    return link(options.rawWithout(DeltaToken.OPTION), DeltaToken.OPTION + "=" + token.encode());
  }

  private String link(List<String> options, String last) {
    StringBuilder link = new StringBuilder(exchange.baseUrl());
    link.append(exchange.rawPath()).append('?');
    options.forEach(pair -> link.append(pair).append('&'));
    return link.append(last).toString();
  }

  /** The version whose changes are asked for, when they are. */
  Optional<DeltaToken> since() {
    return options
        .get(DeltaToken.OPTION)
        .map(text -> DeltaToken.decode(text, question(mounted.scope(), path, options)));
  }

  /** As a fingerprint, whatever part of the answer, or change to it, is asked for. */
  static String question(Scope scope, RequestPath path, QueryOptions options) {
    return PageToken.fingerprint(scope + "\n" + path.segments() + "\n" + options.canonical());
  }

  /**
   * Names the answer for all whose view of the data is the same.
   *
   * @param form all that negotiation has led to
   */
  AnswerKey key(String form) {
    return AnswerKey.of(
        mounted.id(),
        exchange.caller().view(mounted.scope().organisation()),
        root,
        exchange.rawPath(),
        exchange.rawQuery().orElse(""),
        form,
        exchange.header("Prefer").orElse(""));
  }

  static String fingerprint(Scope scope, RequestPath path, QueryOptions options) {
    return PageToken.fingerprint(
        question(scope, path, options) + options.get(DeltaToken.OPTION).orElse(""));
  }
}
