package nl.ketendata.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/** A head that does what its path says. */
final class EchoHead implements Head {
  static final String LINE = "Er ligt een regel op de plank. ".repeat(32) + "\n";
  static final Map<String, String> TEXT =
      Map.of("Content-Type", "text/plain; charset=utf-8", "ETag", "\"1\"");

  final CountDownLatch entered = new CountDownLatch(1);
  final CountDownLatch hold = new CountDownLatch(1);

  @Override
  public String segment() {
    return "echo";
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    switch (exchange.rawPath()) {
      case "/echo/caller" -> text(exchange, exchange.caller().toString());
      case "/echo/body" -> exchange.respond(200, TEXT, exchange.body().readAllBytes());
      case "/echo/base" -> text(exchange, exchange.baseUrl());
      case "/echo/language" -> text(exchange, exchange.language().getLanguage());
      case "/echo/long" -> lines(exchange, 1_000);
      case "/echo/endless" -> lines(exchange, Integer.MAX_VALUE);
      case "/echo/empty" -> exchange.respond(204, Map.of(), new byte[0]);
      case "/echo/same" -> exchange.respond(304, Map.of("ETag", "\"1\""), new byte[0]);
      case "/echo/early" -> failAfter(exchange, 1, new IllegalStateException("geheim"));
      case "/echo/late" -> failAfter(exchange, 1_000, new IllegalStateException("geheim"));
      case "/echo/timeout" -> failAfter(exchange, 1_000, Failure.of(Code.TIMED_OUT, "60 s"));
      case "/echo/failure" -> throw Failure.of(Code.UNKNOWN_COLUMN, "X", "");
      case "/echo/wrapped" -> throw Failure.internal(new IllegalStateException("geheim"));
      case "/echo/busy" -> throw Failure.of(Code.BUSY, 5);
      case "/echo/deep" -> deep(0);
      case "/echo/memory" -> throw new OutOfMemoryError("geheim");
      case "/echo/silent" -> exchange.committed();
      case "/echo/unclosed" -> exchange.respond(200, TEXT).write(1);
      case "/echo/hold" -> hold(exchange);
      case "/echo/lazy" -> lazily(exchange);
      default -> text(exchange, exchange.rawPath() + "|" + exchange.rawQuery().orElse("-"));
    }
  }

  @Override
  public void refuse(Exchange exchange, Failure failure) throws IOException {
    String text = "echo " + failure.code().id() + " " + failure.message(exchange.language());
    exchange.respond(failure.code().httpStatus(), TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Does no work for a body that is not sent. */
  private static void lazily(Exchange exchange) throws IOException {
    try (OutputStream out = exchange.respond(200, TEXT)) {
      if (exchange.method().equals("GET")) {
        out.write(LINE.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private void hold(Exchange exchange) throws IOException {
    entered.countDown();
    try {
      hold.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    text(exchange, "held");
  }

  private static void text(Exchange exchange, String text) throws IOException {
    exchange.respond(200, TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void lines(Exchange exchange, int number) throws IOException {
    try (OutputStream out = exchange.respond(200, TEXT)) {
      for (int i = 0; i < number; i++) {
        out.write(LINE.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static void failAfter(Exchange exchange, int number, RuntimeException failure)
      throws IOException {
    try (OutputStream out = exchange.respond(200, TEXT)) {
      for (int i = 0; i < number; i++) {
        out.write(LINE.getBytes(StandardCharsets.UTF_8));
      }
      throw failure;
    }
  }

  private static int deep(int level) {
    return deep(level + 1) + 1;
  }
}
