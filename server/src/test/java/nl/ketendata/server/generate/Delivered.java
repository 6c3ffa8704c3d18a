package nl.ketendata.server.generate;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Standard;
import nl.ketendata.server.policy.Gemeente;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Generates deliveries and reads them back with another library than the one that wrote them. */
final class Delivered {
  static final Catalogue CATALOGUE = Catalogue.read();
  static final Gemeente TEST_AAN_ZEE = Gemeente.parse("GM9030");

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  private final Product product;
  private final Map<String, List<CSVRecord>> rows = new HashMap<>();

  private Delivered(Product product) {
    this.product = product;
  }

  static List<Path> generate(Product product, long messages, long seed, int weeks, Path out) {
    GenerateOrder order = new GenerateOrder(TEST_AAN_ZEE, product, messages, seed, weeks, out);
    return new Generator(CATALOGUE).generate(order, Progress.NONE);
  }

  /** All rows of some deliveries together. */
  static Delivered read(Product product, List<Path> archives) {
    Delivered delivered = new Delivered(product);
    archives.forEach(delivered::add);
    return delivered;
  }

  private void add(Path archive) {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        try (Reader in = new InputStreamReader(zip.getInputStream(entry), StandardCharsets.UTF_8);
            CSVParser parser = CSVParser.parse(in, FORMAT)) {
          String table = entry.getName().replace(".csv", "");
          rows.computeIfAbsent(table, any -> new ArrayList<>()).addAll(parser.getRecords());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Product product() {
    return product;
  }

  Standard standard() {
    return CATALOGUE.standard(product);
  }

  /** The rows of a table, given its name without the product's prefix: {@code 301_Relatie}. */
  List<CSVRecord> rows(String name) {
    return rows.get(product.prefix() + name);
  }

  List<CSVRecord> rowsOf(String table) {
    return rows.get(table);
  }

  /** The rows of a table by the value of a column that is unique in it. */
  Map<String, CSVRecord> by(String name, String column) {
    Map<String, CSVRecord> found = new HashMap<>();
    rows(name).forEach(row -> found.put(row.get(column), row));
    return found;
  }

  long messages() {
    return standard().tables().stream()
        .filter(table -> table.dataClass().isEmpty())
        .mapToLong(table -> rowsOf(table.name()).size())
        .sum();
  }
}
