package nl.ketendata.server.odata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.http.WebServer;
import nl.ketendata.server.identity.SignIn;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.settings.HttpSettings;
import nl.ketendata.server.testing.TestServer;
import nl.ketendata.server.testing.WebClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code $apply} shows to whom. Two gemeenten have messages with the same keys; receiver A has
 * six clients, B four, in each of them.
 */
class ApplyPolicyTest {
  private static final Organisation REGION =
      new Organisation("REGIO", List.of(new Gemeente("9030"), new Gemeente("9031")));
  private static final Organisation HOME = Organisation.of(new Gemeente("9030"));

  @TempDir static Path folder;
  private static TestServer store;
  private static WebServer web;

  @BeforeAll
  static void serves() {
    store = new TestServer(folder);
    deliver("GM9030", 1);
    deliver("GM9031", 100);
    web =
        new WebServer(
            HttpSettings.onFreePort(),
            List.of(new ODataHead(store.door(), TestServer.CATALOGUE, new ODataSettings(50, 100))),
            (authorization, address) -> new SignIn.Accepted(caller(authorization.orElseThrow())),
            Events.silent());
    web.start();
  }

  @AfterAll
  static void closes() {
    web.close();
    store.close();
  }

  private static void deliver(String gemeente, int budget) {
    StringBuilder messages = new StringBuilder("Bericht_Id,Header_Ontvanger,Client_Bsn\n");
    StringBuilder products =
        new StringBuilder("ToegewezenProduct_Id,Bericht_Id,Product_Code,Budget\n");
    for (String receiver : List.of("A", "B")) {
      for (int i = 0; i < (receiver.equals("A") ? 6 : 4); i++) {
        messages.append("m%s%d,%s,h%s%d\n".formatted(receiver, i, receiver, receiver, i));
        for (int j = 0; j < 2; j++) {
          products.append(
              "p%s%d%d,m%s%d,%d,%d\n".formatted(receiver, i, j, receiver, i, j, budget));
        }
      }
    }
    store.take(
        gemeente,
        "Ketendata-IJW-%s-20240101000000.zip".formatted(gemeente),
        Map.of(
            "JW301.csv", messages.toString(), "JW301_ToegewezenProduct.csv", products.toString()));
  }

  private static Caller caller(String authorization) {
    String pair =
        new String(
            Base64.getDecoder().decode(authorization.substring("Basic ".length())),
            StandardCharsets.UTF_8);
    return pair.startsWith("regio")
        ? new Caller("regio", Map.of("REGIO", REGION), Role.ANALIST)
        : new Caller("beperkt", Map.of("GM9030", HOME), Role.ANALIST_BEPERKT);
  }

  private static HttpResponse<byte[]> get(String user, String root, String below) {
    URI base = URI.create("http://localhost:" + web.port() + "/");
    return new WebClient(base, user, "geheim")
        .get("odata/" + root + "/ijw/" + below.replace(" ", "%20"));
  }

  private static List<String> values(String user, String root, String below, String... paths) {
    HttpResponse<byte[]> answer = get(user, root, below);
    assertThat(answer.statusCode()).as(WebClient.text(answer)).isEqualTo(200);
    List<String> values = new ArrayList<>();
    for (JsonNode row : WebClient.parse(WebClient.text(answer)).get("value")) {
      List<String> one = new ArrayList<>();
      for (String path : paths) {
        one.add(row.at("/" + path).asText());
      }
      values.add(String.join(" ", one));
    }
    return values;
  }

  @Test
  void anOrganisationAggregatesItsGemeentenWithoutMixingKeys() {
    assertThat(
            values(
                "regio",
                "regio",
                "JW301_ToegewezenProduct?$apply=groupby((JW301/Header_Ontvanger,Levering_Gemeente),aggregate(Budget"
                    + " with sum as s,$count as n))",
                "JW301/Header_Ontvanger",
                "Levering_Gemeente",
                "s",
                "n"))
        .containsExactly("A 9030 12 12", "A 9031 1200 12", "B 9030 8 8", "B 9031 800 8");
    assertThat(
            values(
                "regio",
                "regio",
                "JW301?$apply=groupby((Header_Ontvanger),aggregate(ToegewezenProduct/Budget with"
                    + " sum as s,ToegewezenProduct/$count as p,$count as n))",
                "s",
                "p",
                "n"))
        .containsExactly("1212 24 12", "808 16 8");
    assertThat(
            values(
                "regio",
                "regio",
                "JW301?$apply=filter(ToegewezenProduct/$count($filter=Budget gt 1) eq 2)"
                    + "/aggregate($count as n)",
                "n"))
        .containsExactly("10");
  }

  @Test
  void whoReadsGroupsOnlyGetsNoSmallOnes() {
    assertThat(
            values(
                "beperkt",
                "GM9030",
                "JW301?$apply=groupby((Header_Ontvanger),aggregate($count as n))",
                "Header_Ontvanger",
                "n"))
        .containsExactly("A 6");
    assertThat(
            values(
                "beperkt",
                "GM9030",
                "JW301_ToegewezenProduct?$apply=groupby((JW301/Header_Ontvanger),aggregate(Budget"
                    + " with sum as s))",
                "JW301/Header_Ontvanger",
                "s"))
        .containsExactly("A 12");
    assertThat(
            values(
                "beperkt",
                "GM9030",
                "JW301?$apply=groupby((rollup($all,Header_Ontvanger)),aggregate(ToegewezenProduct/Budget"
                    + " with sum as s))",
                "Header_Ontvanger",
                "s"))
        .containsExactly("A 12", " 20");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JW301?$apply=identity",
        "JW301?$apply=filter(Header_Ontvanger eq 'A')&$select=Header_Ontvanger",
        "JW301?$apply=topcount(1,Client_Bsn)",
        "JW301?$apply=concat(identity,aggregate($count as n))",
        "JW301?$apply=groupby((Header_Ontvanger),topcount(1,Bericht_Id))",
        "JW301?$apply=compute(Client_Bsn as x)&$select=x",
        "JW301?$compute=ToegewezenProduct/$count as n&$select=n",
        "JW301?$search=hA1"
      })
  void whoReadsGroupsOnlyGetsNoRows(String below) {
    HttpResponse<byte[]> answer = get("beperkt", "GM9030", below);
    assertThat(answer.statusCode()).as(WebClient.text(answer)).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JW301?$apply=groupby((Client_Bsn),aggregate($count as n))",
        "JW301?$apply=filter(Bericht_Id eq 'mA1')/aggregate($count as n,Client_Bsn with max as x)",
        "JW301?$apply=filter(Bericht_Id eq"
            + " 'mA1')/groupby((Header_Ontvanger),aggregate(ToegewezenProduct/Budget with sum as"
            + " s))",
        "JW301?$apply=groupby((Header_Ontvanger),filter(Bericht_Id eq 'mA1')/aggregate(Client_Bsn"
            + " with max as x))&$filter=x ne null",
        "JW301?$apply=groupby((Header_Ontvanger),topcount(1,Bericht_Id)/aggregate(Client_Bsn with"
            + " max as x))&$filter=x ne null"
      })
  void whoReadsGroupsOnlyGetsNothingOfOnePerson(String below) {
    HttpResponse<byte[]> answer = get("beperkt", "GM9030", below);
    String text = WebClient.text(answer);
    assertThat(answer.statusCode()).as(text).isIn(200, 403);
    if (answer.statusCode() == 200) {
      assertThat(text).endsWith("\"value\":[]}");
    }
  }
}
