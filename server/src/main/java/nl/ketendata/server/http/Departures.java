package nl.ketendata.server.http;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;

/**
 * Notices that a client has closed its connection while its answer is still being worked on. Nobody
 * reads the connection then, so the web server itself would find out only when it writes; a second
 * selector sees it, without taking a byte.
 */
final class Departures implements AutoCloseable {
  /** An answer that is ready sooner is not worth watching. */
  private static final long SOON = Duration.ofMillis(250).toNanos();

  /** A TLS alert, which says goodbye; a request is longer. */
  private static final int GOODBYE = 31;

  private final Selector selector;
  private final Set<Stay> stays = ConcurrentHashMap.newKeySet();

  Departures() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new IllegalStateException("No selector", e);
    }
  }

  /** An answer that is being worked on. */
  final class Stay implements AutoCloseable {
    private final SocketChannel channel;
    private final boolean secure;
    private final BooleanSupplier received;
    private final Runnable gone;
    private final long begin = System.nanoTime();
    private SelectionKey key;

    private Stay(SocketChannel channel, boolean secure, BooleanSupplier received, Runnable gone) {
      this.channel = channel;
      this.secure = secure;
      this.received = received;
      this.gone = gone;
    }

    private synchronized void look() {
      if (!stays.contains(this) || !received.getAsBoolean()) {
        return;
      }
      try {
        key = key == null ? channel.register(selector, SelectionKey.OP_READ, this) : key;
      } catch (ClosedChannelException e) {
        leave();
      }
    }

    /** What can be read is a next request, or the end. */
    private void readable() {
      try {
        int bytes = channel.socket().getInputStream().available();
        if (bytes == 0 || secure && bytes <= GOODBYE) {
          leave();
        }
      } catch (IOException e) {
        leave();
      }
    }

    private void leave() {
      if (stays.remove(this)) {
        gone.run();
      }
    }

    @Override
    public synchronized void close() {
      stays.remove(this);
      if (key != null) {
        key.cancel();
      }
    }
  }

  /**
   * @param received whether the whole request has been read: as long as somebody reads, what can be
   *     read now and is not there a moment later is no goodbye
   * @param gone called once, by another thread, when the client is gone before the stay is closed
   * @return nothing for a connection that is no socket
   */
  Optional<Stay> watch(EndPoint endPoint, BooleanSupplier received, Runnable gone) {
    EndPoint outer =
        endPoint instanceof SslConnection.SslEndPoint tls
            ? tls.getSslConnection().getEndPoint()
            : endPoint;
    if (!(outer instanceof SocketChannelEndPoint socket)) {
      return Optional.empty();
    }
    Stay stay = new Stay(socket.getChannel(), outer != endPoint, received, gone);
    stays.add(stay);
    return Optional.of(stay);
  }

  /** To be called a few times a second, by one thread. */
  void sweep() {
    long now = System.nanoTime();
    stays.stream().filter(stay -> now - stay.begin > SOON).forEach(Stay::look);
    if (!selector.isOpen()) {
      return;
    }
    try {
      selector.selectNow(
          ready -> {
            try {
              if (ready.isReadable()) {
                ((Stay) ready.attachment()).readable();
              }
            } catch (CancelledKeyException left) {
              // Its answer has ended meanwhile.
            }
          });
    } catch (IOException e) {
      throw new IllegalStateException("The selector fails", e);
    }
  }

  @Override
  public void close() {
    try {
      selector.close();
    } catch (IOException e) {
      throw new IllegalStateException("The selector does not close", e);
    }
  }
}
