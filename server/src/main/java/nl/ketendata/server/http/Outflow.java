package nl.ketendata.server.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.IteratingCallback;

/**
 * Takes an answer to its client: one piece travels while the next is being made. What a slow client
 * does not take in time waits on disk, so that it keeps no statement, no thread and no memory but
 * one piece. Used by one thread that writes, and by those of Jetty that send.
 */
final class Outflow {
  /** The largest piece. */
  static final int PIECE = 128 * 1024;

  /** A client that takes a piece sooner is worth waiting for. */
  private static final Duration SOON = Duration.ofMillis(250);

  private static final Duration FOREVER = Duration.ofDays(1);

  private final Response response;
  private final Pace.Watched watch;
  private final Spools spools;
  private final Wait wait;
  private final Sender sender = new Sender();
  private Optional<RetainableByteBuffer> piece = Optional.empty();
  private Optional<Backlog> backlog = Optional.empty();
  private Consumer<Optional<Throwable>> whenSent = failure -> {};
  private Optional<Throwable> failure = Optional.empty();
  private boolean loaded;
  private boolean last;
  private boolean sent;
  private boolean closed;

  /**
   * @param watch cuts the connection of a client that takes too long
   * @param spools for what waits
   * @param wait told when the thread that writes waits for the client
   */
  Outflow(Response response, Pace.Watched watch, Spools spools, Wait wait) {
    this.response = response;
    this.watch = watch;
    this.spools = spools;
    this.wait = wait;
  }

  /** Hears how the thread that writes fares. */
  interface Wait {
    /** It is about to wait for the client; holds a lock that senders need, so be quick. */
    void begins();

    /** A piece was taken; holds no lock. */
    void ends();
  }

  /** What waits to be sent. */
  interface Backlog extends AutoCloseable {
    /** Fills a buffer as far as there is anything. */
    void read(ByteBuffer into) throws IOException;

    /** Whether there is nothing to read now. */
    boolean isEmpty();

    /** Takes more, or says that it cannot. */
    default boolean append(ByteBuffer bytes) throws IOException {
      return false;
    }

    @Override
    void close();
  }

  /**
   * Sends a piece, or has it wait. The bytes are copied.
   *
   * @param bytes at most {@link #PIECE}
   * @param end whether they are the last
   * @throws IOException when the client is gone
   */
  void push(ByteBuffer bytes, boolean end) throws IOException {
    synchronized (this) {
      refuseFailed();
      if (!keeps(bytes)) {
        awaitRoom(FOREVER);
        load(bytes);
      }
      last = end;
    }
    sender.iterate();
    if (!end) {
      wait.ends();
    }
  }

  /** Sends all that there is, to its end; closes it then. */
  void pour(Backlog all) {
    synchronized (this) {
      backlog = Optional.of(all);
      last = true;
    }
    sender.iterate();
  }

  /** Whether the bytes wait on disk now, because the client does. */
  private boolean keeps(ByteBuffer bytes) throws IOException {
    if (backlog.isPresent()) {
      if (waits() && backlog.get().append(bytes)) {
        return true;
      }
      awaitRoom(FOREVER);
      closeBacklog();
      return false;
    }
    if (awaitRoom(SOON)) {
      return false;
    }
    backlog = spools.open();
    return backlog.isPresent() && backlog.get().append(bytes);
  }

  private void load(ByteBuffer bytes) {
    RetainableByteBuffer to = piece.orElseGet(this::acquire);
    to.getByteBuffer().clear().put(bytes).flip();
    loaded = true;
  }

  private RetainableByteBuffer acquire() {
    RetainableByteBuffer made =
        response.getRequest().getComponents().getByteBufferPool().acquire(PIECE, true);
    piece = Optional.of(made);
    return made;
  }

  /** Waits until nothing travels or waits; false when that takes longer. */
  private boolean awaitRoom(Duration most) throws IOException {
    long end = System.nanoTime() + most.toNanos();
    while (failure.isEmpty() && (loaded || waits())) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait.begins();
      try {
        wait(left / 1_000_000, (int) (left % 1_000_000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (IOException) new InterruptedIOException().initCause(e);
      }
    }
    refuseFailed();
    return true;
  }

  private void refuseFailed() throws IOException {
    if (failure.isPresent()) {
      throw new IOException("The client is gone", failure.get());
    }
  }

  /** Whether the client was found to be gone. */
  synchronized boolean broken() {
    return failure.isPresent();
  }

  /**
   * To be called when all was pushed.
   *
   * @param then called once, when all is sent or cannot be sent: by this thread when that is so
   *     now, or else by one of Jetty's
   */
  void whenSent(Consumer<Optional<Throwable>> then) {
    synchronized (this) {
      if (!sent && failure.isEmpty()) {
        whenSent = then;
        return;
      }
    }
    then.accept(failure);
  }

  /** Sends nothing more and lets go of what it holds. */
  synchronized void close() {
    closed = true;
    closeBacklog();
    if (!loaded) {
      releasePiece();
    }
  }

  private void closeBacklog() {
    backlog.ifPresent(Backlog::close);
    backlog = Optional.empty();
  }

  private void releasePiece() {
    piece.ifPresent(RetainableByteBuffer::release);
    piece = Optional.empty();
  }

  private synchronized void landed() {
    watch.moved();
    loaded = false;
    if (closed) {
      releasePiece();
    }
    notifyAll();
  }

  private void ended(Optional<Throwable> how) {
    Consumer<Optional<Throwable>> then;
    synchronized (this) {
      watch.moved();
      loaded = false;
      failure = how;
      sent = how.isEmpty();
      then = whenSent;
      whenSent = ignored -> {};
      if (closed) {
        releasePiece();
      }
      notifyAll();
    }
    then.accept(how);
  }

  /** Sends one piece after the other, as the client takes them. */
  private final class Sender extends IteratingCallback {
    private boolean travels;
    private boolean endTravels;

    @Override
    protected Action process() throws IOException {
      if (travels) {
        travels = false;
        landed();
      }
      if (endTravels) {
        return Action.SUCCEEDED;
      }
      Optional<ByteBuffer> next = next();
      if (next.isEmpty()) {
        return Action.IDLE;
      }
      travels = true;
      response.write(endTravels, next.get(), this);
      return Action.SCHEDULED;
    }

    /** The next piece; an empty one when there was nothing left to carry the end. */
    private Optional<ByteBuffer> next() throws IOException {
      synchronized (Outflow.this) {
        if (closed || !loaded && !fill() && !last) {
          return Optional.empty();
        }
        endTravels = last && !waits();
        ByteBuffer bytes = loaded ? piece.orElseThrow().getByteBuffer() : ByteBuffer.allocate(0);
        watch.waits(bytes.remaining());
        return Optional.of(bytes);
      }
    }

    @Override
    protected void onCompleteSuccess() {
      ended(Optional.empty());
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
      ended(Optional.of(cause));
    }
  }

  /** Loads the next piece of what waits. */
  private boolean fill() throws IOException {
    if (!waits()) {
      return false;
    }
    ByteBuffer to = piece.orElseGet(this::acquire).getByteBuffer().clear();
    backlog.get().read(to);
    to.flip();
    loaded = true;
    return true;
  }

  private boolean waits() {
    return backlog.isPresent() && !backlog.get().isEmpty();
  }
}
