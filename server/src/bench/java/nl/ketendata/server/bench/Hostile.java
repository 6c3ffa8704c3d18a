package nl.ketendata.server.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Clients that want to keep others out: they read or write as slowly as they can. */
final class Hostile implements AutoCloseable {
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final List<Thread> threads = new ArrayList<>();
  private final InetSocketAddress server;
  private final String host;

  Hostile(String url) {
    URI uri = URI.create(url);
    server = new InetSocketAddress(uri.getHost(), uri.getPort());
    host = uri.getAuthority();
  }

  /**
   * Sockets that send a byte of a request's headers every ten seconds, and connect again when they
   * are closed.
   */
  void drip(int number) {
    run(
        number,
        "GET / HTTP/1.1\r\nX-Drip: ",
        channel -> channel.write(ByteBuffer.wrap(new byte[] {'x'})),
        10_000);
  }

  /** Clients that take a thousand bytes a second of a large answer, and ask again when cut. */
  void read(int number, String path) {
    String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
    run(
        number,
        request,
        channel -> {
          ByteBuffer buffer = ByteBuffer.allocate(1_000);
          return channel.read(buffer);
        },
        1_000);
  }

  private interface Step {
    int take(SocketChannel channel) throws IOException;
  }

  /** One thread for all of a kind: they do almost nothing. */
  private void run(int number, String request, Step step, long everyMillis) {
    Thread thread =
        new Thread(
            () -> {
              SocketChannel[] channels = new SocketChannel[number];
              while (!stopped.get()) {
                for (int i = 0; i < number && !stopped.get(); i++) {
                  channels[i] = step(channels[i], request, step);
                  pause(everyMillis / (double) number);
                }
              }
              for (SocketChannel channel : channels) {
                close(channel);
              }
            },
            "bench-hostile");
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
  }

  private SocketChannel step(SocketChannel channel, String request, Step step) {
    try {
      if (channel == null) {
        SocketChannel opened = SocketChannel.open();
        opened.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
        opened.connect(server);
        opened.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        opened.configureBlocking(false);
        return opened;
      }
      if (step.take(channel) >= 0) {
        return channel;
      }
    } catch (IOException cut) {
      // Connects again.
    }
    close(channel);
    return null;
  }

  private static void close(SocketChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException gone) {
      // It was.
    }
  }

  private static void pause(double millis) {
    try {
      Thread.sleep((long) millis, (int) (millis % 1 * 1_000_000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks, takes the first bytes of the answer or none, and leaves. */
  void abort(String path, int number) throws IOException, InterruptedException {
    byte[] request =
        ("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < number; i++) {
      try (SocketChannel channel = SocketChannel.open(server)) {
        channel.write(ByteBuffer.wrap(request));
        if (i % 2 == 0) {
          channel.read(ByteBuffer.allocate(512));
        } else {
          Thread.sleep(i % 7);
        }
        channel.setOption(StandardSocketOptions.SO_LINGER, i % 3 == 0 ? 0 : -1);
      }
    }
  }

  @Override
  public void close() {
    stopped.set(true);
    for (Thread thread : threads) {
      end(thread);
    }
  }

  private static void end(Thread thread) {
    try {
      thread.join(15_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
