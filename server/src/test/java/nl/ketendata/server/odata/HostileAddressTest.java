package nl.ketendata.server.odata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import nl.ketendata.server.testing.FakeExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileAddressTest {
  private static final long SEED = 20261124;

  private final ODataFixture fixture = new ODataFixture();

  @AfterEach
  void givesBackEveryBatch() {
    fixture.close();
  }

  static Stream<String> hostile() {
    List<String> urls =
        new ArrayList<>(
            List.of(
                "%",
                "%f",
                "%ff",
                "%00",
                "%c0%af",
                "%ed%a0%80",
                "JW301%",
                "JW301%2",
                "JW301%zz",
                "JW301?%",
                "JW301?$filter=%ff",
                "JW301?$filter=%00",
                "JW301?%24%00=1",
                "JW301?$filter=Client_Bsn%20eq%20'%e2%80%ae'",
                "{}",
                "<script>",
                "//",
                "JW301//",
                "/JW301",
                "..%2f..%2fetc%2fpasswd",
                "../../etc/passwd",
                "%2e%2e/",
                "JW301/..",
                "JW301('a",
                "JW301(a')",
                "JW301('a'))",
                "JW301((('a')))",
                "JW301()",
                "JW301('')",
                "JW301('''')",
                "JW301(''')",
                "JW301(1)",
                "JW301(null)",
                "JW301(Id='a')",
                "JW301(Bericht_Id='a',Bericht_Id='b')",
                "JW301('a','b')",
                "JW301(@p)",
                "JW301(@p)?@p=@p",
                "JW301(@p)?@p=%27a%27",
                "JW301('a')('b')",
                "JW301('a')('b')/x",
                "JW301('a')/Client_Bsn/Client_Bsn",
                "JW301('a')/$value",
                "JW301/$value",
                "JW301('a')/$count",
                "JW301/$count/$count",
                "JW301/$ref/JW301",
                "JW301/JW301",
                "JW301('a')/ToegewezenProduct/Budget",
                "JW301/Client_Bsn",
                "$metadata/x",
                "$metadata?$filter=1",
                "?$top=1",
                "$batch",
                "$all",
                "$entity?$id=JW301('a')",
                "$crossjoin(JW301,JW302)",
                "$onzin",
                "vocabularies/../../x",
                "vocabularies/x",
                "JW301?$filter",
                "JW301?$filter=",
                "JW301?=",
                "JW301?&&&",
                "JW301?$",
                "JW301?$=1",
                "JW301?@",
                "JW301?@=1",
                "JW301?$filter=@",
                "JW301?$filter=@a&@a=@b&@b=@a",
                "JW301?$filter='",
                "JW301?$filter=()",
                "JW301?$filter=not",
                "JW301?$filter=-",
                "JW301?$filter=--1 eq 1",
                "JW301?$filter=-INF eq 1",
                "JW301?$filter=NaN eq 1",
                "JW301?$filter=1e999 eq 1",
                "JW301?$filter=1e eq 1",
                "JW301?$filter=. eq 1",
                "JW301?$filter=99999-01-01 eq null",
                "JW301?$filter=0000-00-00 eq null",
                "JW301?$filter=2024-01-01T00:00:00+99:99 eq null",
                "JW301?$filter=$it eq null",
                "JW301?$filter=$it/",
                "JW301?$filter=ToegewezenProduct/any(",
                "JW301?$filter=ToegewezenProduct/any(:true)",
                "JW301?$filter=ToegewezenProduct/any(p:",
                "JW301?$filter=ToegewezenProduct/any(p:p)",
                "JW301?$filter=ToegewezenProduct/any(p:p/)",
                "JW301?$filter=ToegewezenProduct/all()",
                "JW301?$filter=ToegewezenProduct/any(p:ToegewezenProduct/any(p:true))",
                "JW301?$filter=cast(",
                "JW301?$filter=cast(1,)",
                "JW301?$filter=cast(1,Edm.Stream) eq 1",
                "JW301?$filter=1 in (",
                "JW301?$filter=1 in ((1))",
                "JW301?$filter=1 in (1,)",
                "JW301?$expand=",
                "JW301?$expand=*(",
                "JW301?$expand=*()",
                "JW301?$expand=*/",
                "JW301?$expand=Relatie(",
                "JW301?$expand=Relatie()",
                "JW301?$expand=Relatie(;)",
                "JW301?$expand=Relatie($top)",
                "JW301?$expand=Relatie($top=)",
                "JW301?$expand=Relatie($levels=-1)",
                "JW301?$expand=Relatie/$value",
                "JW301?$select=,",
                "JW301?$select=*,*",
                "JW301?$orderby=,",
                "JW301?$orderby=1,",
                "JW301?$skiptoken=",
                "JW301?$skiptoken=%ff",
                "JW301?$skiptoken=../../x",
                "JW301?$format=",
                "JW301?$format=;;;",
                "JW301?$format=application/json;q=0",
                "JW301?$top=+5",
                "JW301?$top=%2B5",
                "JW301?$skip=-0",
                "JW301?$count=TRUE"));
    urls.add("JW301?$filter=" + "(".repeat(3_000));
    urls.add("JW301?$filter=" + "concat(".repeat(300) + "'a'" + ",'b')".repeat(300) + " eq 'c'");
    urls.add("JW301?$filter=" + "not(".repeat(1_000) + "true" + ")".repeat(1_000));
    urls.add("JW301?$filter=" + "-(".repeat(1_000) + "1" + ")".repeat(1_000) + " eq 1");
    urls.add("JW301?$filter=" + "true or ".repeat(900) + "true");
    urls.add("JW301?$filter=Client_Bsn in (" + "'a',".repeat(1_500) + "'a')");
    urls.add("JW301?$expand=" + "Relatie($expand=JW301($expand=".repeat(40));
    urls.add("JW301?$expand=" + "*($expand=".repeat(40) + "*" + ")".repeat(40));
    urls.add("JW301('a')" + "/ToegewezenProduct('b')/JW301".repeat(100));
    urls.add("JW301('" + "a".repeat(9_000) + "')");
    urls.add("x".repeat(20_000));
    return urls.stream();
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void neverMakesTheServerFail(String below) {
    FakeExchange answer = fixture.get(below);
    if (answer.text().contains("KD507")) {
      assertThat(answer.status()).isEqualTo(501);
      return;
    }
    assertThat(answer.status()).as(answer.text()).isBetween(200, 499);
    if (answer.status() >= 400) {
      assertThat(answer.text()).startsWith("{\"error\":{\"code\":\"KD");
    }
  }

  @Test
  void survivesMutatedAddresses() {
    Random random = new Random(SEED);
    List<String> valid =
        List.of(
            "JW301('a')/ToegewezenProduct('p1')/JW301?$select=Bericht_Id,Client_Bsn&$expand=Relatie",
            "JW301?$filter=contains(Client_Bsn,'a%20b') and Levering_Nummer in (1,2.5,null)&$top=5",
            "JW301?$expand=ToegewezenProduct($select=Budget;$filter=Budget gt 5;$orderby=Budget"
                + " desc)",
            "JW301?$filter=ToegewezenProduct/any(p:p/Toewijzingstijd gt 09:00)&$orderby=Client_Bsn",
            "JW301?$filter=Levering_GeladenOp ge 2024-01-01T00:00:00%2B01:00&$count=true&@p='x'");
    String alphabet = "()'/$,;:=&%@ -+.*?0a\"\\é";
    for (int i = 0; i < 10_000; i++) {
      StringBuilder url = new StringBuilder(valid.get(random.nextInt(valid.size())));
      for (int change = random.nextInt(4); change >= 0 && url.length() > 1; change--) {
        int at = random.nextInt(url.length());
        switch (random.nextInt(3)) {
          case 0 -> url.deleteCharAt(at);
          case 1 -> url.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
          default -> url.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
        }
      }
      FakeExchange answer = fixture.get(url.toString());
      assertThat(answer.status())
          .as("seed %d: %s", SEED, url)
          .isBetween(200, 501)
          .isNotEqualTo(500);
    }
  }
}
