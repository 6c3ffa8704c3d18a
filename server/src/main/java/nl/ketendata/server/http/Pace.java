package nl.ketendata.server.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Cuts those who read or send so slowly that they only keep a thread: less than so many bytes a
 * second for longer than a grace time.
 */
final class Pace {
  private final long grace;
  private final long nanosPerByte;
  private final Set<Watched> watched = ConcurrentHashMap.newKeySet();

  /**
   * @param rate bytes a second
   */
  Pace(Duration grace, int rate) {
    this.grace = grace.toNanos();
    this.nanosPerByte = Duration.ofSeconds(1).toNanos() / rate;
  }

  /** Something that may not take too long. */
  final class Watched implements AutoCloseable {
    private static final long NEVER = Long.MAX_VALUE;

    private final Runnable cut;
    private volatile long due = NEVER;

    private Watched(Runnable cut) {
      this.cut = cut;
    }

    /** Begins to wait for the other side, which has so many bytes to take or give. */
    void waits(long bytes) {
      due = System.nanoTime() + grace + bytes * nanosPerByte;
    }

    /** The wait is over. */
    void moved() {
      due = NEVER;
    }

    @Override
    public void close() {
      watched.remove(this);
    }
  }

  /**
   * @param cut closes the connection; called once, by another thread
   */
  Watched watch(Runnable cut) {
    Watched made = new Watched(cut);
    watched.add(made);
    return made;
  }

  /** To be called now and then. */
  void sweep() {
    long now = System.nanoTime();
    for (Watched each : watched) {
      if (each.due != Watched.NEVER && now - each.due > 0 && watched.remove(each)) {
        each.cut.run();
      }
    }
  }

  /**
   * A body that must come in at the pace, from its first byte to its last; read by the thread that
   * also writes.
   */
  InputStream paced(InputStream body, Watched watch) {
    return new FilterInputStream(body) {
      private final long begin = System.nanoTime();
      private long received;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        // What came in fast is no licence to stand still.
        long latest = System.nanoTime() + 2 * grace;
        watch.due = Math.min(begin + grace + received * nanosPerByte, latest);
        try {
          int count = super.read(bytes, offset, length);
          received += Math.max(0, count);
          return count;
        } finally {
          watch.moved();
        }
      }
    };
  }
}
