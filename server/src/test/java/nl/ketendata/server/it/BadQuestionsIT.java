package nl.ketendata.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Stream;
import nl.ketendata.server.testing.Deliveries;
import nl.ketendata.server.testing.JarServer;
import nl.ketendata.server.testing.WebClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Questions that cannot be answered are the asker's fault, said so, and harm nothing. */
class BadQuestionsIT {
  private static final String SERVICE = "/odata/GM9030/ijw/";

  @TempDir static Path folder;
  private static JarServer server;
  private static WebClient client;
  private static String password;

  @BeforeAll
  static void start() {
    Path data = folder.resolve("data");
    String messages =
        "Bericht_Id,Client_Commentaar,Client_Geboortedatum_Datum\n"
            + "a,twaalf,2010-01-01\nb,,2011-01-01\n";
    String products = "ToegewezenProduct_Id,Bericht_Id,Budget\np1,a,9223372036854775\n";
    Gemeenten.ingest(
        data,
        "GM9030",
        Deliveries.zip(
            folder,
            "Ketendata-IJW-Test-20240107060000.zip",
            Map.of("JW301.csv", messages, "JW301_ToegewezenProduct.csv", products)));
    password = Gemeenten.user(data, "anna", "GM9030");
    server = JarServer.serve(data, "64m");
    client = server.client("anna", password);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<String> badAddresses() {
    return Stream.of(
        "%",
        "%ff",
        "%00",
        "%c0%af",
        "JW301%",
        "JW301%zz",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e/users",
        "JW999",
        "jw301",
        "JW301/Onzin",
        "JW301('a')/Onzin",
        "JW301('nergens')",
        "JW301('a",
        "JW301(a')",
        "JW301(''')",
        "JW301(1)",
        "JW301('a','b')",
        "JW301?$onzin=1",
        "JW301?$top=-1",
        "JW301?$top=veel",
        "JW301?$top=99999999999999999999",
        "JW301?$top=1&$top=2",
        "JW301?$skip=-1",
        "JW301?$count=misschien",
        "JW301?$select=Onzin",
        "JW301?$orderby=Onzin",
        "JW301?$orderby=Bericht_Id%20omhoog",
        "JW301?$expand=Onzin",
        "JW301?$expand=ToegewezenProduct($top=-1)",
        "JW301?$filter=",
        "JW301?$filter=Bericht_Id%20eq%20'a",
        "JW301?$filter=Bericht_Id%20is%20'a'",
        "JW301?$filter=Onzin%20eq%201",
        "JW301?$filter=Bericht_Id%20eq%201",
        "JW301?$filter=Client_Geboortedatum_Datum%20eq%202024-02-30",
        "JW301?$filter=Client_Geboortedatum_Datum%20eq%202024-13-01",
        "JW301?$filter=Uitwisseling_OntvangenGGk%20eq%202024-01-01T25:00:00Z",
        "JW301?$filter=onzin(Bericht_Id)",
        "JW301?$filter=contains(Bericht_Id)",
        "JW301?$filter=Bericht_Id%20eq%20%ff",
        "JW301?$filter=%00",
        "JW301?$skiptoken=onzin",
        "JW301?$format=onzin",
        "JW301?$filter=" + "(".repeat(3_000) + "true" + ")".repeat(3_000),
        "JW301?$filter=" + "not%20".repeat(2_000) + "true",
        "JW301?$filter=Bericht_Id%20in%20(" + "'a',".repeat(20_000) + "'a')",
        "x".repeat(70_000));
  }

  @ParameterizedTest
  @MethodSource("badAddresses")
  void refusesABadAddressWithACode(String below) {
    String answer = client.raw(SERVICE + below);
    String status = answer.split(" ", 3)[1];
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    assertThat(status).as(answer).startsWith("4");
    assertThat(answer).contains("Content-Type: application/json");
    assertThat(body).as(answer).contains("{\"error\":{\"code\":\"KD").doesNotContain("\tat ");
  }

  /** A space in an address is a broken request line; that is refused before it is anybody's. */
  @Test
  void refusesABrokenRequestLine() {
    assertThat(client.raw(SERVICE + "JW301?$filter=a b c d")).startsWith("HTTP/1.1 400");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "selec 1 | 42000",
        "select * from | 42000",
        "select 1; select 2 | 42000",
        "select * from JW999 | 42S02",
        "select * from GM9999.IJW.JW301 | 42S02",
        "select Onzin from JW301 | 42S22",
        "delete from JW301 | 25006",
        "insert into JW301 (Bericht_Id) values ('x') | 25006",
        "update JW301 set Client_Commentaar = '' | 25006",
        "create table x (a int) | 25006",
        "drop table JW301 | 25006",
        "merge into JW301 using JW302 on true when matched then delete | 25006",
        "copy JW301 to '/tmp/x' | 25006",
        "select * from read_csv('/etc/passwd') | 0A000",
        "select read_text('/etc/passwd') | 0A000",
        "select next value for s from JW301 | 42S02",
        "select cast(Client_Commentaar as integer) from JW301 | 22",
        "select date '2024-02-30' | 42000",
        "select cast(Budget * 1000 * 1000 as integer) from JW301_ToegewezenProduct | 22",
        "select Budget * Budget from JW301_ToegewezenProduct | 22"
      })
  void refusesWrongSqlWithItsState(String sql, String state) throws SQLException {
    try (Connection connection = Sql.connect(server, "anna", password);
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery(sql).next())
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).as(sql).startsWith(state))
          .hasMessageContaining("KD")
          .hasMessageNotContaining("\tat ");
      assertThat(statement.executeQuery("select count(*) from JW301").next()).isTrue();
    }
  }

  /** The engine's own words name the value; without them nobody finds it. */
  @Test
  void namesTheValueThatCannotBeCast() throws SQLException {
    try (Connection connection = Sql.connect(server, "anna", password);
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(
              () -> statement.executeQuery("select cast(Client_Commentaar as integer) from JW301"))
          .hasMessageContaining("twaalf");
    }
  }

  @Test
  void refusesAParameterThatDoesNotFit() throws SQLException {
    try (Connection connection = Sql.connect(server, "anna", password);
        PreparedStatement statement =
            connection.prepareStatement(
                "select 1 from JW301 where Client_Geboortedatum_Datum = ?")) {
      statement.setString(1, "geen datum");
      assertThatThrownBy(() -> statement.executeQuery().next())
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).startsWith("22"));
    }
  }

  @Test
  void refusesWhoIsNotWhoHeSays() {
    assertThatThrownBy(() -> Sql.connect(server, "anna", "fout").getMetaData().getCatalogs())
        .hasMessageContaining("KD601");
    assertThat(server.client("anna", "fout").get("odata/GM9030/ijw/JW301").statusCode())
        .isEqualTo(401);
  }
}
