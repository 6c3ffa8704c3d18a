package nl.ketendata.server.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.IdleTimeout;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Watches the connections of clients. Closes one that does not complete its handshake, or the
 * headers of a request, in time: an idle timeout does not do that, since a client that sends a byte
 * now and then is never idle. Closes at once what one address has too many of. When there are too
 * many in all, the newest takes the place of one that asks nothing: a thousand sockets that drip
 * their headers keep nobody out.
 */
final class Connections implements Connection.Listener {
  private final Scheduler scheduler;
  private final Limits limits;
  private final Predicate<String> exempt;
  private final Map<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();
  private final Map<HttpConnection, Headers> open = new ConcurrentHashMap<>();
  private final AtomicInteger total = new AtomicInteger();

  /**
   * @param exempt addresses of which there may be as many as in all: proxies speak for many
   */
  Connections(Scheduler scheduler, Limits limits, Predicate<String> exempt) {
    this.scheduler = scheduler;
    this.limits = limits;
    this.exempt = exempt;
  }

  /**
   * How far the headers of a request are.
   *
   * @param requests complete so far
   * @param bytes received when the connection was last without a request on its way
   * @param since when a request began to come in, or {@link Long#MAX_VALUE}
   */
  private record Headers(long requests, long bytes, long since) {
    boolean coming() {
      return since != Long.MAX_VALUE;
    }
  }

  @Override
  public void onOpened(Connection connection) {
    if (isOuter(connection)) {
      boolean room = total.incrementAndGet() <= limits.connections().total() || makeRoom();
      if (!admit(connection.getEndPoint()) || !room) {
        connection.getEndPoint().close();
        return;
      }
    }
    if (connection instanceof HttpConnection http) {
      open.put(http, new Headers(0, 0, System.nanoTime()));
      return;
    }
    if (connection instanceof SslConnection tls) {
      scheduler.schedule(
          () -> closeWithoutHandshake(tls),
          limits.patience().headersComplete().toMillis(),
          TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void onClosed(Connection connection) {
    if (isOuter(connection)) {
      total.decrementAndGet();
      leave(connection.getEndPoint());
    }
    if (connection instanceof HttpConnection http) {
      open.remove(http);
    }
  }

  /** What runs inside TLS is the same connection once more. */
  private static boolean isOuter(Connection connection) {
    return !(connection.getEndPoint() instanceof SslConnection.SslEndPoint);
  }

  /** Closes what has dripped its headers for longest, or else what has been idle for longest. */
  private boolean makeRoom() {
    Comparator<Map.Entry<HttpConnection, Headers>> byIdle =
        Comparator.comparingLong(entry -> -idleMillis(entry.getKey()));
    Optional<HttpConnection> least =
        open.entrySet().stream()
            .filter(entry -> !isAnswering(entry.getKey()))
            .min(
                Comparator.<Map.Entry<HttpConnection, Headers>>comparingLong(
                        entry -> entry.getValue().since)
                    .thenComparing(byIdle))
            .map(Map.Entry::getKey);
    least.ifPresent(connection -> connection.getEndPoint().close());
    return least.isPresent();
  }

  private static long idleMillis(HttpConnection connection) {
    return connection.getEndPoint() instanceof IdleTimeout watched ? watched.getIdleFor() : 0;
  }

  private static boolean isAnswering(HttpConnection connection) {
    return connection.getMessagesIn() > connection.getMessagesOut();
  }

  /** Counts a connection of an address; false when it has too many. */
  private boolean admit(EndPoint endPoint) {
    Optional<InetAddress> address = counted(endPoint);
    return address.isEmpty()
        || byAddress.merge(address.get(), 1, Integer::sum) <= limits.connections().perAddress();
  }

  private void leave(EndPoint endPoint) {
    counted(endPoint)
        .ifPresent(
            address ->
                byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1));
  }

  /** Nothing for an address that may have as many as there are. */
  private Optional<InetAddress> counted(EndPoint endPoint) {
    return endPoint.getRemoteSocketAddress() instanceof InetSocketAddress remote
            && !remote.getAddress().isLoopbackAddress()
            && !exempt.test(remote.getAddress().getHostAddress())
        ? Optional.of(remote.getAddress())
        : Optional.empty();
  }

  private static void closeWithoutHandshake(SslConnection tls) {
    if (tls.getSSLEngine().getSession().getCipherSuite().startsWith("SSL_NULL")) {
      tls.getEndPoint().close();
    }
  }

  /** Closes what has been sending the headers of one request for too long. */
  void sweep() {
    long now = System.nanoTime();
    open.forEach(
        (connection, before) -> {
          Headers next = next(connection, before, now);
          if (now - next.since > limits.patience().headersComplete().toNanos() && next.coming()) {
            connection.getEndPoint().close();
            return;
          }
          open.replace(connection, before, next);
        });
  }

  private static Headers next(HttpConnection connection, Headers before, long now) {
    long requests = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    if (requests != before.requests || isAnswering(connection)) {
      return new Headers(requests, bytes, Long.MAX_VALUE);
    }
    boolean coming = bytes > before.bytes || requests == 0;
    if (!coming) {
      return before;
    }
    return before.coming() ? before : new Headers(requests, before.bytes, now);
  }

  /** How often {@link #sweep} is to be called. */
  Duration rhythm() {
    return limits.patience().headersComplete().dividedBy(5);
  }
}
