package nl.ketendata.server.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Counts events since the start, and shows the counts as Prometheus reads them. Labels are of small
 * closed sets, so the number of lines stays small whatever is asked.
 */
public final class Metrics implements Consumer<Event> {
  private static final Map<String, String> HELP =
      Map.of(
          "ketendata_requests_total", "Requests answered, by head and status.",
          "ketendata_response_bytes_total", "Bytes of answers sent, by head.",
          "ketendata_answers_cut_total", "Answers cut off before their end, by head and reason.",
          "ketendata_rows_total", "Rows read by heads, by kind of question.",
          "ketendata_signins_refused_total", "Sign-ins refused, by reason.",
          "ketendata_faults_total", "Faults of the server itself, by head.",
          "ketendata_deliveries_total", "Deliveries, by result.",
          "ketendata_ingested_rows_total", "Rows of published deliveries, by result.");

  private final Clock clock;
  private final Instant start;
  private final Map<Series, LongAdder> counters = new ConcurrentHashMap<>();
  private final List<Gauge> gauges = new CopyOnWriteArrayList<>();

  public Metrics(Clock clock) {
    this.clock = clock;
    this.start = clock.instant();
  }

  /**
   * Shows a figure of the moment as well.
   *
   * @param name begins with {@code ketendata_}
   * @param now asked each time; quick
   */
  public void show(String name, String help, LongSupplier now) {
    gauges.add(new Gauge(name, help, now));
  }

  @Override
  public void accept(Event event) {
    if (event instanceof Event.RequestDone done) {
      count("ketendata_requests_total", labels("head", done.head(), "status", done.status()), 1);
      count("ketendata_response_bytes_total", labels("head", done.head()), done.bytes());
      if (!done.ending().equals(Event.RequestDone.WHOLE)) {
        String cut = labels("head", done.head(), "reason", done.ending());
        count("ketendata_answers_cut_total", cut, 1);
      }
    } else if (event instanceof Event.SignInRefused refused) {
      String reason = refused.reason().name().toLowerCase(Locale.ROOT);
      count("ketendata_signins_refused_total", labels("reason", reason), 1);
    } else if (event instanceof Event.FaultFound fault) {
      count("ketendata_faults_total", labels("head", fault.head()), 1);
    } else if (event instanceof Event.QuestionAnswered answered) {
      count("ketendata_rows_total", labels("kind", answered.kind()), answered.rows());
    } else if (event instanceof Event.DeliveryPublished published) {
      count("ketendata_deliveries_total", labels("result", "published"), 1);
      countRows(published.rows());
    } else if (event instanceof Event.DeliveryKnown) {
      count("ketendata_deliveries_total", labels("result", "known"), 1);
    } else if (event instanceof Event.DeliveryRefused) {
      count("ketendata_deliveries_total", labels("result", "refused"), 1);
    }
  }

  /** All figures in the text format of Prometheus. */
  public String text() {
    StringBuilder text = new StringBuilder();
    String family = "";
    for (Map.Entry<Series, LongAdder> entry : new TreeMap<>(counters).entrySet()) {
      Series series = entry.getKey();
      if (!series.family().equals(family)) {
        family = series.family();
        describe(text, family, HELP.get(family), "counter");
      }
      text.append(family).append(series.labels()).append(' ');
      text.append(entry.getValue().sum()).append('\n');
    }
    gauges.forEach(gauge -> gauge.write(text));
    new Gauge(
            "ketendata_uptime_seconds",
            "Seconds since the start.",
            () -> Duration.between(start, clock.instant()).toSeconds())
        .write(text);
    return text.toString();
  }

  private void countRows(Event.RowCounts rows) {
    count("ketendata_ingested_rows_total", labels("result", "added"), rows.added());
    count("ketendata_ingested_rows_total", labels("result", "known"), rows.known());
    count("ketendata_ingested_rows_total", labels("result", "refused"), rows.refused());
  }

  private void count(String family, String labels, long amount) {
    counters.computeIfAbsent(new Series(family, labels), key -> new LongAdder()).add(amount);
  }

  private static void describe(StringBuilder text, String family, String help, String type) {
    text.append("# HELP ").append(family).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(family).append(' ').append(type).append('\n');
  }

  private static String labels(String name, Object value) {
    return "{" + label(name, value) + "}";
  }

  private static String labels(String name, Object value, String other, Object otherValue) {
    return "{" + label(name, value) + "," + label(other, otherValue) + "}";
  }

  private static String label(String name, Object value) {
    return name + "=\"" + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private record Gauge(String name, String help, LongSupplier now) {
    void write(StringBuilder text) {
      describe(text, name, help, "gauge");
      text.append(name).append(' ').append(now.getAsLong()).append('\n');
    }
  }

  private record Series(String family, String labels) implements Comparable<Series> {
    @Override
    public int compareTo(Series other) {
      int order = family.compareTo(other.family);
      return order != 0 ? order : labels.compareTo(other.labels);
    }
  }
}
