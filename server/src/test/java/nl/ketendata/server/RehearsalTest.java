package nl.ketendata.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.http.InnerWeb;
import nl.ketendata.server.odata.ODataHead;
import nl.ketendata.server.odata.ODataSettings;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path data;
  private final List<RuntimeException> failures = new ArrayList<>();
  private final Caller caller = TestServer.caller("GM9030");
  private TestServer server;

  @BeforeEach
  void opens() {
    server = new TestServer(data);
    server.take(
        "GM9030",
        "Ketendata-IJW-Test-20260101060000.zip",
        Map.of(
            "JW301.csv", "Bericht_Id\nb1\nb2\n",
            "JW301_ToegewezenProduct.csv",
                "ToegewezenProduct_Id,Bericht_Id,Ingangsdatum\np1,b1,2026-01-01\np2,b2,\n"));
  }

  @AfterEach
  void closes() {
    server.close();
  }

  private ODataHead head() {
    return new ODataHead(server.door(), TestServer.CATALOGUE, ODataSettings.DEFAULT);
  }

  private Rehearsal rehearsal(Optional<Caller> who, AtomicBoolean quiet) {
    return new Rehearsal(
        server.door(), head(), () -> who, quiet::get, System::nanoTime, failures::add);
  }

  @Test
  void everyQuestionIsAnsweredWholeAsItWouldBeForAnybody() {
    List<RehearsedQuestion> questions = RehearsedQuestions.of(server.door(), caller);
    assertThat(questions).isNotEmpty().allMatch(question -> question.address().contains("__n__"));
    assertThat(questions).filteredOn(RehearsedQuestion::large).hasSize(1);
    try (InnerWeb web = new InnerWeb(head(), caller)) {
      for (RehearsedQuestion question : questions) {
        // A key that is a number is no row's: that is how a row that is not there is rehearsed.
        String status = question.address().contains("('__n__')") ? "404" : "200";
        assertThat(web.get(question.address(7), "identity"))
            .as(question.address())
            .startsWith("HTTP/1.1 " + status);
      }
      String page = questions.get(0).address(7);
      assertThat(web.get(page, "identity")).contains("p1", "p2").endsWith("}");
    }
  }

  @Test
  void asksWhileNobodyElseDoesAndNothingWhenItIsOver() throws InterruptedException {
    AtomicBoolean quiet = new AtomicBoolean();
    Rehearsal rehearsal = rehearsal(Optional.of(caller), quiet);
    rehearsal.start();
    Thread.sleep(300);
    assertThat(rehearsal.asked()).isZero();
    quiet.set(true);
    for (long end = System.nanoTime() + LONG.toNanos();
        rehearsal.asked() < 20 && System.nanoTime() < end; ) {
      Thread.sleep(10);
    }
    assertThat(rehearsal.asked()).isGreaterThanOrEqualTo(20);
    rehearsal.close();
    int asked = rehearsal.asked();
    assertThat(rehearsal.over()).isTrue();
    Thread.sleep(100);
    assertThat(rehearsal.asked()).isEqualTo(asked);
    assertThat(server.door().running()).isZero();
    assertThat(failures).isEmpty();
  }

  @Test
  void hasNothingToAskWhereThereIsNoData() throws InterruptedException {
    for (Optional<Caller> who :
        List.of(Optional.<Caller>empty(), Optional.of(TestServer.caller()))) {
      Rehearsal rehearsal = rehearsal(who, new AtomicBoolean(true));
      rehearsal.start();
      for (long end = System.nanoTime() + LONG.toNanos();
          !rehearsal.over() && System.nanoTime() < end; ) {
        Thread.sleep(10);
      }
      assertThat(rehearsal.over()).isTrue();
      assertThat(rehearsal.asked()).isZero();
      assertThat(failures).isEmpty();
    }
  }

  @Test
  void itIsQuietHalfASecondAfterTheLastRequest() {
    AtomicLong nanos = new AtomicLong(7);
    Quiet quiet = new Quiet(nanos::get);
    assertThat(quiet.isQuiet()).isTrue();
    quiet.accept(new Event.QuestionAnswered("rows", 1, Duration.ZERO));
    assertThat(quiet.isQuiet()).isFalse();
    nanos.addAndGet(Duration.ofMillis(499).toNanos());
    assertThat(quiet.isQuiet()).isFalse();
    nanos.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(quiet.isQuiet()).isTrue();
  }
}
