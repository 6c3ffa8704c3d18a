package nl.ketendata.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nl.ketendata.server.testing.JarServer;
import nl.ketendata.server.testing.SqlShell;
import nl.ketendata.server.testing.WebClient;
import org.apache.olingo.client.api.ODataClient;
import org.apache.olingo.client.api.communication.request.retrieve.ODataEntitySetIteratorRequest;
import org.apache.olingo.client.api.domain.ClientEntity;
import org.apache.olingo.client.api.domain.ClientEntitySet;
import org.apache.olingo.client.api.domain.ClientEntitySetIterator;
import org.apache.olingo.client.api.domain.ClientInlineEntity;
import org.apache.olingo.client.api.domain.ClientInlineEntitySet;
import org.apache.olingo.client.api.uri.URIBuilder;
import org.apache.olingo.client.core.ODataClientFactory;
import org.apache.olingo.client.core.http.BasicAuthHttpClientFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that others made, as their makers give them out. */
class ClientsIT {
  private static final String USER = "demo-gm9030";

  @TempDir static Path folder;
  private static JarServer server;
  private static String password;
  private static WebClient web;
  private static ODataClient olingo;

  @BeforeAll
  static void start() {
    server =
        JarServer.demo(folder.resolve("data"), "96m", "--gemeenten", "1", "--berichten", "800");
    password = server.password(USER);
    web = server.client(USER, password);
    olingo = ODataClientFactory.getClient();
    olingo.getConfiguration().setHttpClientFactory(new BasicAuthHttpClientFactory(USER, password));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static URIBuilder set(String name) {
    return olingo.newURIBuilder(server.url() + "odata/GM9030/ijw/").appendEntitySetSegment(name);
  }

  private static long count(String below) {
    return Long.parseLong(web.text("odata/GM9030/ijw/" + below));
  }

  /** Page after page, as the client's own iterator tells where the next one is. */
  private static List<ClientEntity> all(URI address, int pageSize) {
    List<ClientEntity> entities = new ArrayList<>();
    for (URI next = address; next != null; ) {
      ODataEntitySetIteratorRequest<ClientEntitySet, ClientEntity> request =
          olingo.getRetrieveRequestFactory().getEntitySetIteratorRequest(next);
      request.setPrefer(olingo.newPreferences().maxPageSize(pageSize));
      ClientEntitySetIterator<ClientEntitySet, ClientEntity> page = request.execute().getBody();
      page.forEachRemaining(entities::add);
      next = page.getNext();
    }
    return entities;
  }

  @Test
  void letsTheOlingoClientWalkOverPages() {
    Set<String> keys = new HashSet<>();
    List<ClientEntity> entities = all(set("JW323_Prestatie").build(), 100);
    entities.forEach(
        entity -> keys.add(entity.getProperty("Prestatie_Id").getPrimitiveValue().toString()));
    assertThat(entities).hasSize((int) count("JW323_Prestatie/$count")).hasSizeGreaterThan(200);
    assertThat(keys).hasSameSizeAs(entities);
  }

  @Test
  void letsTheOlingoClientFilter() {
    URI address =
        set("JW301_ToegewezenProduct")
            .filter("Ingangsdatum ge 2023-01-01 and startswith(Product_Code,'4')")
            .orderBy("Ingangsdatum desc")
            .build();
    List<ClientEntity> entities = all(address, 50);
    assertThat(entities)
        .hasSize(
            (int)
                count(
                    "JW301_ToegewezenProduct/$count?$filter=Ingangsdatum%20ge%202023-01-01"
                        + "%20and%20startswith(Product_Code,'4')"));
    List<String> dates =
        entities.stream()
            .map(entity -> entity.getProperty("Ingangsdatum").getPrimitiveValue().toString())
            .toList();
    assertThat(dates).isSortedAccordingTo((a, b) -> b.compareTo(a)).isNotEmpty();
  }

  @Test
  void letsTheOlingoClientExpandChildren() {
    long children = 0;
    for (ClientEntity message : all(set("JW301").expand("ToegewezenProduct").build(), 20)) {
      ClientInlineEntitySet products =
          message.getNavigationLink("ToegewezenProduct").asInlineEntitySet();
      Object key = message.getProperty("Bericht_Id").getPrimitiveValue().toValue();
      for (ClientEntity product : products.getEntitySet().getEntities()) {
        assertThat(product.getProperty("Bericht_Id").getPrimitiveValue().toValue()).isEqualTo(key);
        children++;
      }
    }
    assertThat(children).isEqualTo(count("JW301_ToegewezenProduct/$count"));
  }

  @Test
  void letsTheOlingoClientExpandParents() {
    List<ClientEntity> products = all(set("JW301_ToegewezenProduct").expand("JW301").build(), 50);
    for (ClientEntity product : products) {
      ClientInlineEntity message = product.getNavigationLink("JW301").asInlineEntity();
      assertThat(message.getEntity().getProperty("Bericht_Id").getPrimitiveValue().toValue())
          .isEqualTo(product.getProperty("Bericht_Id").getPrimitiveValue().toValue());
    }
    assertThat(products).hasSize((int) count("JW301_ToegewezenProduct/$count"));
  }

  @Test
  void letsTheOlingoClientReadOneEntity() {
    ClientEntity first = all(set("JW301").top(1).build(), 1).get(0);
    Object key = first.getProperty("Bericht_Id").getPrimitiveValue().toValue();
    ClientEntity same =
        olingo
            .getRetrieveRequestFactory()
            .getEntityRequest(set("JW301").appendKeySegment(key).build())
            .execute()
            .getBody();
    assertThat(same.getProperty("Client_Bsn").getPrimitiveValue().toValue())
        .isEqualTo(first.getProperty("Client_Bsn").getPrimitiveValue().toValue());
  }

  @Test
  void answersPreparedStatementsOfTheStockDriver() throws SQLException {
    try (Connection connection = Sql.connect(server, USER, password);
        PreparedStatement statement =
            connection.prepareStatement(
                "select count(*) from JW301_ToegewezenProduct"
                    + " where Product_Code like ? and Ingangsdatum >= ?")) {
      for (String code : List.of("4%", "5%")) {
        statement.setString(1, code);
        statement.setDate(2, java.sql.Date.valueOf("2022-06-01"));
        try (ResultSet rows = statement.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getLong(1))
              .isEqualTo(
                  count(
                      "JW301_ToegewezenProduct/$count?$filter=Ingangsdatum%20ge%202022-06-01"
                          + "%20and%20startswith(Product_Code,'"
                          + code.charAt(0)
                          + "')"));
        }
      }
    }
  }

  /** Many users have the one jar with everything in it, which is another file than the tests'. */
  @Test
  void answersTheDriverInAProcessOfItsOwn() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                AvaticaClient.classPath(),
                AvaticaClient.class.getName(),
                server.jdbcUrl(),
                USER,
                password,
                "select * from JW301 order by Bericht_Id fetch first 5 rows only")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    List<String> keys =
        web.json("odata/GM9030/ijw/JW301?$orderby=Bericht_Id&$top=5&$select=Bericht_Id")
            .findValuesAsText("Bericht_Id");
    assertThat(printed.lines().map(line -> line.split("\\|")[0])).containsExactlyElementsOf(keys);
  }

  @Test
  void answersTheShellSqlline() throws IOException {
    String printed =
        SqlShell.run(
            server.url() + "jdbc",
            USER,
            password,
            "!tables",
            "!columns JW301_ToegewezenProduct",
            "select count(*) as aantal from JW301_ToegewezenProduct;",
            "select Bericht_Id from JW301 join JW301_ToegewezenProduct using (Bericht_Id)"
                + " fetch first 3 rows only;",
            "select Onzin from JW301;");
    assertThat(printed)
        .contains("JW301_ToegewezenProduct", "WMO325_RetourCode", "GM9030", "IWMO")
        .contains("Toewijzingstijd", "Levering_GeladenOp", "BIGINT", "DATE")
        .contains("| " + count("JW301_ToegewezenProduct/$count") + " ")
        .contains("3 rows selected")
        .contains("KD403", "42S22")
        .doesNotContain("\tat ");
  }
}
