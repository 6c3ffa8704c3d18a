package nl.ketendata.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import nl.ketendata.server.testing.Jar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command line says to somebody who uses it wrongly. */
class WrongUseIT {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"9030", "GM90", "XX9030"})
  void refusesWhatIsNoGemeente(String gemeente) throws IOException {
    Path data = folder.resolve("data");
    refused(
        Jar.run("ingest", "--data", data, "--gemeente", gemeente, "x.zip"), 1, "KD604", gemeente);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).as("nothing is made").isEmpty();
    }
  }

  @Test
  void suggestsTheVerbThatWasMeant() {
    refused(Jar.run("ingets"), 2, "KD702", "ingets", "Bedoelde u ingest?");
  }

  @Test
  void suggestsTheOptionThatWasMeant() {
    refused(
        Jar.run("generate", "--berichte", "5", "--out", folder),
        2,
        "KD702",
        "--berichte",
        "Bedoelde u --berichten?");
  }

  @Test
  void namesTheOptionThatIsMissing() {
    refused(Jar.run("ingest", "x.zip"), 2, "KD702", "--gemeente");
  }

  @Test
  void refusesToServeOthersWithoutSignIn() throws IOException {
    Path settings = settings("host = \"0.0.0.0\"\n");
    refused(serve("--config", settings, "--open", "--port", "0"), 1, "KD704", "0.0.0.0");
  }

  @Test
  void refusesASettingThatDoesNotExist() throws IOException {
    Path settings = settings("prt = 8080\n[query]\nrunning = \"veel\"\n");
    refused(serve("--config", settings), 1, "KD701", "prt", "running");
  }

  @Test
  void namesThePortThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      refused(ports(port, "0", "0"), 1, "KD703", port);
      refused(ports("0", port, "0"), 1, "KD703", port);
      refused(ports("0", "0", port), 1, "KD703", port);
    }
  }

  private Path settings(String text) throws IOException {
    return Files.writeString(folder.resolve("ketendata.toml"), text);
  }

  private Jar.Result ports(String http, String admin, String flight) {
    return serve("--port", http, "--admin-port", admin, "--flight-port", flight);
  }

  private Jar.Result serve(Object... more) {
    Object[] arguments = new Object[more.length + 3];
    arguments[0] = "serve";
    arguments[1] = "--data";
    arguments[2] = folder.resolve("data");
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Jar.run(arguments);
  }

  private static void refused(Jar.Result result, int exit, String code, String... words) {
    assertThat(result.err()).as(result.all()).startsWith(code + " ").contains(words);
    assertThat(result.exit()).as(result.all()).isEqualTo(exit);
    assertThat(result.all()).doesNotContain("\tat ").doesNotContain("Exception");
  }
}
