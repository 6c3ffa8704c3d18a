package nl.ketendata.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import nl.ketendata.server.testing.Deliveries;
import nl.ketendata.server.testing.JarServer;
import nl.ketendata.server.testing.NpmPackages;
import nl.ketendata.server.testing.WebClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OData clients from npm; only where node is, and where their packages can be had. */
class NpmClientsIT {
  @TempDir Path folder;

  @Test
  void answersODataQueryAndODataClient() throws IOException, InterruptedException {
    NpmPackages packages = new NpmPackages(folder.resolve("npm"));
    NpmPackages.Ran installed = packages.install();
    assumeTrue(installed.exit() == 0, "skipped: npm ci does not succeed: " + installed.printed());
    Path data = folder.resolve("data");
    Gemeenten.ingest(data, "GM9030", delivery());
    JsonNode printed;
    try (JarServer server = JarServer.serve(data, "64m", "--open")) {
      String root = server.url() + "odata/GM9030/ijw/";
      NpmPackages.Ran ran =
          packages.run("node", packages.file("clients.mjs").toString(), root, "anna", "geheim");
      assertThat(ran.exit()).as(ran.printed()).isZero();
      printed = WebClient.parse(ran.printed());
    }
    JsonNode built = printed.get("built");
    assertThat(built.get("@odata.count").asInt()).isEqualTo(3);
    assertThat(built.get("value").findValuesAsText("Bericht_Id")).containsExactly("c", "b", "a");
    assertThat(built.at("/value/2/ToegewezenProduct").findValuesAsText("Product_Code"))
        .containsExactly("45A02", "45A01");
    assertThat(printed.get("found").findValuesAsText("ToegewezenProduct_Id"))
        .containsExactly("p1", "p4");
    assertThat(printed.at("/found/0/JW301/Client_Bsn").asText()).isEqualTo("hash-a");
    assertThat(printed.at("/one/Ingangsdatum").asText()).isEqualTo("2024-02-01");
    assertThat(printed.get("number").asInt()).isEqualTo(2);
    assertThat(printed.at("/batch/0/value")).hasSize(1);
    assertThat(printed.at("/batch/1/value")).hasSize(2);
    assertThat(printed.at("/changes/value")).isEmpty();
    assertThat(printed.at("/changes/@odata.deltaLink").asText()).contains("$deltatoken=");
  }

  private Path delivery() {
    return Deliveries.zip(
        folder,
        "Ketendata-IJW-Test-20240301060000.zip",
        Map.of(
            "JW301.csv",
            "Bericht_Id,Client_Bsn,Header_BerichtVersie,Header_BerichtCode\n"
                + "a,hash-a,3,436\nb,hash-b,2,436\nc,hash-c,1,437\nd,hash-d,,436\n",
            "JW301_ToegewezenProduct.csv",
            "ToegewezenProduct_Id,Bericht_Id,Product_Code,Ingangsdatum\n"
                + "p1,a,45A01,2024-02-01\np2,a,45A02,2022-02-01\np3,a,,2021-01-01\n"
                + "p4,b,45A03,2023-01-01\n"));
  }
}
