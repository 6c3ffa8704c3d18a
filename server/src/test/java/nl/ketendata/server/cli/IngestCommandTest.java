package nl.ketendata.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import nl.ketendata.server.testing.Deliveries;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Which deliveries the words of the command line mean, and what is said of each. */
class IngestCommandTest {
  @TempDir private Path folder;
  private Path zips;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void makeDeliveries() throws IOException {
    zips = Files.createDirectory(folder.resolve("zips"));
    zip(7, "a");
    zip(14, "b");
    Files.writeString(zips.resolve("lees mij.txt"), "geen levering");
  }

  private void zip(int day, String key) {
    Deliveries.zip(
        zips,
        "Ketendata-IJW-Test-202401%02d060000.zip".formatted(day),
        Map.of("JW301.csv", "Bericht_Id\n" + key + "\n"));
  }

  private int ingest(String... words) {
    CommandLine command = KetendataCommand.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    String[] all = new String[words.length + 5];
    List<String> head = List.of("ingest", "--data", folder + "/data", "--gemeente", "GM9030");
    for (int i = 0; i < all.length; i++) {
      all[i] = i < 5 ? head.get(i) : words[i - 5];
    }
    return command.execute(all);
  }

  @Test
  void takesAllOfAFolderByNameAndSaysHowManyThereWere() {
    assertThat(ingest(zips.toString())).isZero();
    assertThat(out.toString())
        .containsSubsequence("20240107060000.zip: levering 1", "20240114060000.zip: levering 2")
        .contains("2 leveringen: 2 verwerkt of al bekend, 0 geweigerd");
  }

  @Test
  void takesAPatternThatNoShellTookApartAndGoesOnAfterARefusal() throws IOException {
    Files.writeString(zips.resolve("Ketendata-IJW-Test-20240110060000.zip"), "kapot");
    assertThat(ingest(zips + "/Ketendata-*2024??????????.zip", "--json")).isEqualTo(1);
    assertThat(out.toString().lines())
        .hasSize(3)
        .anyMatch(line -> line.contains("\"code\":\"KD101\""));
    out.getBuffer().setLength(0);
    assertThat(ingest(zips + "/*0107*", zips + "/niet.zip")).isEqualTo(1);
    assertThat(out.toString()).contains("al bekend", "1 geweigerd");
    assertThat(err.toString()).contains("KD109").contains("niet.zip");
  }

  @Test
  void saysThatThereIsNothingToTakeIn() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("leeg"));
    assertThat(ingest(empty.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("KD118").contains("leeg");
    assertThat(ingest(zips + "/*.rar")).isEqualTo(1);
    assertThat(ingest()).isEqualTo(2);
  }

  @Test
  void replacesAllByOneDeliveryOnly() {
    assertThat(ingest("--vervang", zips.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--vervang").contains("toegestaan is 1");
    assertThat(folder.resolve("data/gemeenten")).doesNotExist();
  }
}
