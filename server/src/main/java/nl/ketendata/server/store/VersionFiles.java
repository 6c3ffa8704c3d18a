package nl.ketendata.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nl.ketendata.schema.Product;
import nl.ketendata.server.policy.Gemeente;

/**
 * The files of the store: {@code <data>/gemeenten/GM9030/ijw/versie-000012.duckdb}. What is being
 * built is in {@code bouw} beside them, on the same file system.
 */
final class VersionFiles {
  private static final Pattern VERSION = Pattern.compile("versie-(\\d{6,18})\\.duckdb");
  private static final int DIGITS = 6;
  private static final Pattern GEMEENTE = Pattern.compile("GM\\d{4}");

  private static final Pattern REMOVED = Pattern.compile("verwijderd-.*");

  /** The folder in the workshop that a build works in. */
  static final String WORK = "werk";

  private final Path root;
  private final Listings listings = new Listings(System::nanoTime);

  VersionFiles(Path data) {
    this.root = data.toAbsolutePath().normalize().resolve("gemeenten");
  }

  Path root() {
    return root;
  }

  Path folder(Gemeente gemeente, Product product) {
    return root.resolve(gemeente.id()).resolve(product.id());
  }

  Path workshop(Gemeente gemeente, Product product) {
    return folder(gemeente, product).resolve("bouw");
  }

  Path file(Gemeente gemeente, Product product, long number) {
    String digits = Long.toString(number);
    String zeros = "0".repeat(Math.max(0, DIGITS - digits.length()));
    return folder(gemeente, product).resolve("versie-" + zeros + digits + ".duckdb");
  }

  /** The folder of a gemeente: all that is kept of it. */
  Path folder(Gemeente gemeente) {
    return root.resolve(gemeente.id());
  }

  /** Where a gemeente's folder goes before it is deleted. */
  Path removed(Gemeente gemeente) {
    return root.resolve("verwijderd-" + gemeente.id());
  }

  /** Folders of gemeenten whose removal was cut off. */
  List<Path> removed() {
    return names(REMOVED).map(root::resolve).toList();
  }

  /** The gemeenten that have a folder, by code. */
  List<Gemeente> gemeenten() {
    Gemeente[] found =
        listings.of(
            root,
            Gemeente[].class,
            () -> names(GEMEENTE).map(Gemeente::parse).sorted().toArray(Gemeente[]::new));
    return List.of(found);
  }

  private Stream<String> names(Pattern pattern) {
    if (!Files.isDirectory(root)) {
      return Stream.of();
    }
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .map(folder -> folder.getFileName().toString())
          .filter(name -> pattern.matcher(name).matches())
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The published versions, lowest first. */
  long[] published(Gemeente gemeente, Product product) {
    String[] names = folder(gemeente, product).toFile().list();
    if (names == null) {
      return new long[0];
    }
    return Stream.of(names)
        .map(VERSION::matcher)
        .filter(Matcher::matches)
        .mapToLong(match -> Long.parseLong(match.group(1)))
        .sorted()
        .toArray();
  }

  /** The version that holds now. */
  OptionalLong current(Gemeente gemeente, Product product) {
    return listings.of(
        folder(gemeente, product), OptionalLong.class, () -> last(gemeente, product));
  }

  private OptionalLong last(Gemeente gemeente, Product product) {
    long[] published = published(gemeente, product);
    return published.length == 0
        ? OptionalLong.empty()
        : OptionalLong.of(published[published.length - 1]);
  }

  /** What tells a file from another of the same name; the same for all where nothing does. */
  Object identity(Gemeente gemeente, Product product, long number) {
    try {
      Object key =
          Files.readAttributes(file(gemeente, product, number), BasicFileAttributes.class)
              .fileKey();
      return key == null ? "" : key;
    } catch (IOException gone) {
      return "";
    }
  }

  Instant publishedAt(Gemeente gemeente, Product product, long number) throws IOException {
    return Files.getLastModifiedTime(file(gemeente, product, number)).toInstant();
  }
}
