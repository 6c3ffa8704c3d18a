package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.store.DateForm;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same rows, however they are written. */
class DialectTest {
  private static final Caller CALLER = TestServer.caller("GM9030");
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final List<String> COLUMNS =
      List.of(
          "Bericht_Id",
          "Client_Commentaar",
          "Header_BerichtVersie",
          "Client_Geboortedatum_Datum",
          "Uitwisseling_OntvangenGGk");
  private static final String QUESTION =
      "select Bericht_Id, Client_Commentaar, Header_BerichtVersie,"
          + " cast(Client_Geboortedatum_Datum as varchar),"
          + " cast(Uitwisseling_OntvangenGGk as varchar) from JW301 order by Bericht_Id";

  @TempDir private Path data;

  /** A way to write rows. */
  private record Dialect(
      char delimiter,
      boolean quoteAll,
      Charset charset,
      boolean mark,
      List<String> lineEnds,
      DateForm dates,
      DateForm moments,
      char between,
      String zeros,
      long order) {}

  private record Row(String id, String text, String number, String date, String moment) {}

  private static List<Row> rows(Random random) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String date = "20%02d-%02d-%02d".formatted(i % 24, 1 + i % 12, 13 + i % 15);
      rows.add(
          new Row(
              "r%02d".formatted(i),
              text(random, i),
              i % 7 == 0 ? "" : Integer.toString(random.nextInt(1000)),
              i % 5 == 0 ? "" : date,
              i % 3 == 0 ? "" : date + " 0%d:%02d:00".formatted(i % 10, i)));
    }
    return rows;
  }

  private static String text(Random random, int i) {
    List<String> texts =
        List.of("", "café", "a;b", "a,b", "a\tb", "zegt \"ja\"", "één\ntwee", "x\r\ny", " ruimte ");
    return texts.get(i < texts.size() ? i : random.nextInt(texts.size()));
  }

  private static byte[] write(List<Row> rows, Dialect dialect) {
    List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4));
    Collections.shuffle(order, new Random(dialect.order));
    StringBuilder text = new StringBuilder(dialect.mark ? "\uFEFF" : "");
    line(text, dialect, order, COLUMNS, 0);
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      List<String> fields =
          List.of(
              row.id,
              row.text,
              row.number.isEmpty() ? "" : row.number + dialect.zeros,
              row.date.isEmpty() ? "" : written(dialect.dates, row.date),
              row.moment.isEmpty()
                  ? ""
                  : written(dialect.moments, row.moment.substring(0, 10))
                      + dialect.between
                      + row.moment.substring(11));
      line(text, dialect, order, fields, i + 1);
    }
    return text.toString().getBytes(dialect.charset);
  }

  private static void line(
      StringBuilder text, Dialect dialect, List<Integer> order, List<String> fields, int number) {
    for (int i = 0; i < order.size(); i++) {
      String field = fields.get(order.get(i));
      boolean quoted =
          dialect.quoteAll
              || field.chars().anyMatch(c -> c == dialect.delimiter || "\"\r\n".indexOf(c) >= 0);
      text.append(i > 0 ? String.valueOf(dialect.delimiter) : "");
      text.append(quoted ? '"' + field.replace("\"", "\"\"") + '"' : field);
    }
    text.append(dialect.lineEnds.get(number % dialect.lineEnds.size()));
  }

  private static String written(DateForm form, String iso) {
    String[] parts = iso.split("-");
    return switch (form) {
      case ISO -> iso;
      case DUTCH -> parts[2] + "-" + parts[1] + "-" + parts[0];
      case COMPACT -> String.join("", parts);
    };
  }

  private static List<Dialect> dialects(Random random) {
    List<Dialect> all = new ArrayList<>();
    for (char delimiter : new char[] {',', ';', '\t'}) {
      for (boolean quoteAll : new boolean[] {false, true}) {
        for (Charset charset : List.of(StandardCharsets.UTF_8, WINDOWS)) {
          for (List<String> ends :
              List.of(List.of("\n"), List.of("\r\n"), List.of("\r"), List.of("\n", "\r\n", "\r"))) {
            all.add(
                new Dialect(
                    delimiter,
                    quoteAll,
                    charset,
                    charset == StandardCharsets.UTF_8 && random.nextBoolean(),
                    ends,
                    DateForm.values()[all.size() % 3],
                    DateForm.values()[random.nextInt(3)],
                    random.nextBoolean() ? 'T' : ' ',
                    List.of("", ".0", ",00").get(random.nextInt(3)),
                    random.nextLong()));
          }
        }
      }
    }
    return all;
  }

  private Path zip(int number, byte[] bytes) throws IOException {
    Path zip =
        data.resolve(
            "Ketendata-IJW-Test-202401%02d0600%02d.zip".formatted(1 + number / 60, number % 60));
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream zipped = new ZipOutputStream(out)) {
      zipped.putNextEntry(new ZipEntry("jw301.CSV"));
      zipped.write(bytes);
    }
    return zip;
  }

  @Test
  void makesNoDifferenceToTheRows() throws IOException {
    Random random = new Random(20240107);
    List<Row> rows = rows(random);
    List<Dialect> dialects = dialects(random);
    assertThat(dialects).hasSize(48);
    try (TestServer server = new TestServer(data)) {
      List<String> first = List.of();
      for (int i = 0; i < dialects.size(); i++) {
        Dialect dialect = dialects.get(i);
        Report report = server.take("GM9030", zip(i, write(rows, dialect)));
        Report.FileReport file = report.bestanden().get(0);
        assertThat(file.redenen()).as("%s", dialect).isEmpty();
        assertThat(file.gelezen()).as("%s", dialect).isEqualTo(rows.size());
        assertThat(file.scheidingsteken()).isEqualTo(String.valueOf(dialect.delimiter));
        assertThat(file.vorm().codering())
            .isEqualTo(dialect.charset == WINDOWS ? "Windows-1252" : "UTF-8");
        assertThat(file.vorm().datums()).contains(dialect.dates.shown(), dialect.moments.shown());
        if (i == 0) {
          first = server.sql(CALLER, QUESTION);
        } else {
          // Rows that are already there with the same content are known, so all values are equal.
          assertThat(file.bekend()).as("%s", dialect).isEqualTo(rows.size());
        }
      }
      assertThat(server.sql(CALLER, QUESTION)).isEqualTo(first).hasSize(rows.size());
      assertThat(first.get(1))
          .isEqualTo("r01|café|%s|2001-02-14|2001-02-14 01:01:00".formatted(rows.get(1).number));
    }
  }
}
