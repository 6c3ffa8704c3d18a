package nl.ketendata.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.schema.Product;
import nl.ketendata.server.algebra.Planner;
import nl.ketendata.server.audit.Entry;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.lookup.Lookups;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Policy;
import nl.ketendata.server.question.CountQuestion;
import nl.ketendata.server.question.Scope;
import nl.ketendata.server.store.GemeenteRemoval;
import nl.ketendata.server.store.Steps;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The number of all rows of a table is counted once for each version. */
class WholeCountsTest {
  private static final Caller CALLER = TestServer.caller("GM9030");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir private Path data;
  private final List<Entry> audited = new ArrayList<>();
  private final List<Event> told = new ArrayList<>();
  private TestServer server;
  private StoreDoor door;

  @BeforeEach
  void open() {
    server = new TestServer(data);
    door =
        new StoreDoor(
            TestServer.CATALOGUE,
            server.store(),
            Lookups.none(server.store()),
            new Planner(),
            new Limits(8, MINUTE, MINUTE, MINUTE),
            new Events(List.of(told::add)),
            Policy.STANDARD,
            audited::add);
  }

  @AfterEach
  void close() {
    door.close();
    server.close();
  }

  private void take(int week, String... keys) {
    server.take(
        "GM9030",
        "Ketendata-IJW-Test-202401%02d060000.zip".formatted(week),
        Map.of("JW301.csv", "Bericht_Id\n" + String.join("\n", keys) + "\n"));
  }

  private long count() {
    Mounted mounted = door.mounted(CALLER, new Scope("GM9030", Product.IJW));
    return door.count(CALLER, mounted, new CountQuestion("JW301", Optional.empty()));
  }

  private List<Duration> worked() {
    return told.stream()
        .filter(Event.QuestionAnswered.class::isInstance)
        .map(event -> ((Event.QuestionAnswered) event).took())
        .toList();
  }

  @Test
  void theSecondTimeTheEngineDoesNothingAndItIsStillWrittenDown() {
    take(7, "a", "b");
    assertThat(count()).isEqualTo(2);
    assertThat(count()).isEqualTo(2);
    assertThat(worked()).hasSize(2).last().isEqualTo(Duration.ZERO);
    assertThat(worked().get(0)).isPositive();
    assertThat(audited).extracting(Entry::actor).containsExactly("test", "test");
  }

  @Test
  void anotherVersionIsCountedAnew() {
    take(7, "a", "b");
    assertThat(count()).isEqualTo(2);
    take(14, "c");
    assertThat(count()).isEqualTo(3);
  }

  @Test
  void aGemeenteThatWasRemovedAndCameBackIsCountedAnew() {
    take(7, "a", "b");
    assertThat(count()).isEqualTo(2);
    new GemeenteRemoval(data, Steps.NONE).remove(Gemeente.parse("GM9030"));
    take(7, "c");
    assertThat(count()).isEqualTo(1);
  }
}
