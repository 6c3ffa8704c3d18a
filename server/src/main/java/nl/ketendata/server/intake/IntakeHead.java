package nl.ketendata.server.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.http.Head;
import nl.ketendata.server.http.PlainRefusal;
import nl.ketendata.server.ingest.IngestOrder;
import nl.ketendata.server.ingest.Report;
import nl.ketendata.server.policy.Action;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.DeliveryRights;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.store.LedgerEntry;
import nl.ketendata.server.store.Store;

/**
 * The head at {@code /leveringen}: hand in a delivery, see what was handed in and how far it is.
 *
 * <pre>
 * PUT /leveringen/GM9030/ijw/naam.zip          hands in: 201 with the report, 200 when known;
 *       ?tijdstip=20261122060000               for a name without a moment
 *       ?vervang=ja                            makes all earlier deliveries void (beheerder)
 * GET /leveringen/GM9030/ijw/                  all deliveries
 * GET /leveringen/GM9030/ijw/voortgang         progress, as server-sent events
 * GET /leveringen/GM9030/ijw/naam.zip          one, as it was handed in
 * GET /leveringen/GM9030/ijw/naam.zip/verslag  its report
 * </pre>
 */
public final class IntakeHead implements Head, AutoCloseable {
  private static final String JSON = "application/json; charset=utf-8";
  private static final long HEARD_OUT = 16 << 20;
  private static final String READ = "GET, HEAD";

  private final Intake intake;
  private final Board board;
  private final Store store;
  private final Uploads uploads;
  private final boolean open;
  private final ProgressStream stream = new ProgressStream();

  /**
   * @param settings where uploads are kept meanwhile, how large they may be
   */
  public IntakeHead(Intake intake, Board board, Store store, IntakeSettings settings) {
    this.intake = intake;
    this.board = board;
    this.store = store;
    this.uploads = new Uploads(settings.data().resolve("inkomend"), settings.most());
    this.open = settings.open();
  }

  @Override
  public String segment() {
    return IntakeAddress.SEGMENT;
  }

  @Override
  public boolean servesOneTime(String rawPath) {
    return true;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    IntakeAddress address = IntakeAddress.parse(exchange.rawPath());
    String method = exchange.method();
    if (method.equals("PUT") && !address.delivery().isEmpty() && address.part().isEmpty()) {
      put(exchange, address);
      return;
    }
    if (!READ.contains(method)) {
      throw Failure.of(Code.METHOD, method, allowed(address));
    }
    if (address.part().equals(IntakeAddress.PROGRESS)) {
      Gemeente own = mayFollow(exchange.caller(), address.organisation());
      stream.answer(exchange, () -> board.at(own, address.product()));
      return;
    }
    Gemeente gemeente =
        DeliveryRights.require(exchange.caller(), Action.SEE_DELIVERIES, address.organisation());
    if (address.delivery().isEmpty()) {
      respond(exchange, 200, history(gemeente, address), Map.of());
      return;
    }
    Optional<LedgerEntry> entry =
        store.deliveries(gemeente, address.product()).stream()
            .filter(one -> one.name().equals(address.delivery()))
            .findFirst();
    if (address.part().equals(IntakeAddress.REPORT)) {
      respond(exchange, 200, report(gemeente, address, entry), Map.of());
      return;
    }
    zip(exchange, address, entry.orElseThrow(() -> unknown(address)));
  }

  private byte[] report(Gemeente gemeente, IntakeAddress address, Optional<LedgerEntry> published)
      throws IOException {
    if (published.isPresent()) {
      return published.get().report().getBytes(StandardCharsets.UTF_8);
    }
    return intake
        .refused(gemeente, address.product(), address.delivery())
        .map(History::bytes)
        .orElseThrow(() -> unknown(address));
  }

  private static Failure unknown(IntakeAddress address) {
    return Failure.of(Code.UNKNOWN_DELIVERY, address.delivery());
  }

  /** A ZIP holds every row as it is. */
  private void zip(Exchange exchange, IntakeAddress address, LedgerEntry entry) throws IOException {
    Gemeente gemeente =
        DeliveryRights.require(exchange.caller(), Action.READ_ROWS, address.organisation());
    Path zip =
        store
            .zip(gemeente, address.product(), entry)
            .orElseThrow(() -> Failure.of(Code.ZIP_NOT_KEPT, entry.name()));
    ZipAnswer.write(exchange, entry, zip);
  }

  /** Progress tells nothing of the data, so whoever hands in may see it too. */
  private static Gemeente mayFollow(Caller caller, String organisation) {
    boolean sees = caller.may(Action.SEE_DELIVERIES, organisation);
    Action action = sees ? Action.SEE_DELIVERIES : Action.HAND_IN;
    return DeliveryRights.require(caller, action, organisation);
  }

  private byte[] history(Gemeente gemeente, IntakeAddress address) throws IOException {
    Product product = address.product();
    return History.json(
        board.at(gemeente, product),
        store.deliveries(gemeente, product),
        intake.refused(gemeente, product));
  }

  private static String allowed(IntakeAddress address) {
    boolean delivery = !address.delivery().isEmpty() && address.part().isEmpty();
    return delivery ? READ + ", PUT" : READ;
  }

  /** Whoever cannot be named must not change anything. */
  private void put(Exchange exchange, IntakeAddress address) throws IOException {
    if (open) {
      throw Failure.of(Code.OPEN_SERVER);
    }
    Gemeente gemeente =
        DeliveryRights.require(exchange.caller(), Action.HAND_IN, address.organisation());
    HandInOptions options = HandInOptions.parse(exchange.rawQuery().orElse(""));
    if (options.replaces()) {
      // Whoever makes all earlier deliveries void must be one who may know of them.
      DeliveryRights.require(exchange.caller(), Action.SEE_DELIVERIES, address.organisation());
    }
    intake.requireRoom();
    OptionalLong stated = length(exchange);
    UnderWay underWay = board.begin(gemeente, address.product(), address.delivery());
    try (Uploads.Received received =
        uploads.receive(
            gemeente,
            address.delivery(),
            exchange.body(),
            stated,
            soFar -> underWay.received(soFar, stated.orElse(0)))) {
      IngestOrder order =
          new IngestOrder(
              received.file(),
              gemeente,
              Optional.of(address.product()),
              options.moment(),
              options.replaces(),
              exchange.caller().name(),
              true);
      Report report = intake.take(order, Road.HTTP, underWay);
      underWay.ended(report);
      byte[] json = intake.toJson(report).getBytes(StandardCharsets.UTF_8);
      String location = exchange.baseUrl() + exchange.rawPath() + "/" + IntakeAddress.REPORT;
      respond(exchange, report.alBekend() ? 200 : 201, json, Map.of("Location", location));
    } catch (Failure failure) {
      underWay.ended(failure);
      throw failure;
    } catch (RuntimeException | Error e) {
      underWay.ended(Failure.internal(e));
      throw e;
    }
  }

  private static OptionalLong length(Exchange exchange) {
    String text = exchange.header("Content-Length").orElse("");
    return text.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  private static void respond(Exchange exchange, int status, byte[] json, Map<String, String> more)
      throws IOException {
    Map<String, String> headers = new TreeMap<>(more);
    headers.put("Content-Type", JSON);
    headers.put("Cache-Control", "private, no-store");
    try (OutputStream out = exchange.respond(status, headers)) {
      out.write(json);
    }
  }

  @Override
  public void refuse(Exchange exchange, Failure failure) throws IOException {
    readOn(exchange);
    PlainRefusal.write(
        exchange, failure, failure.code() == Code.METHOD ? allow(exchange) : Map.of());
  }

  /**
   * A client that is still sending must be heard out, or it never reads why it is refused. Not one
   * that asks first whether to send, and not whoever we do not know.
   */
  private static void readOn(Exchange exchange) {
    boolean asks = exchange.header("Expect").isPresent();
    if (!exchange.method().equals("PUT") || asks || exchange.caller().name().isEmpty()) {
      return;
    }
    try {
      byte[] buffer = new byte[1 << 16];
      InputStream body = exchange.body();
      for (long read = 0; read < HEARD_OUT; ) {
        int n = body.read(buffer);
        if (n < 0) {
          return;
        }
        read += n;
      }
    } catch (IOException gone) {
      // Nobody to answer.
    }
  }

  private static Map<String, String> allow(Exchange exchange) {
    return Map.of("Allow", allowed(IntakeAddress.parse(exchange.rawPath())));
  }

  /** Ends the streams of progress; deliveries that are being taken in go on. */
  @Override
  public void close() {
    stream.close();
  }
}
