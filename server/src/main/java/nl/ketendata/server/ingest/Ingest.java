package nl.ketendata.server.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import nl.ketendata.server.delivery.Archive;
import nl.ketendata.server.delivery.DeliveryName;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.store.HandedIn;
import nl.ketendata.server.store.LedgerEntry;
import nl.ketendata.server.store.VersionBuild;

/**
 * Takes deliveries in: whole or not at all, once.
 *
 * <p>
 *
 * {@snippet :
 * Report report = ingest.take(order, Progress.NONE);
 * }
 */
public final class Ingest {
  private static final long WATCHED_BYTES = 16 << 20;

  private final Catalogue catalogue;
  private final IngestSettings settings;
  private final Clock clock;
  private final ObjectMapper json =
      JsonMapper.builder()
          .findAndAddModules()
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  public Ingest(Catalogue catalogue, IngestSettings settings, Clock clock) {
    this.catalogue = catalogue;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Takes one delivery in and publishes it; the gemeente becomes known when it was not.
   *
   * @throws Failure KD1xx or KD2xx when it is refused; then nothing has changed
   */
  public Report take(IngestOrder order, Progress progress) {
    String name = order.file().getFileName().toString();
    DeliveryName told = DeliveryName.parse(name);
    try (Archive archive = Archive.open(order.file(), settings.limits())) {
      Product product =
          order
              .product()
              .or(told::product)
              .orElseThrow(() -> IngestOrder.unnamed(name, IngestOrder.Lack.PRODUCT));
      LocalDateTime timestamp =
          order
              .timestamp()
              .or(told::timestamp)
              .orElseThrow(() -> IngestOrder.unnamed(name, IngestOrder.Lack.MOMENT));
      DeliveryContents contents =
          DeliveryContents.of(
              archive.entries(),
              name,
              product,
              catalogue,
              Aliases.read(settings.data(), order.gemeente()));
      Report report;
      try (VersionBuild build =
          VersionBuild.begin(
              settings.data(), order.gemeente(), product, catalogue, settings.build(), clock)) {
        report = take(order, archive, contents, build, product, timestamp, progress);
      }
      makeKnown(order.gemeente());
      return report;
    }
  }

  /** Makes a gemeente known: both products, with empty tables where no delivery came yet. */
  public void makeKnown(Gemeente gemeente) {
    for (Product product : Product.values()) {
      VersionBuild.makeKnown(
          settings.data(), gemeente, product, catalogue, settings.build(), clock);
    }
  }

  private Report take(
      IngestOrder order,
      Archive archive,
      DeliveryContents contents,
      VersionBuild build,
      Product product,
      LocalDateTime timestamp,
      Progress progress) {
    long started = System.nanoTime();
    String name = order.file().getFileName().toString();
    Optional<LedgerEntry> known = build.known(name);
    if (known.isPresent()) {
      return known(order, known.get(), archive.sha256(), build, product);
    }
    if (order.replaces()) {
      build.forgetRows(catalogue);
    }
    List<Report.FileReport> reports = new ArrayList<>();
    DeliveryChecks checks = DeliveryChecks.of(settings, order.gemeente());
    FileLoad load = new FileLoad(build, timestamp, name);
    long total = contents.statedBytes();
    build.needSpace(total);
    build.keep(archive.stream(), order.own() ? Optional.of(order.file()) : Optional.empty());
    long done = 0;
    try (Unpacking unpacking = new Unpacking(archive, contents.files(), build.workshop())) {
      for (DeliveryContents.KnownFile file : contents.files()) {
        watch(build, file.entry(), done, total, progress);
        Report.FileReport loaded = load.load(unpacking.next());
        reports.add(loaded);
        build
            .brought(file.table())
            .ifPresent(rows -> checks.check(file.table(), loaded.onbekendeKolommen(), rows));
        done += file.entry().statedBytes();
        progress.rows(reports.stream().mapToLong(Report.FileReport::gelezen).sum());
      }
    }
    progress.at(name, total, total);
    contents.unknownFiles().forEach(file -> checkUnknown(archive, file, name));
    List<LocalDateTime> timestamps = new ArrayList<>(build.timestamps());
    timestamps.add(timestamp);
    timestamps.sort(null);
    Report report =
        new Report(
            name,
            order.gemeente().id(),
            product.id(),
            build.delivery(),
            build.number(),
            false,
            reports,
            contents.unknown(),
            contents.missing(),
            Gaps.between(timestamps),
            Duration.ofNanos(System.nanoTime() - started).toMillis() / 1000.0);
    checkShare(checks, report, order.gemeente(), product);
    build.awaitKept();
    archive.requireUnchanged();
    build.publish(new HandedIn(name, timestamp, order.by(), order.replaces(), toJson(report)));
    return report;
  }

  /** Passed over, but kept within the ZIP. */
  private static void checkUnknown(Archive archive, Archive.Entry file, String delivery) {
    BsnScan scan = new BsnScan();
    archive.unpack(file, scan);
    scan.close();
    if (scan.found() > 0) {
      throw Failure.of(Code.BSN_IN_UNKNOWN_FILE, delivery, file.name(), scan.found());
    }
  }

  /** What was wrong with it must be told somewhere, when nothing of it is published. */
  private void checkShare(
      DeliveryChecks checks, Report report, Gemeente gemeente, Product product) {
    try {
      checks.checkShare(report);
    } catch (Failure failure) {
      RefusedReports.keep(settings.data(), gemeente, product, report.levering(), toJson(report));
      throw failure;
    }
  }

  /** Small files are loaded before anybody could look. */
  private static void watch(
      VersionBuild build, Archive.Entry file, long done, long total, Progress progress) {
    progress.at(file.name(), done, total);
    if (file.statedBytes() > WATCHED_BYTES) {
      build.watch(
          share -> progress.at(file.name(), done + (long) (share * file.statedBytes()), total));
    } else {
      build.watchNoMore();
    }
  }

  /** The last report of a delivery of this name that was read and then refused, as JSON. */
  public Optional<String> refusedReport(Gemeente gemeente, Product product, String delivery) {
    return RefusedReports.find(settings.data(), gemeente, product, delivery);
  }

  /** A report as JSON. */
  public String toJson(Report report) {
    try {
      return json.writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw Failure.internal(e);
    }
  }

  /** What is said of a delivery that was refused, as JSON. */
  public String toJson(IngestOrder order, Failure failure) {
    ObjectNode refused = json.createObjectNode();
    refused.put("levering", order.file().getFileName().toString());
    refused.put("gemeente", order.gemeente().id());
    refused.put("geweigerd", true);
    refused.put("code", failure.code().id());
    refused.put("reden", failure.getMessage());
    return refused.toString();
  }

  private Report known(
      IngestOrder order, LedgerEntry entry, String sha256, VersionBuild build, Product product) {
    if (!entry.sha256().equals(sha256)) {
      throw Failure.of(Code.OTHER_BYTES, entry.name(), entry.sha256(), sha256);
    }
    return new Report(
        entry.name(),
        order.gemeente().id(),
        product.id(),
        entry.number(),
        build.number() - 1,
        true,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        0);
  }
}
