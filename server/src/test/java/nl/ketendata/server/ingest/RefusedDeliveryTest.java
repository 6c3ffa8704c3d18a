package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.testing.Deliveries;
import org.junit.jupiter.api.Test;

/** What refuses a delivery as a whole. */
class RefusedDeliveryTest extends IngestFixture {
  @Test
  void refusesTheSameNameWithOtherBytes() {
    server.take("GM9030", FIRST, messages("a,1,"));
    assertRefused(Code.OTHER_BYTES, FIRST, messages("a,2,"));
    assertThat(rows()).containsExactly("a|1|-|1");
  }

  @Test
  void refusesADeliveryOfWhichTooMuchCannotBePlaced() {
    assertRefused(Code.TOO_MANY_REFUSED, FIRST, messages("a,1,", ",2,", ",3,"));
    assertThat(server.store().gemeenten()).isEmpty();
  }

  @Test
  void refusesWhatIsNotThisGemeentesOwn() {
    Map<String, String> other = Map.of("JW301.csv", "Bericht_Id,Header_Afzender\na,0344\n");
    assertRefused(Code.OTHER_GEMEENTE, FIRST, other);
  }

  @Test
  void takesTheCodesOfPredecessors() throws IOException {
    Path folder = data.resolve("gemeenten/GM9030");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("voorgangers.txt"), "0344\n");
    server.take("GM9030", FIRST, Map.of("JW301.csv", "Bericht_Id,Header_Afzender\na,0344\n"));
    assertThat(server.sql(CALLER, "select Header_Afzender from JW301")).containsExactly("0344");
  }

  @Test
  void refusesAReadableBsn() {
    assertRefused(
        Code.PLAIN_BSN, FIRST, Map.of("JW301.csv", "Bericht_Id,Client_Bsn\na,999900006\n"));
    server.take("GM9030", SECOND, Map.of("JW301.csv", "Bericht_Id,Client_Bsn\na,999900007\n"));
  }

  @Test
  void refusesWhatIsNoDelivery() throws IOException {
    Files.writeString(data.resolve(FIRST), "geen zip");
    assertThatThrownBy(() -> server.take("GM9030", data.resolve(FIRST)))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).isEqualTo(Code.BROKEN_ARCHIVE));
    Map<String, Code> refused = new TreeMap<>();
    refused.put("../JW301.csv", Code.HOSTILE_ENTRY);
    refused.put("a/b/JW301.csv", Code.HOSTILE_ENTRY);
    refused.put("/JW301.csv", Code.HOSTILE_ENTRY);
    refused.put("C:\\JW301.csv", Code.HOSTILE_ENTRY);
    refused.put("JW301.zip", Code.NESTED_ARCHIVE);
    refused.put("iets.csv", Code.NOTHING_KNOWN);
    refused.put("WMO301.csv", Code.OTHER_PRODUCT);
    refused.forEach((name, code) -> assertRefused(code, SECOND, Map.of(name, "Bericht_Id\na\n")));
    assertRefused(
        Code.DOUBLE_FILE,
        SECOND,
        Map.of("JW301.csv", "Bericht_Id\na\n", "jw301.CSV", "Bericht_Id\n"));
    assertRefused(Code.DELIVERY_NAME, "levering.zip", messages("a,1,"));
    assertRefused(Code.WRONG_HEADER, SECOND, Map.of("JW301.csv", "Bericht,Datum\na,b\n"));
    assertThat(server.store().gemeenten()).isEmpty();
  }

  @Test
  void refusesAnArchiveThatLosesBytes() throws IOException {
    Path zip = Deliveries.zip(data, FIRST, messages("a,1,", "b,2,"));
    byte[] bytes = Files.readAllBytes(zip);
    for (int at = 0; at < bytes.length; at += Math.max(1, bytes.length / 10)) {
      Files.write(zip, Arrays.copyOf(bytes, at));
      assertThatThrownBy(() -> server.take("GM9030", zip)).isInstanceOf(Failure.class);
    }
    byte[] changed = bytes.clone();
    changed[40] ^= 0x55;
    Files.write(zip, changed);
    assertThatThrownBy(() -> server.take("GM9030", zip)).isInstanceOf(Failure.class);
  }

  @Test
  void checksRowsThatNewerContentStandsAbove() {
    server.take("GM9030", SECOND, messages("a,2,"));
    assertRefused(
        Code.OTHER_GEMEENTE, FIRST, Map.of("JW301.csv", "Bericht_Id,Header_Afzender\na,0344\n"));
    assertRefused(
        Code.PLAIN_BSN, FIRST, Map.of("JW301.csv", "Bericht_Id,Client_Bsn\na,999900006\n"));
  }
}
