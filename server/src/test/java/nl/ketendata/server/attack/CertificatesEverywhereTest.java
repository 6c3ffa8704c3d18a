package nl.ketendata.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import nl.ketendata.server.testing.Authority;
import nl.ketendata.server.testing.KnownGemeente;
import nl.ketendata.server.testing.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Client certificates at every head of a whole server. */
class CertificatesEverywhereTest {
  private static final String OIN = "00000003123456780000";

  @TempDir static Path folder;
  private static Authority staat;
  private static Authority.Issued beheer;
  private static Authority.Issued revoked;
  private static RunningServer server;
  private static Roads roads;

  @BeforeAll
  static void start() throws Exception {
    Path data = folder.resolve("data");
    new KnownGemeente(folder.resolve("leeg"), "GM9030").copyTo(data);
    staat = new Authority("CN=Staat der Proeven");
    beheer = staat.client("C=NL,O=Gemeente Zuidrand,SERIALNUMBER=" + OIN + ",CN=beheer");
    revoked = staat.client("CN=ingetrokken,SERIALNUMBER=" + OIN);
    Authority.Issued own = staat.server();
    Instant later = Instant.now().plus(Duration.ofDays(2));
    server =
        new RunningServer(
            data,
            """
            [tls]
            certificate = '%s'
            key = '%s'
            client-ca = '%s'
            client-crl = '%s'
            client-required = false

            [tls.map]
            "oin:%s" = "GM9030 beheerder"
            "dn:CN=leverancier,O=Zorg BV" = "GM9030 leverancier"
            "dn:CN=buur" = "GM9031 beheerder"
            """
                .formatted(
                    own.certificatePem(folder.resolve("own.pem")),
                    own.keyPem(folder.resolve("own.key")),
                    staat.certificatePem(folder.resolve("staat.pem")),
                    Files.writeString(
                        folder.resolve("staat.crl"), staat.revoked(later, revoked.certificate())),
                    OIN));
    roads = new Roads(server, Optional.of(staat));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Map<String, String> everywhere(String outcome) {
    Map<String, String> all = new TreeMap<>();
    List.of("avatica", "flight", "odata", "put", "sql").forEach(road -> all.put(road, outcome));
    return all;
  }

  private static Map<String, String> with(Authority.Issued shown) throws Exception {
    return roads.outcomes(Optional.empty(), Optional.of(shown));
  }

  @Test
  void aCertificateSignsInEverywhere() throws Exception {
    Map<String, String> expected = everywhere(Roads.IN);
    // The delivery is none, and that was found by looking at it.
    expected.put("put", "KD101");
    assertThat(with(beheer)).isEqualTo(expected);
  }

  @Test
  void theRoleOfACertificateHoldsEverywhere() throws Exception {
    Map<String, String> found = with(staat.client("O=Zorg BV,CN=leverancier"));
    assertThat(found.get("put")).isEqualTo("KD101");
    assertThat(found).extracting("odata", "sql", "flight").doesNotContain(Roads.IN);
  }

  @Test
  void theOrganisationOfACertificateHoldsEverywhere() throws Exception {
    Map<String, String> found = with(staat.client("CN=buur"));
    assertThat(found).extracting("odata", "put").containsOnly("KD603");
    assertThat(found).extracting("sql", "flight").doesNotContain(Roads.IN);
  }

  @Test
  void certificatesThatAreNotRightAreRefusedEverywhereAndAudited() throws Exception {
    Instant now = Instant.now();
    Authority.Issued old =
        staat.client("CN=oud", now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(1)));
    assertThat(with(old)).isEqualTo(everywhere("KD629"));
    assertThat(with(revoked)).isEqualTo(everywhere("KD630"));
    assertThat(with(staat.client("CN=onbekend"))).isEqualTo(everywhere("KD632"));

    List<String> audited = audited();
    for (String code : List.of("KD629", "KD630", "KD632")) {
      assertThat(audited).filteredOn(line -> line.endsWith(code)).hasSizeGreaterThanOrEqualTo(4);
    }
  }

  /** A client asks its own store for a certificate of an authority that the server names. */
  @Test
  void aForeignCertificateIsRefusedEverywhereAlsoWithAPassword() throws Exception {
    Authority.Issued foreign = new Authority("CN=Staat der Proeven").client("CN=x");
    assertThat(with(foreign)).isEqualTo(everywhere("KD628"));
    assertThat(roads.outcomes(Optional.of("Bearer kdt_x"), Optional.of(foreign)))
        .isEqualTo(everywhere("KD628"));
  }

  @Test
  void withoutACertificateOneSignsInAsUsual() throws Exception {
    assertThat(roads.outcomes(Optional.empty(), Optional.empty())).isEqualTo(everywhere("KD601"));
  }

  private static List<String> audited() throws Exception {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("data/audit"))) {
      for (Path file : files.filter(name -> name.toString().endsWith(".jsonl")).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          JsonNode json = new ObjectMapper().readTree(line);
          lines.add(json.get("wat").asText() + " " + json.get("uitkomst").asText());
        }
      }
    }
    return lines;
  }
}
