package nl.ketendata.server.odata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import nl.ketendata.server.testing.FakeExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is right by itself and not where it stands. */
class MisplacedTest {
  private final ODataFixture fixture = new ODataFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static JsonNode error(FakeExchange answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    JsonNode error = ODataFixture.json(answer).get("error");
    assertThat(error.get("code").asText()).isEqualTo(code);
    return error;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "JW301('a')?$top=1 | $top",
        "JW301('a')?$filter=true | $filter",
        "JW301('a')/Bericht_Id?$expand=ToegewezenProduct | $expand",
        "?$top=1 | $top",
        "$metadata?$filter=true | $filter",
        "JW301('a')/$count | $count",
        "JW301_ToegewezenProduct?$expand=JW301($top=1) | $top",
        "JW301_ToegewezenProduct?$expand=JW301($orderby=Bericht_Id) | $orderby",
        "JW301_ToegewezenProduct?$expand=JW301/$count | $count",
        "JW301?$expand=ToegewezenProduct/$count($select=Budget) | $select",
        "JW301?$expand=ToegewezenProduct/$ref($select=Budget) | $select"
      })
  void namesTheOptionAndThePlace(String below, String option) {
    assertThat(error(fixture.get(below), 400, "KD520").get("message").asText()).contains(option);
  }

  @ParameterizedTest
  @CsvSource({
    "/odata/GM9030/wmo/, iwmo",
    "/odata/GM9030/jw/JW301, ijw",
    "/odata/GM9030, ijw",
    "/odata/, ijw"
  })
  void saysHowAnAddressBegins(String path, String product) {
    FakeExchange answer = fixture.send(new FakeExchange("GET", path));
    assertThat(error(answer, 404, "KD415").get("message").asText())
        .contains("/odata/GM9999/" + product + "/");
  }

  @Test
  void knowsNoMethodsOfItsOwn() {
    for (String method : new String[] {"GRAB", "PROPFIND", "get"}) {
      FakeExchange answer = fixture.send(new FakeExchange(method, ODataFixture.ROOT + "JW301"));
      assertThat(error(answer, 501, "KD416").get("message").asText()).contains(method);
      assertThat(answer.answered("Allow").orElseThrow()).contains("GET");
    }
  }

  /** Whoever asks for the rows of one moment must not get those of another. */
  @Test
  void holdsToTheTagThatIsAskedFor() {
    String tag = fixture.get("JW301").answered("ETag").orElseThrow();
    FakeExchange same = new FakeExchange("GET", ODataFixture.ROOT + "JW301");
    assertThat(fixture.send(same.with("If-Match", tag)).status()).isEqualTo(200);
    for (String other : new String[] {"W/\"9.9\"", "\"x\"", "W/\"1\", W/\"2\""}) {
      FakeExchange changed = new FakeExchange("GET", ODataFixture.ROOT + "JW301");
      error(fixture.send(changed.with("If-Match", other)), 412, "KD550");
    }
  }
}
