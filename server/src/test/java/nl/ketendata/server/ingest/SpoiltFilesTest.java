package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.testing.Deliveries;
import nl.ketendata.server.testing.Mutations;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever becomes of a file, it ends in a report or a failure, and every line of it is a row or a
 * refused row. {@code -Dketendata.spoilt=10000} spoils more.
 */
class SpoiltFilesTest {
  private static final int CASES = Integer.getInteger("ketendata.spoilt", 16);
  private static final long SEED = Long.getLong("ketendata.seed", 301);
  private static final Caller CALLER = TestServer.caller("GM9030");
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  @TempDir private Path data;
  private TestServer server;

  @BeforeEach
  void open() {
    server = new TestServer(data);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static byte[] file(int number) {
    StringBuilder text =
        new StringBuilder("Bericht_Id,Client_Commentaar,Header_BerichtVersie,Bron\n");
    for (int i = 0; i < 60; i++) {
      text.append('r').append(i).append(',');
      text.append(
          List.of("tekst", "\"een, twee\"", "\"een\ntwee\"", "", "é", "\"a \"\"b\"\"\"")
              .get(i % 6));
      text.append(",").append(i).append(",bron\n");
    }
    String all = text.toString();
    return switch (number % 4) {
      case 0 -> all.getBytes(StandardCharsets.UTF_8);
      case 1 -> all.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
      case 2 -> all.replace(',', ';').getBytes(WINDOWS);
      default -> all.replace("\n", "\r").replace(",", "\t").getBytes(StandardCharsets.UTF_8);
    };
  }

  @Test
  void endInAReportOrAFailureWithEveryLineAccountedFor() throws IOException {
    int reports = 0;
    Set<Code> failures = new HashSet<>();
    for (int i = 0; i < CASES; i++) {
      byte[] bytes = new Mutations(SEED + i).of(file(i));
      Path zip =
          Deliveries.zip(
              data, "Ketendata-IJW-Test-20240107060000-%d.zip".formatted(i), "JW301.csv", bytes);
      try {
        Report report =
            server
                .ingest()
                .take(
                    new IngestOrder(
                        zip,
                        Gemeente.parse("GM9030"),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        "test"),
                    Progress.NONE);
        check(report, bytes, "case " + i);
        reports++;
      } catch (Failure failure) {
        assertThat(failure.code()).as("case %d: %s", i, failure).isNotEqualTo(Code.INTERNAL);
        failures.add(failure.code());
      }
    }
    assertThat(reports).as("%s", failures).isGreaterThan(CASES / 4);
  }

  private void check(Report report, byte[] bytes, String what) {
    Report.FileReport file = report.bestanden().get(0);
    assertThat(file.gelezen())
        .as(what)
        .isEqualTo(
            file.toegevoegd()
                + file.bekend()
                + file.vervangen()
                + file.overstemd()
                + file.geweigerd());
    List<String> rows = server.sql(CALLER, "select * from JW301");
    assertThat(rows).as(what).hasSize((int) file.toegevoegd());
    List<String> all = new ArrayList<>(rows);
    all.addAll(
        server.sql(
            CALLER,
            "select Tekst from Geweigerde_Rijen where Levering_Nummer = " + report.nummer()));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Optional<String> header = text.lines().filter(line -> !line.isEmpty()).findFirst();
    if (header.filter(line -> line.contains("\"")).isEmpty()) {
      assertThat(all.stream().mapToLong(SpoiltFilesTest::lines).sum())
          .as("%s%n%s", what, text)
          .isEqualTo(Math.max(0, lines(text) - 1));
    }
    assertThat(
            server.sql(
                CALLER,
                "select count(*) from Geweigerde_Waarden where Levering_Nummer = "
                    + report.nummer()))
        .as(what)
        .containsExactly(Long.toString(file.geweigerdeWaarden()));
    assertThat(
            server.sql(
                CALLER,
                "select count(*) from Geweigerde_Rijen where Levering_Nummer = " + report.nummer()))
        .as(what)
        .containsExactly(Long.toString(file.geweigerd()));
  }

  /** Lines with something on them. */
  private static long lines(String text) {
    return text.lines()
        .filter(line -> !line.isEmpty() && !line.equals("\u00ef\u00bb\u00bf"))
        .count();
  }
}
