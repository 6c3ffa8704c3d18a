package nl.ketendata.server.flight;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import nl.ketendata.server.event.Event.RequestDone;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.grpc.ServerInterceptorAdapter;
import org.apache.arrow.flight.grpc.StatusUtils;

/** Lets a call in: not too many at once, and after its sign-in. */
final class Entrance implements ServerInterceptor {
  private static final int BUSY_SECONDS = 5;

  private final Sessions sessions;
  private final Faults faults;
  private final Semaphore places;

  /**
   * @param calls that run at once
   */
  Entrance(Sessions sessions, Faults faults, int calls) {
    this.sessions = sessions;
    this.faults = faults;
    this.places = new Semaphore(calls);
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Gate gate = (Gate) ServerInterceptorAdapter.SERVER_MIDDLEWARE_KEY.get().get(Gate.KEY);
    if (!places.tryAcquire()) {
      return refuse(call, gate, Failure.of(Code.BUSY, BUSY_SECONDS));
    }
    try {
      gate.signIn(sessions, address(call), shown(call));
      return new Leaving<>(next.startCall(call, headers));
    } catch (Throwable thrown) {
      places.release();
      return refuse(call, gate, thrown);
    }
  }

  private static String address(ServerCall<?, ?> call) {
    return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)
            instanceof InetSocketAddress remote
        ? remote.getAddress().getHostAddress()
        : "";
  }

  /** The certificates that the client showed, its own first. */
  private static List<X509Certificate> shown(ServerCall<?, ?> call) {
    SSLSession tls = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    try {
      return tls == null
          ? List.of()
          : Stream.of(tls.getPeerCertificates()).map(X509Certificate.class::cast).toList();
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
    }
  }

  private <Q, A> ServerCall.Listener<Q> refuse(ServerCall<Q, A> call, Gate gate, Throwable thrown) {
    FlightRuntimeException told = faults.refusal(gate, thrown);
    Throwable refusal = StatusUtils.toGrpcException(told);
    if (refusal instanceof StatusRuntimeException status && status.getTrailers() != null) {
      call.close(status.getStatus(), status.getTrailers());
    } else {
      call.close(io.grpc.Status.fromThrowable(refusal), new Metadata());
    }
    done(status(thrown), System.nanoTime(), RequestDone.WHOLE);
    return new ServerCall.Listener<>() {};
  }

  private static int status(Throwable thrown) {
    Code code = thrown instanceof Failure failure ? failure.code() : Code.INTERNAL;
    return code.httpStatus();
  }

  private void done(int status, long begin, String ending) {
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    faults.events().emit(new RequestDone(FlightHead.NAME, status, took, 0, ending));
  }

  /** Gives the call's place back at its end, of which gRPC tells in one of two ways. */
  private final class Leaving<Q> extends SimpleForwardingServerCallListener<Q> {
    private final AtomicBoolean left = new AtomicBoolean();
    private final long begin = System.nanoTime();

    Leaving(ServerCall.Listener<Q> inner) {
      super(inner);
    }

    @Override
    public void onComplete() {
      leave(RequestDone.WHOLE);
      super.onComplete();
    }

    @Override
    public void onCancel() {
      leave(RequestDone.GONE);
      super.onCancel();
    }

    private void leave(String ending) {
      if (left.compareAndSet(false, true)) {
        places.release();
        done(200, begin, ending);
      }
    }
  }
}
