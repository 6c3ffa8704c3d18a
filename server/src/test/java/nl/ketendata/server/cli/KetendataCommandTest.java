package nl.ketendata.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import nl.ketendata.server.testing.Authority;
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
  void managesUsersFromAddingToRemoving() throws Exception {
    String data = folder.toString();
    Path password = Files.writeString(folder.resolve("wachtwoord"), "vier losse worden op rij\n");
    Path weak = Files.writeString(folder.resolve("zwak"), "Welkom2026Welkom2026!\n");
    String[] add = {"user", "voeg-toe", "jan", "--organisatie", "GM9030", "--data", data};
    assertThat(run(with(add, "--wachtwoord-bestand", weak.toString()))).isEqualTo(1);
    assertThat(err.toString()).contains("KD624").doesNotContain("Welkom2026");
    assertThat(run(with(add, "--wachtwoord-bestand", password.toString()))).isZero();
    assertThat(out.toString()).isEmpty();

    assertThat(run("user", "rol", "jan", "beheerder", "--data", data)).isZero();
    assertThat(run("user", "lijst", "--json", "--data", data)).isZero();
    assertThat(out.toString())
        .isEqualToIgnoringNewLines(
            "[{\"naam\":\"jan\",\"organisatie\":\"GM9030\",\"rol\":\"beheerder\","
                + "\"laatst_gebruikt\":\"-\",\"eenmalig_wachtwoord_tot\":\"-\"}]");
    out.getBuffer().setLength(0);
    assertThat(run("user", "wachtwoord", "jan", "--data", data)).isZero();
    assertThat(out.toString().strip()).matches("([a-z2-9]{4}-){4}[a-z2-9]{4}");
    assertThat(run("user", "verwijder", "jan", "--data", data)).isZero();
    assertThat(run("user", "verwijder", "jan", "--data", data)).isEqualTo(1);
    assertThat(err.toString()).contains("KD622");
    assertThat(audited())
        .containsExactly(
            "GEBRUIKER_VASTGELEGD GM9030 jan analist",
            "GEBRUIKER_VASTGELEGD GM9030 jan beheerder",
            "WACHTWOORD_GEWIJZIGD GM9030 jan",
            "GEBRUIKER_VERWIJDERD GM9030 jan");
  }

  @Test
  void managesTokensFromMakingToRevoking() throws Exception {
    String data = folder.toString();
    assertThat(run("token", "maak", "pbi", "--organisatie", "GM9030", "--data", data)).isZero();
    assertThat(out.toString().strip()).startsWith("kdt_");
    out.getBuffer().setLength(0);
    assertThat(run("token", "lijst", "--data", data)).isZero();
    assertThat(out.toString().lines())
        .hasSize(2)
        .last()
        .asString()
        .matches("pbi +[0-9a-f]{8} +GM9030 +analist +[0-9T:.Z-]+ +-");
    assertThat(run("token", "trek-in", "pbi", "--data", data)).isZero();
    assertThat(run("token", "trek-in", "pbi", "--data", data)).isEqualTo(1);
    assertThat(err.toString()).contains("KD626");
    assertThat(audited()).first().isEqualTo("TOKEN_GEMAAKT GM9030 pbi analist");
    assertThat(audited()).last().asString().matches("TOKEN_INGETROKKEN GM9030 pbi [0-9a-f]{8}");
  }

  @Test
  void givesOnlyTheFunctioneelBeheerderNoOrganisation() {
    String data = folder.toString();
    assertThat(run("user", "add", "x", "--data", data)).isEqualTo(2);
    assertThat(run("user", "add", "fb", "--rol", "functioneel-beheerder", "--data", data)).isZero();
  }

  @Test
  void takesTheDataFolderOfTheSettingsFileInEveryVerb() throws Exception {
    Path data = folder.resolve("elders");
    Path config = Files.writeString(folder.resolve("ketendata.toml"), "data = \"" + data + "\"\n");
    assertThat(run("token", "maak", "x", "--organisatie", "GM9030", "--config", config.toString()))
        .isZero();
    assertThat(data.resolve("tokens.json")).exists();
  }

  @Test
  void checksCertificatesSecretsAndUsers() throws Exception {
    Authority staat = new Authority("CN=Staat der Proeven");
    Authority.Issued own = staat.server();
    Path key = own.keyPem(folder.resolve("own.key"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    Path crl = Files.writeString(folder.resolve("leeg.crl"), "");
    Path config =
        Files.writeString(
            folder.resolve("ketendata.toml"),
            """
            data = '%s'
            port = 0
            admin-port = 0
            security-contact = "mailto:ciso@gemeente.example"
            [tls]
            certificate = '%s'
            key = '%s'
            client-ca = '%s'
            client-crl = '%s'
            """
                .formatted(
                    folder.resolve("data"),
                    own.certificatePem(folder.resolve("own.pem")),
                    key,
                    staat.certificatePem(folder.resolve("staat.pem")),
                    crl));
    String[] where = {"--config", config.toString()};
    assertThat(run(with(new String[] {"user", "add", "x", "--organisatie", "GM9030"}, where)))
        .isZero();
    assertThat(run(with(new String[] {"check"}, where))).isEqualTo(1);
    assertThat(out.toString())
        .containsPattern("let op +certificaat +geldig tot 20")
        .containsPattern("fout +clients +.*KD705|fout +clients +.*leeg.crl")
        .containsPattern("let op +geheimen +ook leesbaar voor anderen: .*own.key")
        .containsPattern("let op +gebruikers +1, waarvan 1 met een eenmalig wachtwoord")
        .containsPattern("goed +security.txt +mailto:ciso@gemeente.example");

    out.getBuffer().setLength(0);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Instant later = Instant.now().plus(Duration.ofDays(2));
    Files.writeString(crl, staat.revoked(later, own.certificate()));
    run(with(new String[] {"check"}, where));
    assertThat(out.toString())
        .containsPattern("goed +clients")
        .containsPattern("goed +geheimen +2 bestanden");
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  private List<String> audited() throws Exception {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("audit"))) {
      for (Path file : files.sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          JsonNode json = new ObjectMapper().readTree(line);
          lines.add(
              String.join(
                  " ",
                  json.get("wat").asText(),
                  json.get("organisatie").asText(),
                  json.get("object").asText()));
        }
      }
    }
    return lines;
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
