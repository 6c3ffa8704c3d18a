package nl.ketendata.server.odata;

import java.util.List;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.odata.json.Style;
import nl.ketendata.server.odata.uri.Address;
import nl.ketendata.server.odata.uri.QueryOptions;
import nl.ketendata.server.query.Mounted;

/**
 * A request for data that was read whole: nothing of it is looked at as text any more.
 *
 * @param exchange for the answer
 * @param mounted the version that it is about
 * @param feed the model of that version
 * @param root the service root, absolute, with a slash at the end
 * @param segments below the root, decoded
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
    List<String> segments,
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

  ContextUrl contexts() {
    return new ContextUrl(root);
  }

  /** A text that two requests share when a page token of one may serve the other. */
  String fingerprint() {
    return fingerprint(
        mounted.scope().organisation(), mounted.scope().product().id(), segments, options);
  }

  static String fingerprint(
      String organisation, String product, List<String> segments, QueryOptions options) {
    return PageToken.fingerprint(
        String.join("\n", organisation, product, segments.toString(), options.canonical()));
  }
}
