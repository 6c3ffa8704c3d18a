package nl.ketendata.server.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The shape that the feed's figures are promised for: 200,000 parents with 600,000 children.
 *
 * <p>Generated messages hold fewer of these two files, so each row is taken several times, with
 * keys, numbers and clients of its own: what differs between rows in a delivery differs here too.
 */
final class FeedData {
  static final String PARENT = "JW301";
  static final String CHILD = "JW301_ToegewezenProduct";
  static final int PARENTS = 200_000;
  static final int CHILDREN = 600_000;

  private static final long MESSAGES = 100_000;

  private FeedData() {}

  /** Made once; a later run finds it again. */
  static DataSet of(BenchSettings settings) throws Exception {
    Path home = settings.work().resolve("feed-" + CHILDREN);
    Path folder = home.resolve("data");
    if (!Files.exists(home.resolve("compleet"))) {
      DataSet.delete(home);
      Path some = DataSet.generate(settings, MESSAGES, home.resolve("berichten"));
      Path zip = Files.createDirectories(home.resolve("leveringen")).resolve(some.getFileName());
      multiply(some, zip, Files.createDirectories(home.resolve("csv")));
      DataSet.ingest(settings, zip, folder).close();
      DataSet.delete(home.resolve("csv"));
      Files.createFile(home.resolve("compleet"));
    }
    return new DataSet(DataSet.zip(home.resolve("leveringen")), folder);
  }

  private static void multiply(Path some, Path zip, Path csv) throws IOException, SQLException {
    try (ZipFile delivery = new ZipFile(some.toFile())) {
      for (String table : new String[] {PARENT, CHILD}) {
        Files.copy(
            delivery.getInputStream(delivery.getEntry(table + ".csv")),
            csv.resolve(table + "-once.csv"));
      }
    }
    try (Connection engine = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = engine.createStatement()) {
      statement.execute(
          "COPY (SELECT t.* REPLACE ("
              + key("Bericht_Id")
              + ", sha256(Client_Bsn || k) AS Client_Bsn) FROM "
              + once(csv, PARENT)
              + " t, range(1, 12) times(k) ORDER BY k, t.Bericht_Id LIMIT "
              + PARENTS
              + ") TO "
              + text(csv.resolve(PARENT + ".csv")));
      statement.execute(
          "COPY (SELECT t.* REPLACE (printf('%02x', k) || substr(t.ToegewezenProduct_Id, 3, 33) ||"
              + " j AS ToegewezenProduct_Id, "
              + key("Bericht_Id")
              + ", sha256(ToewijzingNummer || k || j) AS ToewijzingNummer) FROM "
              + once(csv, CHILD)
              + " t, range(1, 11) times(k), range(0, 2) twice(j)"
              + " ORDER BY k, t.Bericht_Id, j, t.ToegewezenProduct_Id LIMIT "
              + CHILDREN
              + ") TO "
              + text(csv.resolve(CHILD + ".csv")));
    }
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (String table : new String[] {PARENT, CHILD}) {
        out.putNextEntry(new ZipEntry(table + ".csv"));
        Files.copy(csv.resolve(table + ".csv"), out);
        out.closeEntry();
      }
    }
  }

  /** The first byte is the same in all keys that are generated. */
  private static String key(String column) {
    return "printf('%02x', k) || substr(t." + column + ", 3) AS " + column;
  }

  private static String once(Path csv, String table) {
    return "read_csv("
        + text(csv.resolve(table + "-once.csv"))
        + ", all_varchar = true, quote = '\"')";
  }

  private static String text(Path file) {
    return "'" + file + "'";
  }
}
