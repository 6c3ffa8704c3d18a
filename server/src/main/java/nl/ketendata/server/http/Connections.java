package nl.ketendata.server.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Watches the connections of clients. Closes one that does not complete its handshake, or the
 * headers of a request, in time: an idle timeout does not do that, since a client that sends a byte
 * now and then is never idle. Closes at once what one address has too many of.
 */
final class Connections implements Connection.Listener {
  private final Scheduler scheduler;
  private final Limits limits;
  private final Predicate<String> exempt;
  private final Map<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();
  private final Map<HttpConnection, Headers> open = new ConcurrentHashMap<>();

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
  private record Headers(long requests, long bytes, long since) {}

  @Override
  public void onOpened(Connection connection) {
    if (isOuter(connection) && !admit(connection.getEndPoint())) {
      connection.getEndPoint().close();
      return;
    }
    if (connection instanceof HttpConnection http) {
      open.put(http, new Headers(0, 0, System.nanoTime()));
      return;
    }
    if (connection instanceof SslConnection tls) {
      scheduler.schedule(
          () -> closeWithoutHandshake(tls),
          limits.headersComplete().toMillis(),
          TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void onClosed(Connection connection) {
    if (isOuter(connection)) {
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

  /** Counts a connection of an address; false when it has too many. */
  private boolean admit(EndPoint endPoint) {
    Optional<InetAddress> address = counted(endPoint);
    return address.isEmpty()
        || byAddress.merge(address.get(), 1, Integer::sum) <= limits.perAddress();
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
          if (now - next.since > limits.headersComplete().toNanos()
              && next.since != Long.MAX_VALUE) {
            connection.getEndPoint().close();
            return;
          }
          open.replace(connection, before, next);
        });
  }

  private static Headers next(HttpConnection connection, Headers before, long now) {
    long requests = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    boolean answering = requests > connection.getMessagesOut();
    if (requests != before.requests || answering) {
      return new Headers(requests, bytes, Long.MAX_VALUE);
    }
    boolean coming = bytes > before.bytes || requests == 0;
    if (!coming) {
      return before;
    }
    return before.since == Long.MAX_VALUE ? new Headers(requests, before.bytes, now) : before;
  }

  /** How often {@link #sweep} is to be called. */
  Duration rhythm() {
    return limits.headersComplete().dividedBy(5);
  }
}
