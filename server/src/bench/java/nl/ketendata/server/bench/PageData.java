package nl.ketendata.server.bench;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * The data that the promises for pages speak of: 200,000 messages, each with three products, in
 * order of time as a total file has them. The rows are those of an invented delivery, over and
 * over, with keys and days of their own; the keys say nothing of their order.
 */
final class PageData {
  static final int MESSAGES = 200_000;
  static final int EACH = 3;
  static final LocalDate FIRST = LocalDate.of(2021, 1, 1);
  static final int DAYS = 2_000;

  private static final String PARENTS = "JW301.csv";
  private static final String CHILDREN = "JW301_ToegewezenProduct.csv";
  private static final int TEMPLATES = 20_000;

  private final Random random = new Random(42);

  static DataSet of(BenchSettings settings) throws Exception {
    Path home = settings.work().resolve("paginas");
    Path folder = home.resolve("data");
    Path zip = home.resolve("Ketendata-IJW-Test-aan-Zee-20261122060000.zip");
    if (!Files.exists(home.resolve("compleet"))) {
      DataSet.delete(home);
      Files.createDirectories(home);
      Path templates = DataSet.generate(settings, TEMPLATES, home.resolve("voorbeeld"));
      new PageData().write(templates, zip);
      DataSet.ingest(settings, zip, folder).close();
      Files.createFile(home.resolve("compleet"));
    }
    return new DataSet(zip, folder);
  }

  /** Keys of parents are made anew from their number, so that children need no list of them. */
  private static String key(int parent) {
    Random bits = new Random(parent * 7_919L);
    return new UUID(bits.nextLong(), bits.nextLong()).toString();
  }

  private static String day(int parent, int later) {
    return FIRST.plusDays((long) parent * DAYS / MESSAGES + later).toString();
  }

  private void write(Path templates, Path zip) throws IOException {
    try (ZipFile in = new ZipFile(templates.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.setLevel(1);
      Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
      out.putNextEntry(new ZipEntry(PARENTS));
      repeat(in, PARENTS, text, MESSAGES, this::parent);
      out.closeEntry();
      out.putNextEntry(new ZipEntry(CHILDREN));
      repeat(in, CHILDREN, text, MESSAGES * EACH, this::child);
      out.closeEntry();
    }
  }

  private interface Values {
    Map<String, String> of(int row);
  }

  private Map<String, String> parent(int row) {
    return Map.of("Bericht_Id", key(row), "Header_BerichtIdentificatie_Dagtekening", day(row, 0));
  }

  private Map<String, String> child(int row) {
    int parent = row / EACH;
    Map<String, String> values = new HashMap<>();
    values.put("ToegewezenProduct_Id", new UUID(random.nextLong(), random.nextLong()).toString());
    values.put("Bericht_Id", key(parent));
    values.put("Toewijzingsdatum", day(parent, 0));
    values.put("Ingangsdatum", day(parent, random.nextInt(200) - 20));
    values.put("Einddatum", day(parent, 200 + random.nextInt(500)));
    values.put("Omvang_Volume", Integer.toString(1 + random.nextInt(5_000)));
    return values;
  }

  private static void repeat(ZipFile in, String file, Writer out, int rows, Values values)
      throws IOException {
    try (Reader text =
        new InputStreamReader(in.getInputStream(in.getEntry(file)), StandardCharsets.UTF_8)) {
      List<CSVRecord> templates = CSVFormat.DEFAULT.parse(text).getRecords();
      CSVPrinter printer = new CSVPrinter(out, CSVFormat.DEFAULT);
      CSVRecord header = templates.get(0);
      printer.printRecord(header);
      for (int row = 0; row < rows; row++) {
        CSVRecord template = templates.get(1 + row % (templates.size() - 1));
        Map<String, String> own = values.of(row);
        for (int i = 0; i < header.size(); i++) {
          printer.print(own.getOrDefault(header.get(i), template.get(i)));
        }
        printer.println();
      }
      printer.flush();
    }
  }
}
