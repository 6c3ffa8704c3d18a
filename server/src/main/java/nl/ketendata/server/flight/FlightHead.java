package nl.ketendata.server.flight;

import io.grpc.netty.NettyServerBuilder;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.server.audit.Auditor;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.identity.Authenticator;
import nl.ketendata.server.query.Door;
import org.apache.arrow.flight.FlightServer;
import org.apache.arrow.flight.Location;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * Serves Flight SQL on a port of its own.
 *
 * <p>
 *
 * {@snippet :
 * try (FlightHead flight = new FlightHead(door, catalogue, authenticator, "0.1.0", events, auditor, clock)) {
 *   flight.start("127.0.0.1", 8082, Optional.empty());
 *   // jdbc:arrow-flight-sql://localhost:8082?useEncryption=false&user=…&password=…
 * }
 * }
 */
public final class FlightHead implements AutoCloseable {
  static final String NAME = "flight";
  private static final int LARGEST_REQUEST = 1 << 20;
  private static final int LARGEST_HEADERS = 16 * 1024;

  /** Bytes that wait for one client; the rest waits in the engine. */
  private static final int WAITING_BYTES = 1 << 20;

  private static final int CALLS_OF_A_CONNECTION = 100;
  private static final long STACK_BYTES = 1024 * 1024;
  private static final long SWEEP_SECONDS = 30;
  private static final long GRACE_SECONDS = 5;

  private final BufferAllocator allocator = new RootAllocator();
  private final Sessions sessions;
  private final Statements statements;
  private final Streams streams;
  private final Producer producer;
  private final Entrance entrance;
  private final ExecutorService calls;
  private final ScheduledExecutorService sweeper;
  private FlightServer server;

  /**
   * @param version of this server, told to clients
   * @param auditor hears what is refused; what is read, the door tells it
   */
  public FlightHead(
      Door door,
      Catalogue catalogue,
      Authenticator authenticator,
      String version,
      Events events,
      Auditor auditor,
      Clock clock) {
    this(door, catalogue, authenticator, version, events, auditor, clock, Limits.STANDARD);
  }

  FlightHead(
      Door door,
      Catalogue catalogue,
      Authenticator authenticator,
      String version,
      Events events,
      Auditor auditor,
      Clock clock,
      Limits limits) {
    RandomIds ids = new RandomIds(new SecureRandom());
    Faults faults = new Faults(events, auditor);
    sessions = new Sessions(authenticator, events, ids, clock, limits);
    streams = new Streams(allocator, faults, limits);
    statements =
        new Statements(door, streams, handles(ids, clock, limits), handles(ids, clock, limits));
    producer =
        new Producer(
            door,
            catalogue,
            statements,
            new Actions(statements, sessions),
            streams,
            Facts.info(version),
            faults);
    entrance = new Entrance(sessions, faults, limits.calls());
    calls = threads();
    sweeper = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "ketendata-flight-sweep"));
  }

  private static <T> Handles<T> handles(RandomIds ids, Clock clock, Limits limits) {
    int most = limits.handles();
    return new Handles<>(ids, clock, limits.idleHandle(), most, most * Limits.FULL_CALLERS);
  }

  /** As many as there are calls, of which the entrance lets in only so many. */
  private static ExecutorService threads() {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        1,
        TimeUnit.MINUTES,
        new SynchronousQueue<>(),
        task ->
            new Thread(
                null, task, "ketendata-flight-" + number.incrementAndGet(), STACK_BYTES, false));
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Begins to answer.
   *
   * @param host the address to listen on
   * @param port 0 for one that is free
   * @param tls what makes the engine of each connection; without it nothing is encrypted
   * @throws Failure KD703 when the port cannot be had
   */
  public void start(String host, int port, Optional<SSLContext> tls) {
    Consumer<NettyServerBuilder> further =
        builder -> {
          tls.ifPresent(context -> builder.sslContext(secured(context)));
          builder
              .intercept(entrance)
              .maxConcurrentCallsPerConnection(CALLS_OF_A_CONNECTION)
              .permitKeepAliveWithoutCalls(true)
              .permitKeepAliveTime(10, TimeUnit.SECONDS)
              .handshakeTimeout(10, TimeUnit.SECONDS);
        };
    server =
        FlightServer.builder(allocator, Location.forGrpcInsecure(host, port), producer)
            .executor(calls)
            .maxInboundMessageSize(LARGEST_REQUEST)
            .setMaxHeaderListSize(LARGEST_HEADERS)
            .backpressureThreshold(WAITING_BYTES)
            .middleware(Gate.KEY, (info, headers, context) -> new Gate(info.method(), headers))
            .transportHint("grpc.builderConsumer", further)
            .build();
    try {
      server.start();
    } catch (IOException e) {
      throw Failure.of(Code.PORT_TAKEN, Integer.toString(port)).causedBy(e);
    }
    sweeper.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
  }

  /** Versions, ciphers and client certificates are the context's own choice. */
  private static SslContext secured(SSLContext context) {
    return new JdkSslContext(
        context,
        false,
        List.of(context.createSSLEngine().getEnabledCipherSuites()),
        IdentityCipherSuiteFilter.INSTANCE,
        new ApplicationProtocolConfig(
            Protocol.ALPN,
            SelectorFailureBehavior.NO_ADVERTISE,
            SelectedListenerFailureBehavior.ACCEPT,
            ApplicationProtocolNames.HTTP_2),
        ClientAuth.NONE,
        null,
        false);
  }

  /** Where it answers. */
  public int port() {
    return server.getPort();
  }

  /** Forgets what nobody used for too long. */
  void sweep() {
    sessions.endIdle();
    statements.forgetIdle();
  }

  Sessions sessions() {
    return sessions;
  }

  Statements statements() {
    return statements;
  }

  /** Lets running answers end for a moment, then cuts them. */
  @Override
  public void close() {
    sweeper.shutdownNow();
    try {
      if (server != null) {
        server.shutdown();
        server.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
        server.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      streams.close();
      calls.shutdownNow();
      allocator.close();
    }
  }
}
