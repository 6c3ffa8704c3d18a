package nl.ketendata.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nl.ketendata.server.testing.Deliveries;
import nl.ketendata.server.testing.Jar;
import nl.ketendata.server.testing.JarServer;
import nl.ketendata.server.testing.WebClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A delivery that must be refused is refused with its code, and changes nothing. */
class BadDeliveriesIT {
  private static final String GOOD = "Bericht_Id,Header_Afzender,Client_Bsn\n";
  private static final String ADDRESS = "odata/GM9030/ijw/JW301";
  private static final String NAME = "Ketendata-IJW-Test-aan-Zee-%s.zip";
  private static final byte[] END_OF_DIRECTORY = {'P', 'K', 5, 6};

  @TempDir static Path folder;
  private static Path data;
  private static JarServer server;
  private static int made;

  @BeforeAll
  static void start() {
    data = folder.resolve("data");
    Gemeenten.ingest(data, "GM9030", delivery(NAME.formatted("20240107060000"), rows(100)));
    server = JarServer.serve(data, "64m", "--open");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String rows(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> "m" + i + ",9030,hash" + i + "\n")
        .collect(Collectors.joining("", GOOD, ""));
  }

  /** In a folder of its own, so that names may repeat. */
  private static Path delivery(String name, String messages) {
    return zip(name, Map.of("JW301.csv", messages));
  }

  private static Path zip(String name, Map<String, String> files) {
    try {
      Path own = Files.createDirectories(folder.resolve("zip" + made++));
      return Deliveries.zip(own, name, new TreeMap<>(files));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String next() {
    return NAME.formatted("202402%02d%02d0000".formatted(made / 24 + 1, made % 24));
  }

  private static Path bytes(byte[] content) throws IOException {
    Path own = Files.createDirectories(folder.resolve("zip" + made));
    Path file = Files.write(own.resolve(next()), content);
    made++;
    return file;
  }

  private static byte[] good() throws IOException {
    return Files.readAllBytes(delivery(next(), rows(50)));
  }

  /** The flag that says that an entry is encrypted, in its own header and in the directory's. */
  private static byte[] encrypted() throws IOException {
    byte[] zip = good();
    for (int i = 0; i < zip.length - 4; i++) {
      if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 3 && zip[i + 3] == 4) {
        zip[i + 6] |= 1;
      }
      if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2) {
        zip[i + 8] |= 1;
      }
    }
    return zip;
  }

  private static byte[] withOtherContent() throws IOException {
    byte[] zip = good();
    zip[40 + "JW301.csv".length()] ^= 0x55;
    return zip;
  }

  private static Map<Path, String> badDeliveries() throws IOException {
    Map<Path, String> bad = new LinkedHashMap<>();
    byte[] good = good();
    bad.put(bytes(Arrays.copyOf(good, good.length / 2)), "KD101");
    bad.put(bytes(Arrays.copyOf(good, good.length - 10)), "KD101");
    bad.put(bytes("geen zip".getBytes(StandardCharsets.UTF_8)), "KD101");
    bad.put(bytes(new byte[0]), "KD101");
    bad.put(bytes(END_OF_DIRECTORY), "KD101");
    bad.put(bytes(encrypted()), "KD110");
    bad.put(bytes(withOtherContent()), "KD101");
    bad.put(zip(next(), Map.of("../JW301.csv", rows(1))), "KD103");
    bad.put(zip(next(), Map.of("/JW301.csv", rows(1))), "KD103");
    bad.put(zip(next(), Map.of("a/b/JW301.csv", rows(1))), "KD103");
    bad.put(zip(next(), Map.of("a\\JW301.csv", rows(1))), "KD103");
    bad.put(zip(next(), Map.of("JW301.csv", rows(1), "meer.zip", "PK")), "KD115");
    bad.put(zip(next(), Map.of("JW301.csv", rows(1), "jw301.CSV", rows(2))), "KD104");
    bad.put(zip(next(), Map.of("JW301.csv", rows(1), "map/JW301.csv", rows(2))), "KD104");
    bad.put(zip(next(), Map.of("JW301.csv", "naam,waarde\na,b\n")), "KD201");
    bad.put(zip(next(), Map.of("JW301.csv", "Bericht_Id,Bericht_Id\na,b\n")), "KD201");
    bad.put(delivery(next(), GOOD + "x1,9031,hash\n"), "KD204");
    bad.put(delivery(next(), GOOD + "x1,9030,999900006\n"), "KD205");
    bad.put(zip(next(), Map.of("JW301.csv", rows(1), "WMO301.csv", rows(1))), "KD106");
    bad.put(delivery(NAME.formatted("20240107060000"), rows(3)), "KD108");
    bad.put(zip(next(), Map.of("lees mij.txt", "hallo")), "KD107");
    bad.put(zip(next(), Map.of()), "KD107");
    bad.put(delivery("levering-20240107060000.zip", rows(3)), "KD105");
    bad.put(delivery("Ketendata-IJW-Test-aan-Zee.zip", rows(3)), "KD105");
    bad.put(delivery("Ketendata-IJW-Test-aan-Zee-20241307060000.zip", rows(3)), "KD105");
    bad.put(delivery(next(), rows(18) + "x1,9030\nx2,9030,hash,te veel\n"), "KD206");
    bad.put(delivery(next(), GOOD + "x1,9030,\"niet gesloten\n"), "KD206");
    bad.put(folder.resolve(next()), "KD109");
    return bad;
  }

  @Test
  void refusesEachWithItsCodeAndKeepsThePublishedData() throws IOException {
    WebClient client = server.client("", "");
    String tag = client.tag(ADDRESS);
    List<JsonNode> before = client.walk(ADDRESS, 30);
    Map<Path, String> bad = badDeliveries();
    List<Object> arguments =
        new ArrayList<>(List.of("ingest", "--data", data, "--gemeente", "GM9030", "--json"));
    arguments.addAll(bad.keySet());

    Jar.Result result = Jar.run(arguments.toArray());

    assertThat(result.exit()).as(result.all()).isEqualTo(1);
    assertThat(result.all()).doesNotContain("\tat ").doesNotContain("Exception");
    assertThat(result.lines()).hasSameSizeAs(bad.keySet());
    List<String> found = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (Map.Entry<Path, String> one : bad.entrySet()) {
      String line = result.lines().get(found.size());
      expected.add(one.getValue() + " " + line);
      found.add(WebClient.parse(line).path("code").asText("taken in") + " " + line);
    }
    assertThat(found).isEqualTo(expected);
    assertThat(client.tag(ADDRESS)).isEqualTo(tag);
    assertThat(client.walk(ADDRESS, 30)).isEqualTo(before).hasSize(100);
    assertThat(leftovers()).isEmpty();
  }

  /** Nothing of a refused delivery stays on disk but the lock that the next one takes. */
  private static List<Path> leftovers() throws IOException {
    try (Stream<Path> paths = Files.walk(data.resolve("gemeenten/GM9030/ijw/bouw"))) {
      return paths.filter(p -> Files.isRegularFile(p) && !p.endsWith("slot")).toList();
    }
  }

  /** A week without messages of a kind is a week like any other. */
  @Test
  void takesEmptyFilesAsFilesWithoutRows() {
    Path gemeente = folder.resolve("leeg");
    Path zip = zip(next(), Map.of("JW301.csv", GOOD, "JW302.csv", "", "JW305.csv", "\uFEFF"));
    JsonNode report = WebClient.parse(Gemeenten.ingest(gemeente, "GM9031", zip));
    assertThat(report.get("bestanden")).hasSize(3);
    report.get("bestanden").forEach(file -> assertThat(file.get("gelezen").asInt()).isZero());
  }

  @Test
  void saysWhatIsWrongInTheLanguageOfTheUser() {
    Path zip = delivery("Ketendata-IJW-Test.zip", rows(1));
    Jar.Result dutch = Jar.run("ingest", "--data", data, "--gemeente", "GM9030", zip);
    Jar.Result english =
        Jar.run(java.util.Locale.ENGLISH, "ingest", "--data", data, "--gemeente", "GM9030", zip);
    assertThat(dutch.err()).startsWith("KD105 De naam van levering");
    assertThat(english.err()).startsWith("KD105 The name of delivery");
    assertThat(dutch.exit()).isEqualTo(1);
  }
}
