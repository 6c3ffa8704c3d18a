package nl.ketendata.server.odata;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.http.Head;
import nl.ketendata.server.odata.batch.Batch;
import nl.ketendata.server.odata.batch.LongQuery;
import nl.ketendata.server.odata.export.ExportFormat;
import nl.ketendata.server.odata.uri.Address;
import nl.ketendata.server.odata.uri.Excerpt;
import nl.ketendata.server.odata.uri.Place;
import nl.ketendata.server.odata.uri.QueryOptions;
import nl.ketendata.server.odata.uri.Resource.Kind;
import nl.ketendata.server.odata.uri.RowOptions;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.query.Door;
import nl.ketendata.server.query.Mounted;
import nl.ketendata.server.question.CountQuestion;
import nl.ketendata.server.question.Scope;

/**
 * Serves the data as an OData v4 feed, read-only.
 *
 * <p>
 *
 * {@snippet :
 * Head head = new ODataHead(door, Catalogue.read(), ODataSettings.DEFAULT);
 * }
 */
public final class ODataHead implements Head {
  private static final int NO_CONTENT = 204;

  private final Door door;
  private final ODataSettings settings;
  private final Feeds feeds;

  public ODataHead(Door door, Catalogue catalogue, ODataSettings settings) {
    this.door = door;
    this.settings = settings;
    this.feeds = new Feeds(catalogue);
  }

  @Override
  public String segment() {
    return "odata";
  }

  @Override
  public boolean servesOneTime(String rawPath) {
    return true;
  }

  /** The organisation in the path; whoever names another one is refused without much work. */
  @Override
  public Optional<String> payer(Exchange exchange) {
    String[] path = exchange.rawPath().split("/", 4);
    String named = path.length > 2 ? path[2].toUpperCase(Locale.ROOT) : "";
    Map<String, Organisation> own = exchange.caller().organisations();
    return Optional.of(own.containsKey(named) ? named : exchange.caller().payer());
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    if (exchange.method().equals("OPTIONS")) {
      exchange.respond(
          NO_CONTENT, Map.of("Allow", Guard.allowed(exchange), Reply.VERSION, "4.0"), new byte[0]);
      return;
    }
    Guard.checkLength(exchange);
    Exchange asked = LongQuery.is(exchange) ? LongQuery.of(exchange) : exchange;
    if (Guard.isBatch(asked)) {
      batch(asked);
      return;
    }
    Guard.check(asked);
    try {
      read(asked);
    } catch (StackOverflowError e) {
      // The limits should make this impossible; should one be missing, the thread lives on.
      throw Failure.of(Code.TOO_DEEP, "?", "?").causedBy(e);
    }
  }

  private void batch(Exchange exchange) throws IOException {
    Guard.checkVersion(exchange);
    RequestPath path = RequestPath.parse(exchange.rawPath());
    exchange.caller().organisation(path.organisation());
    String raw = exchange.rawPath();
    String root = raw.substring(0, raw.length() - Guard.BATCH.length());
    new Batch(this, exchange, root, Batch.Limits.STANDARD).answer();
  }

  private void read(Exchange exchange) throws IOException {
    RequestPath path = RequestPath.parse(exchange.rawPath());
    Organisation organisation = exchange.caller().organisation(path.organisation());
    Scope scope = new Scope(organisation.id(), path.product());
    QueryOptions options = QueryOptions.parse(exchange.rawQuery().orElse(""));
    Guard.checkSchema(options);
    Optional<PageToken> token =
        options
            .token()
            .map(text -> PageToken.decode(text, Request.fingerprint(scope, path, options)));
    Mounted mounted =
        token
            .map(page -> door.mounted(exchange.caller(), scope, page.version()))
            .orElseGet(() -> door.mounted(exchange.caller(), scope));
    Feed feed = feeds.of(mounted);
    String root = root(exchange, scope);
    Negotiation negotiation = new Negotiation(options.get("$format"), exchange.header("Accept"));
    if (Documents.named(path.segments())) {
      new Documents(exchange, root, options, negotiation).answer(path.segments(), feed);
      return;
    }
    Address address = Since.address(feed.model(), path, options, root);
    Preferences preferences = new Preferences(exchange.header("Prefer"));
    String table = address.resource().place().type().name();
    Mounted pinned = token.isPresent() ? mounted : door.pinned(exchange.caller(), mounted, table);
    answer(
        new Request(exchange, pinned, feed, root, path, options, address, negotiation, preferences),
        token);
  }

  private static String root(Exchange exchange, Scope scope) {
    return String.join(
        "/", exchange.baseUrl(), "odata", scope.organisation(), scope.product().id(), "");
  }

  private void answer(Request request, Optional<PageToken> token) throws IOException {
    Address address = request.address();
    Reply reply = new Reply(request.exchange());
    Rows rows = new Rows(door, request);
    rows.requireOneGemeente(address.resource().place());
    switch (address.resource().kind()) {
      case COUNT -> {
        request.negotiation().text();
        if (!known(request, reply, "")) {
          count(request, rows, reply);
        }
      }
      case VALUE -> {
        request.negotiation().text();
        if (!known(request, reply, "")) {
          new RowAnswer(request, rows, reply).value();
        }
      }
      case ROWS, REFERENCES -> {
        if (exported(request, rows, reply)) {
          return;
        }
        JsonFormat format = request.negotiation().json();
        Page page = Page.of(request, token, settings, reply);
        Optional<Mounted> before = Since.version(door, request);
        if (!known(
            request, reply, format + "/" + page.size() + page.tracked() + request.strict())) {
          rows(request, rows, reply, format, page, token, before);
        }
      }
      case ENTITY, REFERENCE -> {
        JsonFormat format = request.negotiation().json();
        int most =
            address.rows().expands().isEmpty()
                ? Integer.MAX_VALUE
                : Page.size(request, settings.pageSize(), settings.pageCap(), reply);
        if (!known(request, reply, format + "/" + most)) {
          new RowAnswer(request, rows, reply).entity(format, most);
        }
      }
      case PROPERTY -> {
        JsonFormat format = request.negotiation().json();
        if (!known(request, reply, format.toString())) {
          new RowAnswer(request, rows, reply).property(format);
        }
      }
    }
  }

  /** Whether the rows were wanted as a file, and are. */
  private boolean exported(Request request, Rows rows, Reply reply) throws IOException {
    Optional<ExportFormat> format =
        request.address().resource().kind() == Kind.ROWS && request.since().isEmpty()
            ? request.negotiation().export()
            : Optional.empty();
    if (format.isEmpty()) {
      return false;
    }
    if (!known(request, reply, format.get().toString())) {
      new ExportAnswer(request, rows, reply, format.get(), settings.sheetRows()).write();
    }
    return true;
  }

  private void rows(
      Request request,
      Rows rows,
      Reply reply,
      JsonFormat format,
      Page page,
      Optional<PageToken> token,
      Optional<Mounted> before)
      throws IOException {
    if (before.isEmpty()) {
      new RowsAnswer(request, rows, reply, format, page).write();
      return;
    }
    new ChangesAnswer(request, door, reply, format, before.get(), token, page.size()).write();
  }

  /** Whether the client has this answer already, and was told so, or got what another one got. */
  private static boolean known(Request request, Reply reply, String form) throws IOException {
    if (request.preferences().omitNulls()) {
      reply.applied(request.preferences().written("omit-values") + "=nulls");
    }
    Preferences wishes = request.preferences();
    wishes
        .annotations()
        .ifPresent(
            terms -> reply.applied(wishes.written("include-annotations") + "=\"" + terms + '"'));
    if (request.address().dependsOnNow()) {
      return false;
    }
    String variant =
        PageToken.fingerprint(form + request.preferences().omitNulls() + request.root());
    return reply.tagged(request.mounted().version() + "." + variant)
        || request.exchange().replay(request.key(form));
  }

  private static void count(Request request, Rows rows, Reply reply) throws IOException {
    Place place = request.address().resource().place();
    RowOptions options = request.address().rows();
    long count =
        rows.count(
            new CountQuestion(place.type().name(), place.with(options.filter()), options.steps()));
    if (count == 0) {
      rows.requireOrigin(place);
    }
    reply.body("text/plain", String.valueOf(count).getBytes(StandardCharsets.US_ASCII));
  }

  /** What a path asks for: what lies below the service root, or the path when that is not there. */
  private static String resource(String rawPath) {
    String[] parts = rawPath.split("/", 5);
    return parts.length == 5 && !parts[4].isEmpty() ? parts[4] : rawPath;
  }

  @Override
  public void refuse(Exchange exchange, Failure failure) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(Reply.VERSION, "4.0");
    headers.put("Content-Type", JsonFormat.PLAIN.contentType());
    headers.put("Content-Language", exchange.language().getLanguage());
    headers.put("Cache-Control", "no-store");
    if (failure.code() == Code.METHOD || failure.code() == Code.UNKNOWN_METHOD) {
      headers.put("Allow", Guard.allowed(exchange));
    }
    Failure placed = failure.within(Excerpt.of(resource(exchange.rawPath())));
    exchange.respond(
        placed.code().httpStatus(), headers, ErrorBody.of(placed, exchange.language()));
  }
}
