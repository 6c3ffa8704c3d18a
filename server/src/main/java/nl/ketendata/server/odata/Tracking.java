package nl.ketendata.server.odata;

import java.util.Optional;
import java.util.Set;
import nl.ketendata.server.odata.uri.Resource.Kind;

/**
 * Whether a walk ends in a link to what changes after it. That is so for all rows of a set that
 * fulfil a condition, with the properties that are selected. It is not, and the wish is passed
 * over, for a part of them ({@code $top}, {@code $skip}), for related rows inside, for what is
 * computed or grouped, and for a condition that depends on the moment.
 */
final class Tracking {
  private static final Set<String> POSSIBLE =
      Set.of("$select", "$filter", "$orderby", "$count", "$format", "$skiptoken");

  private Tracking() {}

  static boolean of(Request request, Optional<PageToken> token, Reply reply) {
    boolean tracked =
        token
            .map(PageToken::tracked)
            .orElseGet(() -> request.preferences().trackChanges() && possible(request));
    if (tracked) {
      reply.applied(request.preferences().written("track-changes"));
    }
    return tracked;
  }

  private static boolean possible(Request request) {
    return request.address().resource().kind() == Kind.ROWS
        && POSSIBLE.containsAll(request.options().system().keySet())
        && !request.address().dependsOnNow()
        && request.linkable();
  }
}
