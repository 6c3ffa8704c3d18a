package nl.ketendata.server.query;

import static nl.ketendata.server.testing.TestServer.caller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.ketendata.schema.Product;
import nl.ketendata.server.algebra.Planner;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.question.RowsQuestion;
import nl.ketendata.server.question.SqlQuestion;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams of several batches, of which the next is loaded while one is read. */
class CursorStreamTest {
  private static final int ROWS = 20_000;

  /** Pairs of pairs of rows, none of which fits: hours of work. */
  private static final String ENDLESS =
      """
      SELECT count(*) FROM JW301_ToegewezenProduct a, JW301_ToegewezenProduct b,
        JW301_ToegewezenProduct c WHERE a.Commentaar || b.Commentaar || c.Commentaar = 'x'\
      """;

  @TempDir static Path data;
  private static TestServer server;
  private final Caller caller = caller("GM9030");

  @BeforeAll
  static void load() {
    server = new TestServer(data);
    String rows =
        IntStream.range(0, ROWS)
            .mapToObj(i -> "p%05d,b,45,%d,tekst nummer %d\n".formatted(i, i, i))
            .collect(Collectors.joining());
    server.take(
        "GM9030",
        "Ketendata-IJW-Test-aan-Zee-20240107060000.zip",
        Map.of(
            "JW301.csv",
            "Bericht_Id,Header_Afzender\nb,9030\n",
            "JW301_ToegewezenProduct.csv",
            "ToegewezenProduct_Id,Bericht_Id,Product_Categorie,Budget,Commentaar\n" + rows));
  }

  /** Fails when memory of a batch was not given back. */
  @AfterAll
  static void close() {
    server.close();
  }

  private Answer all() {
    return server
        .door()
        .rows(
            caller,
            server.mounted("GM9030", Product.IJW),
            RowsQuestion.all("JW301_ToegewezenProduct", List.of("Budget", "Commentaar")));
  }

  @Test
  void givesEveryRowOfEveryBatchOnce() {
    try (Answer answer = all()) {
      assertThat(TestServer.texts(answer.rows(), 2))
          .isEqualTo(IntStream.range(0, ROWS).mapToObj(i -> i + "|tekst nummer " + i).toList());
    }
  }

  @Test
  void closesInTheMiddleAsOftenAsItIsAsked() {
    for (int i = 0; i < 60; i++) {
      try (Answer answer = all()) {
        for (int batch = 0; batch < i % 4; batch++) {
          assertThat(answer.rows().advance()).isTrue();
        }
      }
    }
    assertThat(server.door().running()).isZero();
    try (Answer answer = all()) {
      assertThat(TestServer.texts(answer.rows(), 1)).hasSize(ROWS);
    }
  }

  @Test
  void stopsInTheMiddleWhenItIsCancelled() {
    try (Answer answer = all()) {
      answer.rows().advance();
      answer.rows().cancel();
      assertThatThrownBy(answer.rows()::advance)
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.code()).isEqualTo(Code.CANCELLED));
    }
  }

  @Test
  void stopsWhoseReaderIsNotWaitedForAnyMore() throws Exception {
    List<Thread> reader = new ArrayList<>();
    CompletableFuture<Throwable> ended = endless(server.door(), reader);
    server.door().abandon(reader.get(0));
    assertThat(ended.get(60, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.code()).isEqualTo(Code.CANCELLED));
  }

  @Test
  void letsNoMoreStatementsWorkThanIsSet() throws Exception {
    Duration minute = Duration.ofMinutes(1);
    Limits one = new Limits(8, 1, 8, Duration.ofMillis(300), minute, minute);
    try (StoreDoor door =
        new StoreDoor(TestServer.CATALOGUE, server.store(), new Planner(), one, Events.silent())) {
      List<Thread> reader = new ArrayList<>();
      CompletableFuture<Throwable> ended = endless(door, reader);
      assertThatThrownBy(() -> run(door, "SELECT count(*) FROM JW301"))
          .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.code()).isEqualTo(Code.BUSY));
      door.abandon(reader.get(0));
      ended.get(60, TimeUnit.SECONDS);
      run(door, "SELECT count(*) FROM JW301");
    }
  }

  /** Begins to read what never ends, in a thread of its own; returns when it is at work. */
  private CompletableFuture<Throwable> endless(StoreDoor door, List<Thread> reader)
      throws InterruptedException {
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                run(door, ENDLESS);
                ended.complete(new AssertionError("it ended"));
              } catch (Throwable thrown) {
                ended.complete(thrown);
              }
            });
    thread.start();
    reader.add(thread);
    while (!inTheEngine(thread)) {
      assertThat(ended).isNotDone();
      Thread.sleep(5);
    }
    return ended;
  }

  private static boolean inTheEngine(Thread thread) {
    List<String> frames =
        Arrays.stream(thread.getStackTrace())
            .map(frame -> frame.getClassName() + "." + frame.getMethodName())
            .toList();
    return frames.contains("nl.ketendata.server.store.Cursor.advance")
        && frames.stream().anyMatch(frame -> frame.startsWith("org.duckdb.DuckDBNative"));
  }

  private void run(StoreDoor door, String sql) {
    PreparedSql prepared = door.prepare(caller, new SqlQuestion(sql, Optional.empty()));
    try (RowStream rows = door.run(caller, prepared, List.of())) {
      rows.advance();
    }
  }
}
