package nl.ketendata.server.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Standard;
import nl.ketendata.schema.Table;
import nl.ketendata.server.delivery.Archive;
import nl.ketendata.server.delivery.CsvHeader;
import nl.ketendata.server.delivery.DeliveredFile;
import nl.ketendata.server.delivery.DeliveryName;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.store.CsvFile;
import nl.ketendata.server.store.LedgerEntry;
import nl.ketendata.server.store.LoadedFile;
import nl.ketendata.server.store.RefusedRows;
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
              .orElseThrow(
                  () -> Failure.of(Code.DELIVERY_NAME, name, "welk product het is", "--product"));
      LocalDateTime timestamp =
          order
              .timestamp()
              .or(told::timestamp)
              .orElseThrow(
                  () -> Failure.of(Code.DELIVERY_NAME, name, "van wanneer het is", "--tijdstip"));
      Contents contents = contents(archive, name, product);
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
      Contents contents,
      VersionBuild build,
      Product product,
      LocalDateTime timestamp,
      Progress progress) {
    long started = System.nanoTime();
    String name = order.file().getFileName().toString();
    String sha256 = archive.sha256();
    Optional<LedgerEntry> known = build.known(name);
    if (known.isPresent()) {
      return known(order, known.get(), sha256, build, product);
    }
    if (order.replaces()) {
      build.forgetRows(catalogue);
    }
    List<Report.FileReport> reports = new ArrayList<>();
    Set<String> gemeenten = ownCodes(order);
    long total = contents.files.stream().mapToLong(file -> file.entry.statedBytes()).sum();
    build.needSpace(total);
    long done = 0;
    for (KnownFile file : contents.files) {
      progress.at(file.entry.name(), done, total);
      reports.add(load(archive, file, build, timestamp, name));
      checkGemeente(file.table, build, gemeenten);
      checkHashes(file.table, build);
      done += file.entry.statedBytes();
    }
    progress.at(name, total, total);
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
            contents.unknown,
            contents.missing,
            Gaps.between(timestamps),
            Duration.ofNanos(System.nanoTime() - started).toMillis() / 1000.0);
    checkShare(name, report);
    build.publish(
        new LedgerEntry(
            build.delivery(),
            name,
            sha256,
            size(order.file()),
            timestamp,
            build.loadedAt(),
            order.by(),
            order.replaces(),
            toJson(report)));
    return report;
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

  private Contents contents(Archive archive, String name, Product product) {
    Aliases aliases = Aliases.read(settings.data());
    Standard standard = catalogue.standard(product);
    List<KnownFile> files = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (Archive.Entry entry : archive.entries()) {
      Optional<Table> table = standard.table(aliases.table(entry.name()));
      if (table.isPresent()) {
        files.add(new KnownFile(entry, table.get(), aliases));
        continue;
      }
      checkOtherProduct(name, product, aliases.table(entry.name()));
      unknown.add(entry.name());
    }
    if (files.isEmpty()) {
      throw Failure.of(
          Code.NOTHING_KNOWN,
          name,
          product.domain(),
          unknown.isEmpty() ? "geen bestanden" : String.join(", ", unknown));
    }
    Set<String> present = new HashSet<>(files.stream().map(f -> f.table.name()).toList());
    List<String> missing =
        standard.tables().stream().map(Table::name).filter(t -> !present.contains(t)).toList();
    return new Contents(files, unknown, missing);
  }

  private void checkOtherProduct(String name, Product product, String table) {
    for (Product other : Product.values()) {
      if (other != product && catalogue.standard(other).table(table).isPresent()) {
        throw Failure.of(Code.OTHER_PRODUCT, name, product.domain(), other.domain());
      }
    }
  }

  private Report.FileReport load(
      Archive archive, KnownFile file, VersionBuild build, LocalDateTime timestamp, String name) {
    DeliveredFile unpacked =
        archive.unpack(file.entry, build.workshop().resolve(file.table.name() + ".csv"));
    CsvHeader header =
        CsvHeader.read(
            unpacked.path(),
            unpacked.name(),
            names -> HeaderMapping.known(file.table, names, file.aliases));
    if (header.names().isEmpty()) {
      return emptyFile(file);
    }
    HeaderMapping mapping = HeaderMapping.of(unpacked.name(), file.table, header, file.aliases);
    CsvFile csv =
        new CsvFile(
            unpacked.path(), unpacked.name(), file.table, header.delimiter(), mapping.targets());
    LoadedFile loaded = build.load(csv, timestamp, name);
    long values = 0;
    List<Report.Reason> reasons = List.of();
    if (loaded.refused() > 0 || loaded.flawed() > 0) {
      try (RefusedRows refused = build.refused()) {
        CarefulPass pass = new CarefulPass(csv, loaded, refused);
        values = pass.run();
        reasons = pass.reasons();
      }
    }
    delete(unpacked.path());
    return new Report.FileReport(
        unpacked.name(),
        file.table.name(),
        loaded.accepted() + loaded.refused(),
        loaded.added(),
        loaded.known(),
        loaded.replaced(),
        loaded.overruled(),
        loaded.refused(),
        values,
        String.valueOf(header.delimiter()),
        mapping.unknown(),
        mapping.missing(),
        reasons);
  }

  private static Report.FileReport emptyFile(KnownFile file) {
    return new Report.FileReport(
        file.entry.name(),
        file.table.name(),
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        "",
        List.of(),
        file.table.columns().stream().map(Column::name).toList(),
        List.of());
  }

  /** The gemeente's own code, with those of the gemeenten that it was made from. */
  private Set<String> ownCodes(IngestOrder order) {
    Set<String> codes = new HashSet<>();
    codes.add(order.gemeente().code());
    Path predecessors =
        settings
            .data()
            .resolve("gemeenten")
            .resolve(order.gemeente().id())
            .resolve("voorgangers.txt");
    try {
      if (Files.exists(predecessors)) {
        Files.readAllLines(predecessors).stream()
            .map(String::strip)
            .filter(line -> line.matches("[0-9]{4}"))
            .forEach(codes::add);
      }
      return codes;
    } catch (IOException e) {
      throw Failure.of(Code.NO_SUCH_FILE, predecessors).causedBy(e);
    }
  }

  private static void checkGemeente(Table table, VersionBuild build, Set<String> own) {
    for (Column column : table.columns()) {
      boolean header =
          column.name().startsWith("Header_")
              && column.codeList().equals(Optional.of("CBS_Gemeentecode"));
      if (!header) {
        continue;
      }
      for (String code : build.valuesBrought(table.name(), column.name(), own.size() + 1)) {
        if (!own.contains(code)) {
          throw Failure.of(
              Code.OTHER_GEMEENTE,
              table.name() + ".csv",
              column.name(),
              code,
              String.join(", ", own.stream().sorted().toList()));
        }
      }
    }
  }

  private static void checkHashes(Table table, VersionBuild build) {
    for (Column column : table.columns()) {
      if (!column.hashed()) {
        continue;
      }
      long plain = build.plainBsns(table.name(), column.name());
      if (plain > 0) {
        throw Failure.of(Code.PLAIN_BSN, table.name() + ".csv", column.name(), plain);
      }
    }
  }

  private void checkShare(String name, Report report) {
    if (report.rowsRefused() > report.rowsRead() * settings.refusedShare()) {
      throw Failure.of(
          Code.TOO_MANY_REFUSED,
          name,
          Long.toString(report.rowsRefused()),
          Long.toString(report.rowsRead()),
          String.format(Locale.ROOT, "%.0f%%", settings.refusedShare() * 100));
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw Failure.of(Code.NO_SUCH_FILE, file).causedBy(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw Failure.internal(e);
    }
  }

  private record KnownFile(Archive.Entry entry, Table table, Aliases aliases) {}

  private record Contents(List<KnownFile> files, List<String> unknown, List<String> missing) {}
}
