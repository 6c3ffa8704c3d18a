package nl.ketendata.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.testing.FakeExchange;
import nl.ketendata.server.testing.TestServer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlHeadTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALL =
      "select Bericht_Id, Header_BerichtVersie as V, Uitwisseling_OntvangenGGk as M,"
          + " Client_Geboortedatum_Datum as D, Client_Naam_Geslachtsnaam_Achternaam as N,"
          + " Header_BerichtVersie > 0 as B, 1.50 as X, cast(0.5 as double) as F,"
          + " time '09:30:00' as T from JW301 order by Bericht_Id";

  @TempDir static Path folder;
  private static TestServer server;
  private static SqlHead head;

  @BeforeAll
  static void start() {
    server = new TestServer(folder.resolve("data"));
    server.take(
        "GM9030",
        "Ketendata-IJW-Test-20260801120000.zip",
        Map.of(
            "JW301.csv",
            """
            Bericht_Id,Uitwisseling_OntvangenGGk,Client_Geboortedatum_Datum,Header_BerichtVersie,\
            Client_Naam_Geslachtsnaam_Achternaam
            b1,2026-07-01T00:30:00,2010-02-28,3,"=O'Neil, ""é\""\"
            b2,,,,
            """));
    head = new SqlHead(server.door());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static FakeExchange post(String target, String type, String body) {
    return send(new FakeExchange("POST", target).with("Content-Type", type).sending(body));
  }

  private static FakeExchange send(FakeExchange exchange) {
    try {
      head.handle(exchange);
    } catch (Failure failure) {
      refuse(exchange, failure);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return exchange;
  }

  private static void refuse(FakeExchange exchange, Failure failure) {
    try {
      head.refuse(exchange, failure);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(FakeExchange exchange) throws IOException {
    return JSON.readTree(exchange.text());
  }

  private static JsonNode ask(Map<String, Object> body) throws IOException {
    FakeExchange answer = post("/sql", "application/json", JSON.writeValueAsString(body));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.complete()).isTrue();
    return json(answer);
  }

  @Test
  void answersInJson() throws IOException {
    JsonNode answer = ask(Map.of("sql", ALL));
    assertThat(answer.path("columns").path(0))
        .hasToString("{\"name\":\"Bericht_Id\",\"type\":\"VARCHAR\",\"nullable\":false}");
    assertThat(answer.path("columns").path(2).path("type").asText()).isEqualTo("TIMESTAMP");
    assertThat(answer.path("rows").path(0))
        .hasToString(
            "[\"b1\",3,\"2026-07-01T00:30:00\",\"2010-02-28\",\"=O'Neil, \\\"é\\\"\",true,1.5,0.5,"
                + "\"09:30:00\"]");
    assertThat(answer.path("rows").path(1))
        .hasToString("[\"b2\",null,null,null,null,null,1.5,0.5,\"09:30:00\"]");
    assertThat(answer.path("truncated").asBoolean()).isFalse();
    assertThat(post("/sql", "application/sql", "select 1.50").text()).contains("[1.50]");
  }

  @Test
  void answersInCsv() {
    FakeExchange answer = post("/sql?format=csv", "application/sql", ALL);
    assertThat(answer.answered("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(answer.text())
        .isEqualTo(
            "Bericht_Id,V,M,D,N,B,X,F,T\r\n"
                + "b1,3,2026-07-01T00:30:00,2010-02-28,\"=O'Neil,"
                + " \"\"é\"\"\",true,1.50,0.5,09:30:00\r\n"
                + "b2,,,,,,1.50,0.5,09:30:00\r\n");
    assertThat(post("/sql?format=csv", "application/sql", "select '' as A, null as B").text())
        .isEqualTo("A,B\r\n\"\",\r\n");
  }

  @ParameterizedTest
  @CsvSource({"2,false", "1,true", "0,true"})
  void answersInArrow(int limit, boolean truncated) throws IOException {
    FakeExchange answer =
        send(
            new FakeExchange("POST", "/sql?limit=" + limit)
                .with("Content-Type", "application/sql")
                .with("Accept", "application/vnd.apache.arrow.stream")
                .sending(ALL));
    try (BufferAllocator allocator = new RootAllocator();
        ArrowStreamReader reader =
            new ArrowStreamReader(new ByteArrayInputStream(answer.bytes()), allocator)) {
      assertThat(reader.getVectorSchemaRoot().getSchema().getFields())
          .extracting(field -> field.getName())
          .containsExactly("Bericht_Id", "V", "M", "D", "N", "B", "X", "F", "T");
      int rows = 0;
      while (reader.loadNextBatch()) {
        rows += reader.getVectorSchemaRoot().getRowCount();
        assertThat(reader.getVectorSchemaRoot().getVector(1).getObject(0)).isEqualTo(3L);
      }
      assertThat(rows).isEqualTo(limit);
    }
    assertThat(ask(Map.of("sql", ALL, "limit", limit)).path("truncated").asBoolean())
        .isEqualTo(truncated);
  }

  @Test
  void takesParameters() throws IOException {
    JsonNode answer =
        ask(
            Map.of(
                "sql",
                "select count(*) from JW301 where Header_BerichtVersie = ? and Bericht_Id = ?"
                    + " and Uitwisseling_OntvangenGGk = ?",
                "parameters",
                new Object[] {3, "b1", "2026-07-01T00:30:00"},
                "gemeente",
                "gm9030"));
    assertThat(answer.path("rows")).hasToString("[[1]]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/x-www-form-urlencoded|select 1|415|KD562",
        "text/plain|select 1|415|KD562",
        "multipart/form-data|select 1|415|KD562",
        "application/json|{\"sql\":\"select 1\",\"limit\":-1}|400|KD563",
        "application/json|{\"sql\":\"select 1\",\"limit\":\"x\"}|400|KD563",
        "application/json|{\"sql\":1}|400|KD563",
        "application/json|{\"slq\":\"select 1\"}|400|KD563",
        "application/json|{\"sql\":\"select 1\",\"format\":\"xml\"}|400|KD563",
        "application/json|{\"sql\":\"select ?\",\"parameters\":[{}]}|400|KD563",
        "application/json|{}|400|KD563",
        "application/json|[1]|400|KD510",
        "application/json|{\"sql\":|400|KD510",
        "application/json|{\"sql\":\"select 1\",\"parameters\":[1]}|400|KD409",
        "application/json|{\"sql\":\"select 1\",\"gemeente\":\"GM9031\"}|404|KD603",
        "application/sql|select from|400|KD401",
        "application/sql|select * from JW30|404|KD402",
        "application/sql|drop table JW301|405|KD404",
      })
  void refusesWhatItDoesNotUnderstand(String type, String body, int status, String code)
      throws IOException {
    FakeExchange answer = post("/sql", type, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(json(answer).path("error").path("code").asText()).isEqualTo(code);
    assertThat(json(answer).path("error").path("message").asText()).isNotEmpty();
  }

  @Test
  void isNotReachedByAPageOfAnotherSite() throws IOException {
    for (String method : new String[] {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"}) {
      FakeExchange answer = send(new FakeExchange(method, "/sql?sql=select+1"));
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.answered("Allow")).contains("POST");
    }
    FakeExchange own =
        send(
            new FakeExchange("POST", "/sql")
                .with("Content-Type", "text/plain;charset=UTF-8")
                .with("X-Requested-With", "curl")
                .sending("select 1"));
    assertThat(own.status()).isEqualTo(200);
  }

  @Test
  void aWrongFieldNameGetsTheRightOne() throws IOException {
    FakeExchange answer =
        send(
            new FakeExchange("POST", "/sql")
                .with("Content-Type", "application/json")
                .in(Locale.ENGLISH)
                .sending("{\"sql\":\"select 1\",\"parameter\":[]}"));
    assertThat(json(answer).path("error").path("message").asText()).contains("parameters");
  }
}
