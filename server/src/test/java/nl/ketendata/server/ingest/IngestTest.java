package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import nl.ketendata.schema.Product;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.testing.Deliveries;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.Test;

/** What the deliveries are together. */
class IngestTest extends IngestFixture {
  @Test
  void addsNewRowsAndKnowsTheOnesThatWereThere() {
    server.take("GM9030", FIRST, messages("a,1,", "b,2,"));
    Report report = server.take("GM9030", SECOND, messages("b,2,", "c,3,"));
    Report.FileReport file = report.bestanden().get(0);
    assertThat(List.of(file.gelezen(), file.toegevoegd(), file.bekend(), file.vervangen()))
        .containsExactly(2L, 1L, 1L, 0L);
    assertThat(rows()).containsExactly("a|1|-|1", "b|2|-|1", "c|3|-|2");
  }

  @Test
  void changesNothingForTheSameDeliveryAgain() {
    server.take("GM9030", FIRST, messages("a,1,"));
    String version = server.mounted("GM9030", Product.IJW).version();
    assertThat(server.take("GM9030", data.resolve(FIRST)).alBekend()).isTrue();
    assertThat(server.mounted("GM9030", Product.IJW).version()).isEqualTo(version);
  }

  @Test
  void letsTheLatestMomentInTheNameWinWhateverTheOrderOfArrival() {
    List<String> names = List.of(FIRST, SECOND, "Ketendata-IJW-Test-aan-Zee-20240121060000.zip");
    List<Map<String, String>> contents =
        List.of(messages("a,1,", "b,oud,"), messages("a,2,"), messages("a,1,", "b,nieuw,", "c,3,"));
    List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
    List<List<String>> results = new ArrayList<>();
    Random random = new Random(7);
    for (int round = 0; round < 6; round++) {
      Collections.shuffle(order, random);
      Path folder = data.resolve("ronde" + round);
      try (TestServer other = new TestServer(folder)) {
        for (int i : order) {
          other.take("GM9030", names.get(i), contents.get(i));
        }
        results.add(other.sql(CALLER, "select Bericht_Id, Header_Ontvanger from JW301 order by 1"));
      }
    }
    assertThat(results).allMatch(List.of("a|1", "b|nieuw", "c|3")::equals);
  }

  @Test
  void replacesEverythingBeforeItWhenAskedTo() {
    server.take("GM9030", FIRST, messages("a,1,", "b,2,"));
    Path zip = Deliveries.zip(data, SECOND, messages("c,3,"));
    server
        .ingest()
        .take(
            new IngestOrder(
                zip, Gemeente.parse("GM9030"), Optional.empty(), Optional.empty(), true, "test"),
            Progress.NONE);
    assertThat(rows()).containsExactly("c|3|-|2");
  }

  @Test
  void showsWeeksWithoutADelivery() {
    server.take("GM9030", FIRST, messages("a,1,"));
    Report report =
        server.take("GM9030", "Ketendata-IJW-Test-aan-Zee-20240128060000.zip", messages("b,1,"));
    assertThat(report.gaten())
        .containsExactly(new Report.Gap(LocalDate.of(2024, 1, 7), LocalDate.of(2024, 1, 28)));
  }

  @Test
  void givesTheSameRowsWhateverTheOrderWhenColumnsDiffer() {
    List<Map<String, String>> contents =
        List.of(
            Map.of("JW301.csv", "Bericht_Id,Header_Ontvanger,Extra\na,1,oud\nb,1,x\n"),
            Map.of("JW301.csv", "Bericht_Id,Header_Ontvanger\na,1\n"));
    List<List<String>> results = new ArrayList<>();
    for (boolean reversed : new boolean[] {false, true}) {
      try (TestServer other = new TestServer(data.resolve("omgekeerd" + reversed))) {
        other.take("GM9030", reversed ? SECOND : FIRST, contents.get(reversed ? 1 : 0));
        other.take("GM9030", reversed ? FIRST : SECOND, contents.get(reversed ? 0 : 1));
        results.add(
            other.sql(
                CALLER, "select Bericht_Id, Header_Ontvanger, Extra from JW301" + " order by 1"));
      }
    }
    assertThat(results.get(0)).containsExactly("a|1|-", "b|1|x");
    assertThat(results.get(1)).isEqualTo(results.get(0));
  }
}
