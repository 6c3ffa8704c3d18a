package nl.ketendata.server.bench;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Standard;
import nl.ketendata.schema.Table;

/**
 * The least that loading takes: unzip, and the engine's own CSV reader with declared types. Rows
 * with a value that does not fit are left out: the invented data has a few.
 */
final class BareLoad {
  private BareLoad() {}

  /** Loads a delivery into a new file; arguments are the ZIP and a folder to work in. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    Standard standard = Catalogue.read().standard(Product.IJW);
    long rows = 0;
    long bytes = 0;
    try (ZipFile zip = new ZipFile(arguments[0]);
        Connection connection =
            DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("kaal.duckdb"));
        Statement statement = connection.createStatement()) {
      for (ZipEntry entry : zip.stream().toList()) {
        Path file = folder.resolve(entry.getName());
        try (InputStream in = zip.getInputStream(entry)) {
          bytes += Files.copy(in, file);
        }
        Table table = standard.table(entry.getName().replace(".csv", "")).orElseThrow();
        rows += statement.executeLargeUpdate(load(table, file));
      }
      statement.execute("CHECKPOINT");
    }
    System.out.println(rows);
    System.out.println(bytes);
  }

  private static String load(Table table, Path file) throws Exception {
    String header;
    try (var lines = Files.lines(file)) {
      header = lines.findFirst().orElseThrow();
    }
    String columns =
        List.of(header.split(",")).stream()
            .map(name -> "'" + name + "': '" + type(table, name) + "'")
            .collect(Collectors.joining(", ", "{", "}"));
    return "CREATE TABLE \"%s\" AS FROM read_csv('%s', header=true, auto_detect=false, delim=',', quote='\"', escape='\"', nullstr='', ignore_errors=true, columns=%s)"
        .formatted(table.name(), file, columns);
  }

  private static String type(Table table, String name) {
    return switch (table.column(name).orElseThrow().type()) {
      case STRING -> "VARCHAR";
      case INTEGER -> "BIGINT";
      case DATE -> "DATE";
      case TIME -> "TIME";
      case DATETIME, INSTANT -> "TIMESTAMP";
    };
  }
}
