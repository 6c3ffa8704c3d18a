package nl.ketendata.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Table;
import nl.ketendata.server.testing.JarServer;
import nl.ketendata.server.testing.TableRows;
import nl.ketendata.server.testing.WebClient;
import org.apache.olingo.client.core.ODataClientFactory;
import org.apache.olingo.commons.api.edm.Edm;
import org.apache.olingo.commons.api.edm.EdmEntitySet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code demo} shows to somebody who starts it for the first time, in 128 MB of heap. */
class DemoIT {
  private static final Catalogue CATALOGUE = Catalogue.read();
  private static final String USER = "demo-gm9030";

  @TempDir static Path folder;
  private static JarServer server;
  private static WebClient client;

  @BeforeAll
  static void start() {
    server =
        JarServer.demo(
            folder.resolve("data"), "128m", "--gemeenten", "2", "--berichten", "1500", "--seed", 7);
    client = server.client(USER, server.password(USER));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Table table(String name) {
    Product product = name.startsWith("JW") ? Product.IJW : Product.IWMO;
    return CATALOGUE.standard(product).table(name).orElseThrow();
  }

  private static String address(String gemeente, Table table) {
    return "odata/" + gemeente + "/" + table.product().id() + "/" + table.name();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GM9030", "GM9031"})
  void letsEachPrintedUserSignIn(String gemeente) {
    String user = "demo-" + gemeente.toLowerCase(java.util.Locale.ROOT);
    JsonNode service =
        server
            .client(user, server.password(user))
            .json("odata/" + gemeente + "/ijw/", "Accept", "application/json");
    assertThat(service.get("value").findValuesAsText("name")).contains("JW301", "JW325_RetourCode");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "odata/GM9030/ijw/", "odata/GM9030/ijw/JW301", "jdbc"})
  void refusesWhoIsNotSignedIn(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(server.url().resolve(path)).build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"nl,nl", "en-GB,en"})
  void showsThePageInBothLanguages(String asked, String given) {
    HttpResponse<byte[]> page = client.get("", "Accept-Language", asked);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(WebClient.text(page)).contains("<html lang=\"" + given + "\"", "GM9030");
    assertThat(WebClient.text(page)).doesNotContain("GM9031");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ijw", "iwmo"})
  void listsEveryTableInTheServiceDocument(String product) {
    JsonNode service = client.json("odata/GM9030/" + product + "/");
    assertThat(service.get("value").findValuesAsText("name"))
        .containsAll(
            CATALOGUE.standard(Product.of(product).orElseThrow()).tables().stream()
                .map(Table::name)
                .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ijw", "iwmo"})
  void givesMetadataThatIsValidByTheSchemaOfOasis(String product) throws Exception {
    File schema = new File(System.getProperty("ketendata.root"), "../shared/odata/oasis/edmx.xsd");
    assumeTrue(schema.exists(), "skipped: no OASIS schema at " + schema);
    byte[] document = client.get("odata/GM9030/" + product + "/$metadata").body();
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(schema)
        .newValidator()
        .validate(new StreamSource(new ByteArrayInputStream(document)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ijw", "iwmo"})
  void givesMetadataThatTheOlingoClientUnderstands(String product) {
    byte[] document = client.get("odata/GM9030/" + product + "/$metadata").body();
    Edm edm =
        ODataClientFactory.getClient().getReader().readMetadata(new ByteArrayInputStream(document));
    for (Table table : CATALOGUE.standard(Product.of(product).orElseThrow()).tables()) {
      EdmEntitySet set = edm.getEntityContainer().getEntitySet(table.name());
      assertThat(set.getEntityType().getKeyPredicateNames()).containsExactly(table.key());
      assertThat(set.getEntityType().getPropertyNames())
          .containsAll(TableRows.columns(table).stream().map(Column::name).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"JW301", "JW301_ToegewezenProduct", "JW323_Prestatie", "WMO325"})
  void walksOverAllPages(String name) {
    Table table = table(name);
    String address = address("GM9030", table);
    long count = Long.parseLong(client.text(address + "/$count"));
    Set<String> keys = new HashSet<>();
    List<JsonNode> entities = client.walk(address, 200);
    entities.forEach(entity -> keys.add(entity.get(table.key()).asText()));
    assertThat(entities).hasSize((int) count);
    assertThat(keys).hasSize((int) count);
    assertThat(count).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JW301",
        "JW301_ToegewezenProduct",
        "JW315_AangevraagdProduct",
        "JW325_RetourCode",
        "WMO301_ToegewezenProduct",
        "WMO323_Prestatie"
      })
  void givesTheSameValuesThroughODataAndJdbc(String name) throws SQLException {
    Table table = table(name);
    List<Column> columns = TableRows.columns(table);
    try (Connection connection = Sql.connect(server, USER, server.password(USER))) {
      assertThat(TableRows.ofSql(table, columns, connection, "select * from " + name))
          .isNotEmpty()
          .isEqualTo(TableRows.ofOData(table, columns, client.walk(address("GM9030", table), 500)));
    }
  }

  @Test
  void joinsBothProductsWithoutQualification() throws SQLException {
    try (Connection connection = Sql.connect(server, USER, server.password(USER));
        java.sql.Statement statement = connection.createStatement();
        java.sql.ResultSet rows =
            statement.executeQuery(
                "select count(*) from JW301 j left join WMO301 w on j.Client_Bsn = w.Client_Bsn")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1))
          .isGreaterThanOrEqualTo(
              Long.parseLong(client.text(address("GM9030", table("JW301")) + "/$count")));
    }
  }

  @Test
  void hidesTheOtherGemeenteFromOData() {
    HttpResponse<byte[]> answer = client.get(address("GM9031", table("JW301")));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(WebClient.text(answer)).contains("\"code\":\"KD603\"");
    assertThat(WebClient.text(client.get(address("GM9039", table("JW301")))))
        .isEqualTo(WebClient.text(answer).replace("GM9031", "GM9039"));
  }

  @Test
  void hidesTheOtherGemeenteFromSql() throws SQLException {
    try (Connection connection = Sql.connect(server, USER, server.password(USER));
        java.sql.Statement statement = connection.createStatement()) {
      assertThatThrownBy(
              () -> statement.executeQuery("select * from \"GM9031\".\"IJW\".\"JW301\"").next())
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42S02"))
          .hasMessageContaining("KD402");
      try (java.sql.ResultSet catalogs = connection.getMetaData().getCatalogs()) {
        assertThat(catalogs.next()).isTrue();
        assertThat(catalogs.getString(1)).isEqualTo("GM9030");
        assertThat(catalogs.next()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"live,", "ready,", "metrics,ketendata_"})
  void showsHealthOnTheAdminPort(String page, String content) throws Exception {
    URI address = server.adminUrl().resolve(page);
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains(content == null ? "" : content);
  }

  @Test
  void answersHeadWithTheHeadersOfGet() {
    String address = address("GM9030", table("JW301")) + "?$top=3";
    HttpResponse<byte[]> head = client.send("HEAD", address);
    HttpResponse<byte[]> get = client.get(address);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("ETag")).isEqualTo(get.headers().firstValue("ETag"));
    assertThat(head.headers().firstValue("Content-Type"))
        .isEqualTo(get.headers().firstValue("Content-Type"));
  }

  @Test
  void compressesForWhoAsks() throws IOException {
    String address = address("GM9030", table("JW323_Prestatie"));
    HttpResponse<byte[]> packed = client.get(address, "Accept-Encoding", "gzip");
    assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
    byte[] plain = client.get(address).body();
    assertThat(packed.body().length).isLessThan(plain.length / 3);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      assertThat(in.readAllBytes()).isEqualTo(plain);
    }
  }

  @Test
  void answersNotModifiedToItsOwnTag() {
    String address = address("GM9030", table("JW301"));
    HttpResponse<byte[]> again = client.get(address, "If-None-Match", client.tag(address));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(client.get(address, "If-None-Match", "W/\"0.0\"").statusCode()).isEqualTo(200);
  }

  @Test
  void stopsInOrderWhenToldTo() {
    JarServer other = JarServer.serve(folder.resolve("empty"), "64m", "--open");
    assertThat(other.stop()).isZero();
    assertThat(other.said()).contains("ServerStopped");
  }
}
