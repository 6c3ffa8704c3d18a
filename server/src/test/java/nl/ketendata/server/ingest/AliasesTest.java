package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.ingest.csv.Choices;
import nl.ketendata.server.ingest.csv.Encoding;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.store.DateForm;
import nl.ketendata.server.testing.Deliveries;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AliasesTest {
  private static final Gemeente GEMEENTE = Gemeente.parse("GM9030");

  @TempDir private Path data;

  private void write(String file, String lines) throws IOException {
    Path path = data.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "bestand,naam,betekent\n" + lines);
  }

  private Aliases read() {
    return Aliases.read(data, GEMEENTE);
  }

  @Test
  void leaveAllToTheServerWithoutAFile() {
    assertThat(read().choices("JW301")).isEqualTo(Choices.NONE);
    assertThat(read().table("Map.csv")).isEqualTo("Map");
    assertThat(read().column("JW301", "Naam")).isEqualTo("Naam");
  }

  @Test
  void ofTheGemeenteGoBeforeThoseOfAll() throws IOException {
    write("aliassen.csv", ",BSN,Client_Bsn\n,[datum],jjjjmmdd\nJW301,Sleutel,Bericht_Id\n");
    write(
        "gemeenten/GM9030/aliassen.csv",
        ",BSN,Hash\n*,Toewijzing,JW301\nJW301,[datum],DD-MM-JJJJ\n");
    assertThat(read().column("JW301", "bsn")).isEqualTo("Hash");
    assertThat(read().column("JW301", "sleutel")).isEqualTo("Bericht_Id");
    assertThat(read().table("toewijzing.CSV")).isEqualTo("JW301");
    assertThat(read().choices("JW301").dates()).contains(DateForm.DUTCH);
    assertThat(read().choices("JW305").dates()).contains(DateForm.COMPACT);
    Aliases others = Aliases.read(data, Gemeente.parse("GM9031"));
    assertThat(others.column("JW301", "BSN")).isEqualTo("Client_Bsn");
    assertThat(others.choices("JW301").dates()).contains(DateForm.COMPACT);
  }

  @Test
  void layDownHowFilesAreWritten() throws IOException {
    write(
        "aliassen.csv",
        ",[scheidingsteken],puntkomma\n,[aanhaling],nee\n,[codering],Windows-1252\n"
            + ",[decimaalteken],komma\n");
    assertThat(read().choices("JW301"))
        .isEqualTo(
            new Choices(
                Optional.of(';'),
                Optional.of(false),
                Optional.of(Encoding.WINDOWS_1252),
                Optional.empty(),
                Optional.of(',')));
  }

  @Test
  void areRefusedWhenTheyAskForWhatDoesNotExist() throws IOException {
    for (String wrong : new String[] {",[datum],mm/dd/jjjj\n", ",[kleur],rood\n"}) {
      write("gemeenten/GM9030/aliassen.csv", wrong);
      assertThatThrownBy(this::read)
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.code()).isEqualTo(Code.SETTINGS))
          .hasMessageContaining("gemeenten/GM9030/aliassen.csv", wrong.split(",")[1]);
    }
  }

  @Test
  void settleWhatCannotBeTold() throws IOException {
    write("aliassen.csv", ",[scheidingsteken],puntkomma\n,[aanhaling],nee\n,[datum],dd-mm-jjjj\n");
    String text =
        "Bericht_Id;X,Header_BerichtVersie;Client_Commentaar;Client_Geboortedatum_Datum\n"
            + "a;1;\"5 duim;01-02-2001\nb;2;x;2001-02-01\n";
    try (TestServer server = new TestServer(data)) {
      Report report =
          server.take(
              "GM9030",
              Deliveries.zip(
                  data,
                  "Ketendata-IJW-Test-20240107060000.zip",
                  "JW301.csv",
                  text.getBytes(StandardCharsets.UTF_8)));
      assertThat(report.bestanden().get(0).geweigerdeWaarden()).isEqualTo(1);
      assertThat(
              server.sql(
                  TestServer.caller("GM9030"),
                  "select Bericht_Id, Client_Commentaar, X_Header_BerichtVersie,"
                      + " cast(Client_Geboortedatum_Datum as varchar) from JW301 order by 1"))
          .containsExactly("a|\"5 duim|1|2001-02-01", "b|x|2|-");
    }
  }
}
