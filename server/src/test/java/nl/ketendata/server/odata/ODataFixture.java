package nl.ketendata.server.odata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.testing.FakeDoor;
import nl.ketendata.server.testing.FakeExchange;

/** The head over a few rows: three messages, the first with two products, the second with one. */
final class ODataFixture implements AutoCloseable {
  static final String ROOT = "/odata/GM9030/ijw/";
  static final Catalogue CATALOGUE = Catalogue.read();

  final FakeDoor door = new FakeDoor(CATALOGUE);
  final ODataHead head = new ODataHead(door, CATALOGUE, new ODataSettings(50, 100));

  ODataFixture() {
    message("a", "Jansen", 3L);
    message("b", null, null);
    message("c", "O'Neil", -1L);
    product("p1", "a", "45A04");
    product("p2", "a", "45A05");
    product("p3", "b", null);
  }

  private void message(String id, String name, Long version) {
    door.row(
        "JW301",
        "Bericht_Id",
        id,
        "Client_Naam_Geslachtsnaam_Achternaam",
        name,
        "Header_BerichtVersie",
        version,
        "Header_BerichtIdentificatie_Dagtekening",
        LocalDate.of(2024, 1, 31),
        "Uitwisseling_OntvangenGGk",
        LocalDateTime.of(2024, 1, 31, 9, 0),
        "Levering_Gemeente",
        "9030",
        "Levering_Nummer",
        1L,
        "Levering_GeladenOp",
        Instant.parse("2024-02-01T10:00:00Z"));
  }

  private void product(String id, String message, String code) {
    door.row(
        "JW301_ToegewezenProduct",
        "ToegewezenProduct_Id",
        id,
        "Bericht_Id",
        message,
        "Product_Code",
        code,
        "Toewijzingstijd",
        LocalTime.of(9, 30),
        "Budget",
        12_345L);
  }

  FakeExchange get(String below) {
    return send(new FakeExchange("GET", ROOT + below));
  }

  /** Handles a request as the web server does: a failure is rendered by the head. */
  FakeExchange send(FakeExchange exchange) {
    try {
      head.handle(exchange);
    } catch (Failure failure) {
      refuse(exchange, failure);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return exchange;
  }

  private void refuse(FakeExchange exchange, Failure failure) {
    try {
      head.refuse(exchange, failure);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  JsonNode json(String below) {
    return json(get(below));
  }

  /** Has a head answer, which must not end in an internal error. */
  static FakeExchange send(ODataHead head, FakeExchange exchange) {
    try {
      try {
        head.handle(exchange);
      } catch (Failure failure) {
        assertThat(failure.code()).as("%s", failure.getCause()).isNotEqualTo(Code.INTERNAL);
        head.refuse(exchange, failure);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return exchange;
  }

  static JsonNode json(FakeExchange exchange) {
    return parse(exchange.text());
  }

  /** Reads JSON that is there already. */
  static JsonNode parse(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(text, e);
    }
  }

  @Override
  public void close() {
    door.close();
  }
}
