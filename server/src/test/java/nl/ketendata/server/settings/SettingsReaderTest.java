package nl.ketendata.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
  private final SettingsReader reader =
      new SettingsReader(new Machine(4, DataSize.megabytes(4096)));
  @TempDir Path folder;

  @Test
  void computesDefaultsFromTheMachine() {
    Settings settings = reader.read(Optional.empty(), Map.of());

    assertThat(settings.data()).isEqualTo(Path.of("data"));
    assertThat(settings.http().host()).isEqualTo("127.0.0.1");
    assertThat(settings.http().port()).isEqualTo(8080);
    assertThat(settings.engine().threads()).isEqualTo(4);
    assertThat(settings.engine().memory().bytes()).isBetween(2047L << 20, 2048L << 20);
    assertThat(settings.query().running()).isEqualTo(8);
    assertThat(settings.query().statement()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void readsEveryKeyOfTheFile() throws IOException {
    Settings settings =
        reader.read(
            file(
                """
                data = "/var/lib/ketendata"
                host = "0.0.0.0"
                port = 9000
                admin-host = "::1"
                admin-port = 9001
                flight-port = 9002
                public-url = "https://ketendata.example/"
                open = false
                versions-kept = "8d"
                trusted-proxies = ["10.0.0.0/8", "fd00::1"]
                security-contact = "mailto:ciso@gemeente.example"

                [tls]
                certificate = "keten.pem"
                key = "sleutel.pem"
                client-ca = "ca.pem"

                [oidc]
                issuer = "https://login.example/v2.0"
                audience = "api://ketendata"
                tenant = "t1"
                name-claim = "email"
                claim = "groups"
                map."a.b" = "GM9030 analist"

                [engine]
                memory = "512MB"
                threads = 2
                temporary = "3 gb"
                columns = "2gb"

                [query]
                page-size = 10
                statement-timeout = "5s"
                export-timeout = "1h"
                running = 3
                [http]
                connections = 2000
                connections-per-address = 300
                answer-cache = "0B"
                cors-origins = ["https://a.example", "http://localhost:3000"]

                [policy]
                smallest-group = 10
                audit-kept = "1098d"

                [deliveries]
                archive-size = "1GB"
                archive-entries = 120
                archive-entry = "3GB"
                archive-unpacked = "6GB"
                archive-ratio = 50
                inbox = false
                inbox-quiet = "10s"
                refused-kept = "7d"
                refused-percent = 3
                keep-days = 400
                """),
            Map.of());

    assertThat(settings)
        .isEqualTo(
            new Settings(
                Path.of("/var/lib/ketendata"),
                new HttpSettings(
                    "0.0.0.0",
                    9000,
                    "::1",
                    9001,
                    9002,
                    Optional.of(URI.create("https://ketendata.example")),
                    false),
                new TransportSettings(
                    Optional.of(
                        new TransportSettings.Tls(
                            Path.of("keten.pem"),
                            Optional.of(Path.of("sleutel.pem")),
                            Optional.empty(),
                            Optional.of(Path.of("ca.pem")))),
                    false,
                    List.of(new Subnet("10.0.0.0/8"), new Subnet("fd00::1")),
                    Optional.of(URI.create("mailto:ciso@gemeente.example")),
                    new ConnectionSettings(2_000, 300)),
                Optional.of(
                    new OidcSettings(
                        URI.create("https://login.example/v2.0"),
                        List.of("api://ketendata"),
                        Optional.of("t1"),
                        Optional.empty(),
                        "email",
                        "groups",
                        Map.of("a.b", "GM9030 analist"),
                        Optional.empty(),
                        Optional.empty())),
                new EngineSettings(
                    DataSize.megabytes(512), 2, DataSize.megabytes(3072), DataSize.megabytes(2048)),
                new QuerySettings(10, Duration.ofSeconds(5), Duration.ofHours(1), 3),
                new PolicySettings(10, Duration.ofDays(1098)),
                new DeliverySettings(
                    new DeliverySettings.Archives(
                        DataSize.megabytes(1024),
                        120,
                        DataSize.megabytes(3072),
                        DataSize.megabytes(6144),
                        50),
                    false,
                    Duration.ofSeconds(10),
                    Duration.ofDays(7),
                    3,
                    400),
                new FeedSettings(
                    new DataSize(0),
                    List.of("https://a.example", "http://localhost:3000"),
                    Duration.ofDays(8))));
  }

  @Test
  void prefersTheCommandLineToTheFile() throws IOException {
    Settings settings = reader.read(file("port = 9000"), Map.of("port", "0"));

    assertThat(settings.http().port()).isZero();
  }

  @Test
  void theEnvironmentGoesBetweenTheFileAndTheCommandLine() throws IOException {
    SettingsReader inEnvironment =
        new SettingsReader(
            new Machine(4, DataSize.megabytes(4096)),
            Map.of("KETENDATA_PORT", "9100", "KETENDATA_QUERY_PAGE_SIZE", "7", "PATH", "/bin"));
    Settings settings = inEnvironment.read(file("port = 9000"), Map.of());
    assertThat(settings.http().port()).isEqualTo(9100);
    assertThat(settings.query().pageSize()).isEqualTo(7);
    assertThat(inEnvironment.read(file("port = 9000"), Map.of("port", "0")).http().port()).isZero();
  }

  @Test
  void aProviderIsBelievedOnlyWhenItIsCompleteAndReachedSafely() throws IOException {
    assertThatThrownBy(() -> reader.read(file("[oidc]\nissuer = \"http://x.example\""), Map.of()))
        .hasMessageContaining("oidc.issuer = \"http://x.example\"");
    assertThatThrownBy(() -> reader.read(file("[oidc]\naudience = \"a\""), Map.of()))
        .hasMessageContaining("oidc.issuer ontbreekt");
    assertThatThrownBy(
            () ->
                reader.read(
                    file("[oidc]\nissuer = \"https://x.example\"\nmap.a = \"GM9030\""), Map.of()))
        .hasMessageContainingAll("oidc.audience ontbreekt", "oidc.map.a = \"GM9030\"");
  }

  @Test
  void refusesVariablesThatItDoesNotKnow() {
    SettingsReader inEnvironment =
        new SettingsReader(
            new Machine(4, DataSize.megabytes(4096)),
            Map.of("KETENDATA_PROT", "9100", "KETENDATA_ADMIN_PORT", "x"));
    assertThatThrownBy(() -> inEnvironment.read(Optional.empty(), Map.of()))
        .hasMessageContainingAll(
            "KETENDATA_PROT (KETENDATA_PORT?)", "KETENDATA_ADMIN_PORT = \"x\"");
  }

  @Test
  void plainHttpIsForThisComputerUnlessItIsAllowed() throws IOException {
    assertThatThrownBy(() -> reader.read(file("host = \"0.0.0.0\""), Map.of()))
        .hasMessageContaining("plain-http = true");
    assertThat(
            reader
                .read(file("host = \"0.0.0.0\"\nplain-http = true"), Map.of())
                .transport()
                .plainHttp())
        .isTrue();
    assertThat(
            reader
                .read(file("host = \"0.0.0.0\"\n[tls]\ncertificate = \"keten.p12\""), Map.of())
                .transport()
                .tls())
        .isPresent();
    assertThatThrownBy(() -> reader.read(file("[tls]\nkey = \"sleutel.pem\""), Map.of()))
        .hasMessageContaining("tls.certificate");
  }

  @Test
  void reportsAllFaultsTogether() throws IOException {
    Optional<Path> file =
        file(
            """
            port = 70000
            prot = 1
            public-url = "ftp://x"
            open = "misschien"
            [engine]
            memory = "veel"
            [query]
            statement-timeout = "0s"
            [http]
            cors-origins = ["*"]
            """);

    assertThatThrownBy(() -> reader.read(file, Map.of("engine.threads", "x")))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(Code.SETTINGS))
        .hasMessageContainingAll(
            "port = \"70000\" (0 - 65535)",
            "prot (port?)",
            "public-url = \"ftp://x\"",
            "open = \"misschien\"",
            "engine.memory = \"veel\"",
            "query.statement-timeout = \"0s\"",
            "http.cors-origins = \"*\"",
            "engine.threads = \"x\"");
  }

  @Test
  void namesTheLineThatIsNoToml() throws IOException {
    Optional<Path> file = file("port = 1\nhost = = 2\n");

    assertThatThrownBy(() -> reader.read(file, Map.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("ketendata.toml:2");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThatThrownBy(() -> reader.read(Optional.of(folder.resolve("x.toml")), Map.of()))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(Code.NO_SUCH_FILE));
  }

  @Test
  void refusesOpenBeyondLoopback() {
    Map<String, String> beyond = Map.of("open", "true", "host", "0.0.0.0");
    assertThatThrownBy(() -> reader.read(Optional.empty(), beyond))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.code()).isEqualTo(Code.OPEN_BEYOND_LOOPBACK));

    assertThat(reader.read(Optional.empty(), Map.of("open", "true")).http().open()).isTrue();
  }

  @Test
  void writesSizesAsTheyAreRead() {
    assertThat(DataSize.parse("512MB").orElseThrow()).hasToString("512MB");
    assertThat(DataSize.parse("1000b").orElseThrow()).hasToString("1000B");
    assertThat(DataSize.parse("0B").orElseThrow()).hasToString("0B");
    assertThat(DataSize.parse("-1MB")).isEmpty();
    assertThat(DataSize.parse("999999999999TB")).isEmpty();
  }

  private Optional<Path> file(String text) throws IOException {
    return Optional.of(Files.writeString(folder.resolve("ketendata.toml"), text));
  }
}
