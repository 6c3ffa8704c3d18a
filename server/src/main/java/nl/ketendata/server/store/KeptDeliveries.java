package nl.ketendata.server.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * The deliveries themselves, from which a version can be made again: {@code leveringen/000012.zip}
 * with its ledger entry and report in {@code 000012.json} beside it. The ZIP is put there before
 * the version is published and its JSON after it. So a ZIP without JSON whose number is not in the
 * ledger is of a publication that was cut off; a JSON whose number is not there says that the
 * version was lost.
 */
final class KeptDeliveries {
  private static final Pattern NAME = Pattern.compile("(\\d{6,18})\\.(zip|json)");
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .findAndAddModules()
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private final Path folder;
  private final Disk disk;

  /**
   * @param folder that of a gemeente's product
   */
  KeptDeliveries(Path folder, Disk disk) {
    this.folder = kept(folder);
    this.disk = disk;
  }

  Path zip(long number) {
    return folder.resolve(zipName(number));
  }

  /**
   * Where a ZIP is, if it is.
   *
   * @param folder that of a gemeente's product
   */
  static Path zip(Path folder, long number) {
    return kept(folder).resolve(zipName(number));
  }

  private static Path kept(Path folder) {
    return folder.resolve("leveringen");
  }

  private static String zipName(long number) {
    return "%06d.zip".formatted(number);
  }

  Path json(long number) {
    return folder.resolve("%06d.json".formatted(number));
  }

  /** Keeps a delivery's ZIP, before the version is published. */
  void keep(LedgerEntry entry, Path zip) throws IOException {
    disk.makeFolderHere(folder);
    disk.publish(zip, zip(entry.number()));
  }

  /**
   * Says of each delivery of a published version what it was, as far as that is not said yet.
   *
   * @param workshop a folder on the same file system, for what is not yet whole
   */
  void tell(Ledger published, Path workshop) throws IOException {
    for (LedgerEntry entry : published.entries()) {
      Path place = json(entry.number());
      if (!Files.exists(place)) {
        disk.makeFolderHere(folder);
        Path told = workshop.resolve("levering.json");
        disk.write(told, write(entry));
        disk.publish(told, place);
      }
    }
  }

  /** The first delivery that was published and of which this ledger knows nothing. */
  OptionalLong lostAfter(long lastNumber) throws IOException {
    return files().stream()
        .filter(KeptDeliveries::isJson)
        .mapToLong(file -> number(file).orElse(0))
        .filter(number -> number > lastNumber)
        .min();
  }

  private static boolean isJson(Path file) {
    return file.toString().endsWith(".json");
  }

  /** The ledger as the files tell it, for when no version can. */
  Ledger ledger() throws IOException {
    List<LedgerEntry> entries = new ArrayList<>();
    for (Path file : files()) {
      if (isJson(file)) {
        entries.add(JSON.readValue(file.toFile(), LedgerEntry.class));
      }
    }
    return new Ledger(entries);
  }

  private static byte[] write(LedgerEntry entry) throws JsonProcessingException {
    return JSON.writeValueAsBytes(entry);
  }

  /**
   * The ZIP of a delivery.
   *
   * @throws Failure KD304 when it is no longer kept, KD305 when it is not what was taken in
   */
  Path checked(LedgerEntry entry) throws IOException {
    Path zip = zip(entry.number());
    if (!Files.isRegularFile(zip)) {
      throw Failure.of(Code.ZIP_GONE, Long.toString(entry.number()), entry.name(), zip);
    }
    String sha256 = Disk.digest(zip);
    if (!sha256.equals(entry.sha256())) {
      throw Failure.of(Code.OTHER_ZIP, zip, entry.sha256(), sha256);
    }
    return zip;
  }

  /** Deletes what a publication that was cut off left. */
  void deleteBeyond(long lastNumber) throws IOException {
    for (Path file : beyond(lastNumber)) {
      disk.delete(file);
    }
  }

  /** ZIPs of deliveries that were never published. */
  List<Path> beyond(long lastNumber) throws IOException {
    return files().stream()
        .filter(file -> !isJson(file) && number(file).orElse(0) > lastNumber)
        .filter(file -> !Files.exists(json(number(file).orElse(0))))
        .toList();
  }

  /** Deletes ZIPs of deliveries published before a moment; their data and reports stay. */
  void deleteZipsBefore(Instant limit, Ledger ledger) throws IOException {
    for (LedgerEntry entry : ledger.entries()) {
      if (entry.loadedAt().isBefore(limit)) {
        disk.delete(zip(entry.number()));
      }
    }
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> number(file).isPresent()).sorted().toList();
    }
  }

  private static OptionalLong number(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches() ? OptionalLong.of(Long.parseLong(name.group(1))) : OptionalLong.empty();
  }

  /** A ZIP's size; empty when it is no longer kept. */
  Optional<Long> bytes(LedgerEntry entry) throws IOException {
    Path zip = zip(entry.number());
    return Files.isRegularFile(zip) ? Optional.of(Files.size(zip)) : Optional.empty();
  }
}
