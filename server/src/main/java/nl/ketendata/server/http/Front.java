package nl.ketendata.server.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.identity.Authenticator;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Finds the head of a request by its path and has it answer on a thread for heads. */
final class Front extends Handler.Abstract {
  private final Map<String, Head> heads;
  private final BaseUrl baseUrl;
  private final Proxies proxies;
  private final Limits limits;
  private final HeadThreads threads;
  private final Gate gate;
  private final Authenticator authenticator;
  private final Events events;
  private final Answering shared;
  private final Consumer<Thread> gone;
  private final Outside outside;

  Front(
      List<Head> heads,
      BaseUrl baseUrl,
      Proxies proxies,
      Limits limits,
      HeadThreads threads,
      Gate gate,
      Authenticator authenticator,
      Events events,
      Answering shared,
      Outside outside) {
    this.heads =
        heads.stream().collect(Collectors.toUnmodifiableMap(Head::segment, Function.identity()));
    this.baseUrl = baseUrl;
    this.proxies = proxies;
    this.limits = limits;
    this.threads = threads;
    this.gate = gate;
    this.authenticator = authenticator;
    this.events = events;
    this.shared = shared;
    this.gone = outside.gone();
    this.outside = outside;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Proxies.Client client = proxies.of(request);
    Optional<String> base = baseUrl.of(request, client);
    JettyExchange exchange =
        new JettyExchange(request, response, client, base.orElse(BaseUrl.own(request)), shared);
    Visit visit =
        new Visit(exchange, head(exchange.rawPath()), callback, authenticator, events, outside);
    if (!gate.enter()) {
      exchange.add("Connection", "close");
      visit.run(Optional.of(busy()), () -> {});
      return true;
    }
    Optional<Failure> refusal = base.isEmpty() ? Optional.of(badHost()) : tooLong(request);
    try {
      threads.execute(() -> watched(visit, exchange, refusal));
    } catch (RejectedExecutionException e) {
      visit.run(Optional.of(busy().causedBy(e)), gate::leave);
    }
    return true;
  }

  /** Stops the work of a client that leaves. */
  private void watched(Visit visit, JettyExchange exchange, Optional<Failure> refusal) {
    Thread worker = Thread.currentThread();
    AtomicBoolean inside = new AtomicBoolean(true);
    exchange.onReset(
        () -> {
          if (inside.get()) {
            gone.accept(worker);
          }
        });
    Optional<Departures.Stay> stay =
        shared
            .departures()
            .watch(
                exchange.endPoint(),
                exchange::received,
                () -> {
                  exchange.cut();
                  gone.accept(worker);
                });
    try {
      visit.run(refusal, gate::leave);
    } finally {
      inside.set(false);
      stay.ifPresent(Departures.Stay::close);
    }
  }

  /** What no head serves goes to the root head, which knows the paths beside its page. */
  private Head head(String rawPath) {
    int end = rawPath.indexOf('/', 1);
    String segment = rawPath.substring(1, end < 0 ? rawPath.length() : end);
    Head root = heads.getOrDefault("", NoHead.INSTANCE);
    return heads.getOrDefault(segment, root);
  }

  private Optional<Failure> tooLong(Request request) {
    int length = Optional.ofNullable(request.getHttpURI().getPathQuery()).orElse("").length();
    return length <= limits.url()
        ? Optional.empty()
        : Optional.of(
            Failure.of(
                Code.URL_TOO_LONG, Integer.toString(length), Integer.toString(limits.url())));
  }

  private static Failure busy() {
    return Failure.of(Code.BUSY, Visit.BUSY_SECONDS);
  }

  private static Failure badHost() {
    return Failure.of(Code.BAD_REQUEST, "Host");
  }
}
