package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import nl.ketendata.server.odata.ODataHead;
import nl.ketendata.server.odata.ODataSettings;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.testing.Deliveries;
import nl.ketendata.server.testing.FakeExchange;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Any order and any repetition of the same deliveries gives the same data: a total file,
 * overlapping weekly ones with corrected rows, two of the same moment, bad values, orphans and
 * columns that come and go.
 */
class OrderTest {
  private static final Caller CALLER = TestServer.caller("GM9030");
  private static final int ORDERS = 3;

  /** What must be the same: everything but the number and the moment of the delivery. */
  private static final List<String> QUESTIONS =
      List.of(
          "select Bericht_Id, Header_Ontvanger, Client_Geboortedatum_Datum, Levering_Gemeente from"
              + " JW301 order by 1",
          "select ToegewezenProduct_Id, Bericht_Id, Budget from JW301_ToegewezenProduct order by 1",
          "select count(*), sum(Budget) from JW301 join JW301_ToegewezenProduct using (Bericht_Id)",
          "select o.Tabel, o.Rijsleutel, o.Inhoud, l.Naam from IJW.Overstemde_Rijen o join"
              + " IJW.Leveringen l on l.Levering_Nummer = o.Levering_Nummer order by 1, 2, 3",
          "select l.Naam, w.Tabel, w.Regel, w.Rijsleutel, w.Waarde from IJW.Geweigerde_Waarden w"
              + " join IJW.Leveringen l on l.Levering_Nummer = w.Levering_Nummer order by 1, 2, 3",
          "select Tabel, Kolom, Code, sum(Aantal) from IJW.Bevindingen group by Tabel, Kolom, Code"
              + " order by 1, 2, 3",
          "select Naam, Sha256, Bytes from IJW.Leveringen order by 1");

  @TempDir private Path folder;

  private record Delivery(String name, Map<String, String> files) {}

  private static List<Delivery> deliveries(Random random) {
    List<Delivery> deliveries = new ArrayList<>();
    String[] moments = {"20240107", "20240114", "20240121", "20240121"};
    for (int i = 0; i < moments.length; i++) {
      boolean total = i == random.nextInt(moments.length);
      boolean wide = random.nextBoolean();
      StringBuilder messages =
          new StringBuilder("Bericht_Id,Header_Ontvanger,Client_Geboortedatum_Datum")
              .append(wide ? ",Extra" + random.nextInt(2) : "")
              .append('\n');
      StringBuilder products = new StringBuilder("ToegewezenProduct_Id,Bericht_Id,Budget\n");
      for (int key = 0; key < 8; key++) {
        if (total || random.nextInt(3) > 0) {
          messages.append("b%d,o%d,%s".formatted(key, random.nextInt(3), date(random)));
          messages.append(wide ? "," + random.nextInt(2) : "").append('\n');
        }
        if (total || random.nextInt(3) > 0) {
          products.append("p%d,b%d,%d\n".formatted(key, random.nextInt(11), random.nextInt(3)));
        }
      }
      Map<String, String> files = new LinkedHashMap<>();
      files.put("JW301.csv", messages.toString());
      files.put("JW301_ToegewezenProduct.csv", products.toString());
      deliveries.add(
          new Delivery("Ketendata-IJW-Deel-%d-%s060000.zip".formatted(i, moments[i]), files));
    }
    return deliveries;
  }

  private static String date(Random random) {
    return List.of("", "2020-01-01", "2020-02-30").get(random.nextInt(3));
  }

  private static SortedMap<String, Object> answers(TestServer server) throws Exception {
    SortedMap<String, Object> answers = new TreeMap<>();
    for (String question : QUESTIONS) {
      answers.put(question, server.sql(CALLER, question));
    }
    ODataHead head = new ODataHead(server.door(), TestServer.CATALOGUE, new ODataSettings(50, 100));
    for (String path :
        List.of(
            "JW301?$select=Bericht_Id,Header_Ontvanger&$orderby=Bericht_Id&$count=true",
            "JW301_ToegewezenProduct?$orderby=ToegewezenProduct_Id&$expand=JW301($select=Bericht_Id)"
                + "&$select=ToegewezenProduct_Id,Budget")) {
      FakeExchange exchange = new FakeExchange("GET", "/odata/GM9030/ijw/" + path);
      head.handle(exchange);
      assertThat(exchange.status()).as(exchange.text()).isEqualTo(200);
      // The context and the version's own marks are not data.
      answers.put(path, exchange.text().replaceAll("\"@odata\\.[a-zA-Z]*[^,]*,", ""));
    }
    return answers;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void givesTheSameDataAndAnswersInAnyOrderAndRepetition(int seed) throws Exception {
    Random random = new Random(seed);
    List<Path> zips = new ArrayList<>();
    for (Delivery delivery : deliveries(random)) {
      zips.add(Deliveries.zip(folder, delivery.name(), delivery.files()));
    }
    SortedMap<String, Object> first = new TreeMap<>();
    for (int order = 0; order < ORDERS; order++) {
      List<Path> handed = new ArrayList<>(zips);
      if (order > 0) {
        handed.add(zips.get(random.nextInt(zips.size())));
        Collections.shuffle(handed, random);
      }
      Path data = Files.createDirectory(folder.resolve("orde" + order));
      try (TestServer server = new TestServer(data)) {
        handed.forEach(zip -> server.take("GM9030", zip));
        SortedMap<String, Object> answers = answers(server);
        if (order == 0) {
          first.putAll(answers);
        }
        assertThat(answers).as("seed %d, order %s", seed, handed).isEqualTo(first);
      }
    }
    assertThat(first.get(QUESTIONS.get(3)).toString()).contains("b", "o");
  }
}
