package nl.ketendata.server.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nl.ketendata.schema.Product;
import nl.ketendata.server.audit.Act;
import nl.ketendata.server.audit.Auditor;
import nl.ketendata.server.audit.Entry;
import nl.ketendata.server.delivery.DeliveryName;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.ingest.Ingest;
import nl.ketendata.server.ingest.IngestOrder;
import nl.ketendata.server.ingest.Progress;
import nl.ketendata.server.ingest.Report;
import nl.ketendata.server.policy.Gemeente;

/**
 * The door that every delivery passes, whatever road it came by. Tells the events what became of
 * it.
 *
 * <p>
 *
 * {@snippet :
 * Report report = intake.take(order, Road.COMMAND_LINE, board.begin(gemeente, "ijw", name));
 * }
 */
public final class Intake {
  private final Ingest ingest;
  private final Events events;
  private final Refusals refusals;
  private final Auditor auditor;
  private final Runnable room;

  /**
   * @param room throws when the data folder is away, so that nothing is made in its place
   */
  public Intake(Ingest ingest, Events events, Refusals refusals, Auditor auditor, Runnable room) {
    this.ingest = ingest;
    this.events = events;
    this.refusals = refusals;
    this.auditor = auditor;
    this.room = room;
  }

  /**
   * Takes one delivery in and publishes it.
   *
   * @throws Failure KD1xx or KD2xx when it is refused; then nothing has changed
   */
  public Report take(IngestOrder order, Road road, Progress progress) {
    long begin = System.nanoTime();
    try {
      requireRoom();
      Report report = ingest.take(order, progress);
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      events.emit(event(report, order, road, took));
      Act act = report.alBekend() ? Act.LEVERING_BEKEND : Act.LEVERING_GEPUBLICEERD;
      audit(act, order, road, Entry.GOOD, report.rowsRead());
      return report;
    } catch (Failure failure) {
      throw refused(order, road, failure);
    }
  }

  /**
   * To be asked before bytes of a delivery are kept.
   *
   * @throws Failure KD330 when the data folder is away
   */
  void requireRoom() {
    room.run();
  }

  /** Tells that a delivery is refused; gives the failure back. */
  Failure refused(IngestOrder order, Road road, Failure failure) {
    String name = order.file().getFileName().toString();
    Optional<Product> product = order.product().or(DeliveryName.parse(name)::product);
    product.ifPresent(which -> note(order, which, road, failure));
    events.emit(
        new Event.DeliveryRefused(
            order.gemeente().id(),
            product.map(Product::id).orElse("-"),
            name,
            failure.code().id(),
            order.by(),
            road.id()));
    audit(Act.LEVERING_GEWEIGERD, order, road, failure.code().id(), 0);
    return failure;
  }

  /** What became of a delivery stays what it is, also when it cannot be written down. */
  private void audit(Act act, IngestOrder order, Road road, String result, long rows) {
    String object = order.file().getFileName() + " " + road.id();
    try {
      auditor.record(new Entry(act, order.by(), order.gemeente().id(), "", object, result, rows));
    } catch (Failure failure) {
      events.emit(new Event.FaultFound("", "audit", failure));
    }
  }

  private static Event event(Report report, IngestOrder order, Road road, Duration took) {
    if (report.alBekend()) {
      return new Event.DeliveryKnown(
          report.gemeente(), report.product(), report.levering(), order.by(), road.id());
    }
    return new Event.DeliveryPublished(
        report.gemeente(),
        report.product(),
        report.levering(),
        rows(report),
        took,
        order.by(),
        road.id());
  }

  private static Event.RowCounts rows(Report report) {
    long added = 0;
    long known = 0;
    for (Report.FileReport file : report.bestanden()) {
      added += file.toegevoegd();
      known += file.bekend();
    }
    return new Event.RowCounts(report.rowsRead(), added, known, report.rowsRefused());
  }

  /** Whoever hands in must hear the reason, also when it cannot be written down. */
  private void note(IngestOrder order, Product product, Road road, Failure failure) {
    try {
      refusals.note(order, product, road, failure);
    } catch (IOException e) {
      if (failure.code() != Code.NOT_WRITABLE) {
        events.emit(new Event.FaultFound("", road.id(), e));
      }
    }
  }

  /** The deliveries that were refused, the latest first. */
  List<JsonNode> refused(Gemeente gemeente, Product product) throws IOException {
    return refusals.latest(gemeente, product);
  }

  /**
   * Why the delivery of this name was refused the last time, with its report when it was read;
   * empty when it never was.
   */
  Optional<JsonNode> refused(Gemeente gemeente, Product product, String delivery)
      throws IOException {
    Optional<JsonNode> told =
        refused(gemeente, product).stream()
            .filter(one -> one.path("naam").asText().equals(delivery))
            .findFirst();
    if (told.isPresent() && told.get() instanceof ObjectNode line) {
      ingest
          .refusedReport(gemeente, product, delivery)
          .ifPresent(report -> line.set("verslag", History.parse(report)));
    }
    return told;
  }

  /** A report as JSON. */
  public String toJson(Report report) {
    return ingest.toJson(report);
  }

  /** What is said of a delivery that was refused, as JSON. */
  public String toJson(IngestOrder order, Failure failure) {
    return ingest.toJson(order, failure);
  }
}
