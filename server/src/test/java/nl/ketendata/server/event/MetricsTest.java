package nl.ketendata.server.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import nl.ketendata.server.testing.SetClock;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private final SetClock clock = new SetClock();
  private final Metrics metrics = new Metrics(clock);
  private final Events events = new Events(List.of(metrics));

  @Test
  void showsFiguresOfTheMoment() {
    long[] open = {3};
    metrics.show("ketendata_open", "Open now.", () -> open[0]);
    assertThat(metrics.text()).contains("# TYPE ketendata_open gauge\nketendata_open 3\n");
    open[0] = 4;
    assertThat(metrics.text()).contains("ketendata_open 4\n");
  }

  @Test
  void countsRequestsByHeadAndStatus() {
    events.emit(new Event.RequestDone("odata", 200, Duration.ofMillis(3), 10, "whole"));
    events.emit(new Event.RequestDone("odata", 200, Duration.ofMillis(3), 5, "whole"));
    events.emit(new Event.RequestDone("odata", 404, Duration.ofMillis(3), 1, "KD421"));

    assertThat(metrics.text())
        .contains("# TYPE ketendata_requests_total counter\n")
        .contains("ketendata_requests_total{head=\"odata\",status=\"200\"} 2\n")
        .contains("ketendata_requests_total{head=\"odata\",status=\"404\"} 1\n")
        .contains("ketendata_response_bytes_total{head=\"odata\"} 16\n")
        .contains("ketendata_answers_cut_total{head=\"odata\",reason=\"KD421\"} 1\n");
  }

  @Test
  void countsRowsDeliveriesAndRefusals() {
    Event.RowCounts rows = new Event.RowCounts(10, 7, 2, 1);
    events.emit(
        new Event.DeliveryPublished(
            "GM9030", "ijw", "a.zip", rows, Duration.ofSeconds(1), "anna", "http"));
    events.emit(new Event.DeliveryRefused("GM9030", "ijw", "b.zip", "KD108", "anna", "http"));
    events.emit(new Event.QuestionAnswered("rows", 100, Duration.ofMillis(1)));
    events.emit(new Event.SignInRefused("odata", Event.SignInRefused.Reason.WRONG));

    assertThat(metrics.text())
        .contains("ketendata_ingested_rows_total{result=\"added\"} 7\n")
        .contains("ketendata_deliveries_total{result=\"published\"} 1\n")
        .contains("ketendata_deliveries_total{result=\"refused\"} 1\n")
        .contains("ketendata_rows_total{kind=\"rows\"} 100\n")
        .contains("ketendata_signins_refused_total{reason=\"wrong\"} 1\n");
  }

  @Test
  void tellsHowLongTheServerRuns() {
    clock.forward(Duration.ofMinutes(2));

    assertThat(metrics.text()).endsWith("ketendata_uptime_seconds 120\n");
  }

  @Test
  void keepsAFieldOnOneLine() {
    Event event =
        new Event.DeliveryRefused(
            "GM9030", "ijw", "a\nServerStopped x.zip", "KD101", "anna", "inbox");

    assertThat(event.fields())
        .hasToString(
            "gemeente=GM9030 product=ijw delivery=a_ServerStopped_x.zip code=KD101 by=anna"
                + " road=inbox");
  }
}
