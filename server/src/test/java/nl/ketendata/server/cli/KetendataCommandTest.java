package nl.ketendata.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class KetendataCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine command = KetendataCommand.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"demo", "serve", "ingest", "generate", "user", "token", "check", "version"})
  void explainsEveryVerb(String verb) {
    assertThat(run(verb, "--help")).isZero();
    assertThat(out.toString()).contains("ketendata " + verb);
  }

  @Test
  void namesTheVerbThatWasMeant() {
    assertThat(run("ingets")).isEqualTo(2);
    assertThat(err.toString()).contains("KD702").contains("ingets").contains("ingest");
  }

  @Test
  void namesTheOptionThatWasMeant() {
    assertThat(run("serve", "--prt", "1")).isEqualTo(2);
    assertThat(err.toString()).contains("KD702").contains("--prt").contains("--port");
  }

  @Test
  void refusesWhatIsNoGemeenteOrProduct() {
    assertThat(run("generate", "--gemeente", "9030", "--out", folder.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("KD604").contains("9030");
    assertThat(run("generate", "--product", "jw", "--out", folder.toString())).isEqualTo(2);
  }

  @Test
  void addsAUserAndShowsTheOneTimePasswordOnce() {
    String data = folder.toString();
    assertThat(run("user", "add", "jan", "--organisatie", "gm9030", "--data", data)).isZero();
    assertThat(out.toString().strip()).hasSizeGreaterThan(15);
    assertThat(run("user", "add", "jan", "--organisatie", "GM9030", "--data", data)).isEqualTo(1);
    assertThat(err.toString()).contains("KD606");
    assertThat(
            run("user", "add", "piet", "--organisatie", "GM9030", "--rol", "baas", "--data", data))
        .isEqualTo(1);
    assertThat(err.toString()).contains("KD605");
  }

  @Test
  void generatesTheSameBytesTwice() throws Exception {
    for (String to : new String[] {"a", "b"}) {
      assertThat(
              run(
                  "generate",
                  "--berichten",
                  "50",
                  "--seed",
                  "3",
                  "--out",
                  folder.resolve(to).toString()))
          .isZero();
    }
    String[] names = out.toString().split(System.lineSeparator());
    assertThat(Path.of(names[0])).hasSameBinaryContentAs(Path.of(names[1]));
  }
}
