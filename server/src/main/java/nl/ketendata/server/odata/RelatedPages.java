package nl.ketendata.server.odata;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import nl.ketendata.server.odata.json.Layout;
import nl.ketendata.server.odata.json.Links;
import nl.ketendata.server.odata.model.EntityType;
import nl.ketendata.server.odata.uri.Percent;
import nl.ketendata.server.odata.uri.QueryOptions;
import nl.ketendata.server.odata.uri.RowOptions.Expansion;
import nl.ketendata.server.odata.uri.RowOptions.Shown;

/**
 * Pages of related rows inside rows (OData JSON Format, chapter 8.3): a client that wants no more
 * than so many rows in a collection means every collection of the answer. The others are behind a
 * link, a question for the related rows of that row alone, about the same version.
 */
final class RelatedPages {
  /** Where all related rows are written: nothing of them can be linked to. */
  static final RelatedPages WHOLE = new RelatedPages(Optional.empty(), Integer.MAX_VALUE);

  private final Optional<Request> request;
  private final int most;

  private RelatedPages(Optional<Request> request, int most) {
    this.request = request;
    this.most = most;
  }

  /**
   * @param most rows of a page
   */
  static RelatedPages of(Request request, int most) {
    return request.linkable() ? new RelatedPages(Optional.of(request), most) : WHOLE;
  }

  /** Whether the related rows may be more than an answer holds. */
  boolean cuts(Expansion expansion) {
    return request.isPresent()
        && expansion.navigation().collection()
        && expansion.shown() != Shown.COUNT
        && expansion.rows().top().orElse(Long.MAX_VALUE) > most
        && expansion.options().isPresent();
  }

  /**
   * @param outer the type of the rows around
   */
  Optional<Layout.Rest> of(EntityType outer, Expansion expansion) {
    return cuts(expansion)
        ? Optional.of(
            new Layout.Rest(
                most, (key, rows) -> link(request.orElseThrow(), outer, key, expansion, rows)))
        : Optional.empty();
  }

  private String link(Request asked, EntityType outer, String key, Expansion expansion, long rows) {
    List<String> segments =
        new ArrayList<>(List.of(Links.entity(outer.name(), key), expansion.navigation().name()));
    if (expansion.shown() == Shown.REFERENCES) {
      segments.add("$ref");
    }
    String path = String.join("/", segments);
    String query = query(asked, expansion.options().orElseThrow());
    PageToken token = token(asked, path, query, expansion, rows);
    String and = query.isEmpty() ? "" : "&";
    return asked.root() + path + "?" + query + and + "$skiptoken=" + token.encode();
  }

  private static String query(Request asked, Map<String, String> options) {
    List<String> pairs = new ArrayList<>();
    options.forEach((name, value) -> pairs.add(name + "=" + Percent.encode(value)));
    pairs.addAll(asked.options().rawAliases());
    return String.join("&", pairs);
  }

  private PageToken token(
      Request asked, String path, String query, Expansion expansion, long rows) {
    var scope = asked.mounted().scope();
    RequestPath target =
        RequestPath.parse(
            "/odata/" + scope.organisation() + "/" + scope.product().id() + "/" + path);
    OptionalLong top = expansion.rows().top();
    return new PageToken(
        asked.mounted().version(),
        true,
        expansion.rows().skip() + rows,
        top.isPresent() ? OptionalLong.of(top.getAsLong() - rows) : OptionalLong.empty(),
        OptionalLong.empty(),
        most,
        false,
        Request.fingerprint(scope, target, QueryOptions.parse(query)));
  }
}
