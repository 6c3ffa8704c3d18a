package nl.ketendata.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import org.apache.calcite.avatica.AvaticaSqlException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalsTest {
  private Fixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new Fixture();
    fixture.door.answers("numbers", Fixture.numbers(3));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void tellsCodeStateAndTextAndNothingOfTheInside(String serialization) throws SQLException {
    try (Connection connection = fixture.connect("anna", "serialization", serialization)) {
      assertThatThrownBy(() -> connection.createStatement().executeQuery("JW999"))
          .asInstanceOf(type(AvaticaSqlException.class))
          .satisfies(
              e -> {
                assertThat(e.getMessage()).contains("KD402 Tabel JW999 bestaat niet.");
                assertThat(e.getSQLState()).isEqualTo("42S02");
                assertThat(e.getErrorCode()).isEqualTo(402);
                assertThat(e.getStackTraces()).isEmpty();
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"protobuf", "json"})
  void tellsAReferenceAndNothingElseOfAFaultOfOurs(String serialization) throws SQLException {
    try (Connection connection = fixture.connect("anna", "serialization", serialization)) {
      assertThatThrownBy(() -> connection.createStatement().executeQuery("crash"))
          .hasMessageContaining("KD901")
          .asInstanceOf(type(AvaticaSqlException.class))
          .satisfies(
              e -> {
                assertThat(e.getMessage()).doesNotContain("inside", "IllegalState");
                assertThat(e.getStackTraces()).isEmpty();
                assertThat(e.getSQLState()).isEqualTo("XX000");
              });
    }
  }

  @Test
  void refusesEveryBatch() throws SQLException {
    try (Connection connection = fixture.connect("anna");
        Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("numbers")) {
      statement.addBatch("numbers");
      assertThatThrownBy(statement::executeBatch).hasMessageContaining("KD404");
      prepared.addBatch();
      assertThatThrownBy(prepared::executeBatch)
          .hasMessageContaining("KD404")
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("25006");
    }
    assertThat(fixture.door.asked()).isEmpty();
  }

  @Test
  void refusesAChange() throws SQLException {
    try (Connection connection = fixture.connect("anna");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeUpdate("delete from JW301"))
          .hasMessageContaining("KD404")
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("25006");
    }
  }

  @Test
  void asksWhoItIsBeforeAnything() throws Exception {
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString("{}")));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(value -> assertThat(value).startsWith("Basic"));
  }

  @Test
  void tellsTheDriverThatItsUserIsUnknown() {
    assertThatThrownBy(() -> fixture.connect("nobody").createStatement())
        .hasMessageContaining("KD601");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"request\":\"openConnection\"",
        "{\"request\":\"nonsense\"}",
        "{\"request\":\"fetch\"}",
        "nonsense",
        "{}",
        ""
      })
  void refusesWhatIsNoRequest(String body) throws Exception {
    HttpResponse<String> answer = send(signedIn().POST(HttpRequest.BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("KD510").doesNotContain("Exception", "\tat ");
  }

  @Test
  void refusesATooLargeRequest() throws Exception {
    HttpResponse<String> answer =
        send(signedIn().POST(HttpRequest.BodyPublishers.ofString("{" + " ".repeat(1 << 20))));
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("KD413");
  }

  @Test
  void speaksEnglishToWhoAsksForIt() throws Exception {
    HttpResponse<String> answer =
        send(
            signedIn()
                .header("Accept-Language", "en")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"request\":\"getCatalogs\",\"connectionId\":\"x\"}")));
    assertThat(answer.body())
        .contains("KD511 Connection or statement x does not exist (any more).")
        .contains("\"exceptions\":[]");
  }

  @Test
  void takesAJsonRequestFromAHeader() throws Exception {
    HttpResponse<String> answer =
        send(
            signedIn()
                .header("request", "{\"request\":\"openConnection\",\"connectionId\":\"x\"}")
                .POST(HttpRequest.BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"response\":\"openConnection\"");
  }

  @Test
  void tellsAPersonWhatItIs() throws Exception {
    HttpResponse<String> answer = send(signedIn().GET());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("jdbc:avatica:remote:url=" + fixture.server.url() + ";");
  }

  @Test
  void refusesOtherMethods() throws Exception {
    assertThat(send(signedIn().DELETE()).statusCode()).isEqualTo(405);
  }

  private static HttpRequest.Builder signedIn() {
    String secret =
        Base64.getEncoder().encodeToString("anna:geheim".getBytes(StandardCharsets.UTF_8));
    return HttpRequest.newBuilder().header("Authorization", "Basic " + secret);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            request.uri(URI.create(fixture.server.url())).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
