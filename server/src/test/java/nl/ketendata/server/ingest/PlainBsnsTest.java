package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers of citizens in places where nobody expects them. */
class PlainBsnsTest {
  private static final Caller CALLER = TestServer.caller("GM9030");

  @TempDir private static Path data;
  private static TestServer server;
  private static int number;

  @BeforeAll
  static void open() {
    server = new TestServer(data);
    server.take("GM9030", name(), Map.of("JW301.csv", "Bericht_Id\na\n"));
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private static String name() {
    return "Ketendata-IJW-Test-202401010600%02d.zip".formatted(number++);
  }

  /** Test numbers from 999900006 on that pass the eleven-test. */
  private static List<String> bsns(int count) {
    List<String> found = new ArrayList<>();
    for (int i = 999_900_006; found.size() < count; i++) {
      if (RefusedText.isBsn(Integer.toString(i))) {
        found.add(Integer.toString(i));
      }
    }
    return found;
  }

  private static String file(String column, List<String> values) {
    StringBuilder text = new StringBuilder("Bericht_Id," + column + "\n");
    for (int i = 0; i < values.size(); i++) {
      text.append("k").append(number).append('-').append(i).append(',');
      text.append(values.get(i)).append('\n');
    }
    return text.toString();
  }

  private static void refused(Code code, String where, Map<String, String> files)
      throws IOException {
    Path zip = nl.ketendata.server.testing.Deliveries.zip(data, name(), files);
    assertThatThrownBy(() -> server.take("GM9030", zip))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
              assertThat(failure.getMessage()).contains(where).doesNotContain("9999");
            });
    Files.delete(zip);
    assertThat(withBsns()).isEmpty();
  }

  private static List<Path> withBsns() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (text.contains("99990000")) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private static void taken(Map<String, String> files) {
    assertThat(server.take("GM9030", name(), files).rowsRefused()).isZero();
  }

  @Test
  void refuseTheDeliveryInAColumnThatTheCatalogueLacks() throws IOException {
    refused(
        Code.BSN_ELSEWHERE, "Kenmerk_Burger", Map.of("JW301.csv", file("Kenmerk Burger", bsns(5))));
  }

  @Test
  void refuseTheDeliveryWhenTheColumnIsNamedAfterThemAlsoWhenThereIsOne() throws IOException {
    for (String column : List.of("BSN_Ouder", "burgerservicenummer", "SofiNr")) {
      refused(
          Code.BSN_ELSEWHERE, column, Map.of("JW301.csv", file(column, List.of("9999.00.006"))));
    }
    taken(
        Map.of(
            "JW301.csv", file("BSN_Ouder", List.of("3f786850e387550fdab836ed7e6dc881de23001b"))));
  }

  @Test
  void refuseTheDeliveryInAColumnOfTheStandardThatIsForSomethingElse() throws IOException {
    refused(
        Code.BSN_ELSEWHERE,
        "Client_Commentaar",
        Map.of("JW301.csv", file("Client_Commentaar", bsns(12))));
  }

  @Test
  void areNotSeenInNumbersOfWhichSomePassByChance() {
    List<String> numbers =
        IntStream.range(0, 500).mapToObj(i -> Integer.toString(12_345_678 + i)).toList();
    taken(Map.of("JW301.csv", file("Zaaknummer", numbers)));
    taken(Map.of("JW301.csv", file("Client_Commentaar", numbers)));
    List<String> provider = IntStream.range(0, 500).mapToObj(i -> bsns(1).get(0)).toList();
    String one = file("Aanbieder", provider.stream().map(n -> "12345672").toList());
    assertThat(RefusedText.isBsn("12345672")).isTrue();
    taken(Map.of("JW301.csv", one));
  }

  @Test
  void refuseTheDeliveryInAFileThatNoTableIsForSinceTheZipIsKept() throws IOException {
    String list = bsns(8).stream().collect(Collectors.joining("\n", "nummers\n", ""));
    Map<String, String> files = new TreeMap<>();
    files.put("JW301.csv", "Bericht_Id\nz\n");
    files.put("clienten.txt", list);
    refused(Code.BSN_IN_UNKNOWN_FILE, "clienten.txt", files);
    files.put("clienten.txt", "telefoon 0612345678, dossier 123456789012\n".repeat(50));
    taken(files);
    assertThat(server.sql(CALLER, "select count(*) from JW301 where Bericht_Id = 'z'"))
        .containsExactly("1");
  }
}
