package nl.ketendata.server.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.junit.jupiter.api.Test;

/** A client that leaves is noticed whenever it does so. */
class PatienceTest {
  private final AtomicInteger told = new AtomicInteger();
  private final Client client = new Client();

  /** Takes nothing; leaves when it is told to. */
  private static final class Client implements ServerStreamListener {
    private Runnable leaves = () -> {};
    private boolean gone;

    void leave() {
      gone = true;
      leaves.run();
    }

    @Override
    public boolean isCancelled() {
      return gone;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {
      leaves = handler;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {}

    @Override
    public boolean isReady() {
      return false;
    }

    @Override
    public void start(VectorSchemaRoot root, DictionaryProvider dictionaries, IpcOption option) {}

    @Override
    public void putNext() {}

    @Override
    public void putNext(ArrowBuf metadata) {}

    @Override
    public void putMetadata(ArrowBuf metadata) {}

    @Override
    public void error(Throwable thrown) {}

    @Override
    public void completed() {}
  }

  private Patience patience(Duration most) {
    return new Patience(client, most, told::incrementAndGet);
  }

  @Test
  void theWorkForAClientThatLeavesIsStopped() {
    Patience patience = patience(Duration.ofMinutes(1));
    assertThat(told).hasValue(0);
    client.leave();
    assertThat(told).hasValue(1);
    assertThat(patience.await()).isFalse();
  }

  @Test
  void alsoForOneThatLeftWhileItsStatementWasBeingOpened() {
    client.leave();
    Patience patience = patience(Duration.ofMinutes(1));
    assertThat(told).hasValue(1);
    assertThat(patience.isGone()).isTrue();
    assertThat(patience.await()).isFalse();
  }

  @Test
  void oneThatTakesNothingIsNotWaitedForForEver() {
    Patience patience = patience(Duration.ofMillis(20));
    assertThatThrownBy(patience::await)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(Code.SLOW_READER));
  }
}
