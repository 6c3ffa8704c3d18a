package nl.ketendata.server.odata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Related rows in pages of their own: what an answer leaves out is behind a link inside it. */
class ExpandPagesTest {
  private static final String NEXT = "@odata.nextLink";
  private static final String ONE = "odata.maxpagesize=1";

  @TempDir static Path folder;
  private static ServedData served;

  @BeforeAll
  static void serves() {
    served = new ServedData(folder);
  }

  @AfterAll
  static void closes() {
    served.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JW301?$expand=ToegewezenProduct",
        "JW301?$select=Uitwisseling_Zender&$expand=ToegewezenProduct($select=Budget)",
        "JW301?$expand=ToegewezenProduct($orderby=Budget desc;$filter=Budget gt @b)&@b=1",
        "JW301?$expand=ToegewezenProduct($orderby=Budget;$skip=1)",
        "JW301?$expand=ToegewezenProduct($top=2;$select=ToegewezenProduct_Id)",
        "JW301?$expand=ToegewezenProduct($compute=Budget mul 2 as D;$orderby=D desc;$select=D)",
        "JW301?$expand=ToegewezenProduct($search=45A04 OR 46A06 OR 45A05)",
        "JW301?$expand=ToegewezenProduct/$ref&$orderby=Bericht_Id desc",
        "JW301?$expand=ToegewezenProduct/$ref($filter=Budget ne null)",
        "JW301?$expand=ToegewezenProduct($apply=groupby((Product_Code),aggregate($count as n)))",
        "JW301?$apply=filter(Header_BerichtVersie ne 1)&$expand=ToegewezenProduct",
        "JW301('a')?$expand=ToegewezenProduct",
        "JW301_ToegewezenProduct?$expand=JW301($expand=ToegewezenProduct($select=Budget))",
        "JW301?$expand=ToegewezenProduct($expand=JW301($expand=ToegewezenProduct))"
      })
  void leadToTheSameRowsAsAWholeAnswer(String question) {
    JsonNode whole = json(question);
    JsonNode walked = walked(question);
    assertThat(walked).isEqualTo(whole);
  }

  @Test
  void countAllRowsWhereverThePageEnds() {
    JsonNode first = json("JW301('a')?$expand=ToegewezenProduct($count=true)", "Prefer", ONE);
    assertThat(first.path("ToegewezenProduct@odata.count").asInt()).isEqualTo(2);
    assertThat(first.path("ToegewezenProduct")).hasSize(1);
    JsonNode rest = json(first.path("ToegewezenProduct" + NEXT).asText());
    assertThat(rest.path("@odata.count").asInt()).isEqualTo(2);
    assertThat(rest.path("value")).hasSize(1);
  }

  @Test
  void areNoneWhereEverythingFits() {
    assertThat(json("JW301?$expand=ToegewezenProduct").toString()).doesNotContain(NEXT);
    assertThat(json("JW301('b')?$expand=ToegewezenProduct", "Prefer", ONE).toString())
        .doesNotContain(NEXT);
  }

  @Test
  void areSaidToHaveBeenApplied() {
    var answer =
        served
            .client()
            .get(ServedData.ROOT + "JW301('a')?$expand=ToegewezenProduct", "Prefer", ONE);
    assertThat(answer.headers().firstValue("Preference-Applied")).contains(ONE);
    var plain = served.client().get(ServedData.ROOT + "JW301('a')", "Prefer", ONE);
    assertThat(plain.headers().firstValue("Preference-Applied")).isEmpty();
    assertThat(answer.headers().firstValue("ETag"))
        .isNotEqualTo(
            served
                .client()
                .get(ServedData.ROOT + "JW301('a')?$expand=ToegewezenProduct")
                .headers()
                .firstValue("ETag"));
  }

  @Test
  void keepWholeWhatLooksAtTheRowAround() {
    JsonNode answer =
        json(
            "JW301?$filter=Bericht_Id eq 'a'&$expand=ToegewezenProduct($filter=$it/Bericht_Id eq"
                + " Bericht_Id)",
            "Prefer",
            ONE);
    assertThat(answer.at("/value/0/ToegewezenProduct")).hasSize(2);
  }

  @Test
  void areWrittenWithoutOtherMetadataToo() {
    JsonNode answer =
        json(
            "JW301('a')?$expand=ToegewezenProduct&$format=application/json;odata.metadata=none",
            "Prefer",
            ONE);
    assertThat(answer.path("ToegewezenProduct" + NEXT).asText())
        .startsWith("http")
        .contains("JW301('a')/ToegewezenProduct?");
  }

  /** The answer as it is when every link in it is followed. */
  private static JsonNode walked(String question) {
    JsonNode answer = json(question, "Prefer", ONE);
    if (!answer.has("value")) {
      fill(answer);
      return answer;
    }
    ObjectNode all = answer.deepCopy();
    ArrayNode rows = all.putArray("value");
    follow(answer).forEach(rows::add);
    all.remove(NEXT);
    return all;
  }

  /** The rows of this page and all behind it. */
  private static List<JsonNode> follow(JsonNode first) {
    List<JsonNode> rows = new ArrayList<>();
    JsonNode page = first;
    while (true) {
      page.get("value").forEach(rows::add);
      if (!page.has(NEXT)) {
        rows.forEach(ExpandPagesTest::fill);
        return rows;
      }
      page = json(page.get(NEXT).asText(), "Prefer", ONE);
    }
  }

  /** Puts all related rows where the first ones are. */
  private static void fill(JsonNode row) {
    List<String> names = new ArrayList<>();
    row.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      if (row.get(name).isObject()) {
        fill(row.get(name));
      } else if (row.get(name).isArray()) {
        row.get(name).forEach(ExpandPagesTest::fill);
      }
    }
    for (String name : names) {
      if (name.endsWith(NEXT)) {
        String collection = name.substring(0, name.length() - NEXT.length());
        JsonNode link = ((ObjectNode) row).remove(name);
        ArrayNode rows = (ArrayNode) row.get(collection);
        follow(json(link.asText(), "Prefer", ONE)).forEach(rows::add);
      }
    }
  }

  private static JsonNode json(String address, String... headers) {
    String whole = address.startsWith("http") ? address : ServedData.ROOT + address;
    return served.client().json(whole.replace(" ", "%20"), headers);
  }
}
