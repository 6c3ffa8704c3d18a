package nl.ketendata.server.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Standard;
import nl.ketendata.schema.Table;
import nl.ketendata.server.delivery.Archive;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * What a delivery holds, by the names of its files.
 *
 * @param files those that a table is for, in the archive's order
 * @param unknownFiles the others
 * @param missing tables that no file came for
 */
record DeliveryContents(
    List<KnownFile> files, List<Archive.Entry> unknownFiles, List<String> missing) {

  /** A file with the table that it is for. */
  record KnownFile(Archive.Entry entry, Table table, Aliases aliases) {}

  /**
   * @throws Failure KD106 when a file is of the other product, KD107 when there is none of this one
   */
  static DeliveryContents of(
      List<Archive.Entry> entries,
      String delivery,
      Product product,
      Catalogue catalogue,
      Aliases aliases) {
    Standard standard = catalogue.standard(product);
    List<KnownFile> files = new ArrayList<>();
    List<Archive.Entry> unknown = new ArrayList<>();
    for (Archive.Entry entry : entries) {
      String name = aliases.table(entry.name());
      Optional<Table> table = standard.table(name);
      if (table.isPresent()) {
        files.add(new KnownFile(entry, table.get(), aliases));
        continue;
      }
      checkOtherProduct(delivery, product, name, catalogue);
      unknown.add(entry);
    }
    if (files.isEmpty()) {
      String found = unknown.isEmpty() ? "-" : String.join(", ", names(unknown));
      throw Failure.of(Code.NOTHING_KNOWN, delivery, product.domain(), found);
    }
    return new DeliveryContents(files, unknown, missing(standard, files));
  }

  private static void checkOtherProduct(
      String delivery, Product product, String table, Catalogue catalogue) {
    for (Product other : Product.values()) {
      if (other != product && catalogue.standard(other).table(table).isPresent()) {
        throw Failure.of(Code.OTHER_PRODUCT, delivery, product.domain(), other.domain());
      }
    }
  }

  private static List<String> missing(Standard standard, List<KnownFile> files) {
    Set<String> present =
        files.stream().map(file -> file.table().name()).collect(Collectors.toSet());
    return standard.tables().stream()
        .map(Table::name)
        .filter(name -> !present.contains(name))
        .toList();
  }

  private static List<String> names(List<Archive.Entry> entries) {
    return entries.stream().map(Archive.Entry::name).toList();
  }

  /** Names of the files that no table is for. */
  List<String> unknown() {
    return names(unknownFiles);
  }

  /** Size of all files unpacked, as the archive states it. */
  long statedBytes() {
    return files.stream().mapToLong(file -> file.entry().statedBytes()).sum();
  }
}
