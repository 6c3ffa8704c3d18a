package nl.ketendata.server.odata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.http.WebServer;
import nl.ketendata.server.identity.Authenticator;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.settings.HttpSettings;
import nl.ketendata.server.testing.TestServer;
import org.apache.olingo.client.api.ODataClient;
import org.apache.olingo.client.api.communication.request.batch.BatchManager;
import org.apache.olingo.client.api.communication.request.batch.ODataBatchRequest;
import org.apache.olingo.client.api.communication.request.batch.ODataBatchResponseItem;
import org.apache.olingo.client.api.communication.request.retrieve.ODataEntitySetRequest;
import org.apache.olingo.client.api.communication.response.ODataResponse;
import org.apache.olingo.client.api.domain.ClientDelta;
import org.apache.olingo.client.api.domain.ClientEntitySet;
import org.apache.olingo.client.core.ODataClientFactory;
import org.apache.olingo.commons.api.format.ContentType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches and delta links with a client that others wrote. */
class OlingoClientTest {
  private static final ODataClient CLIENT = ODataClientFactory.getClient();

  @TempDir static Path folder;
  private static TestServer data;
  private static WebServer web;

  @BeforeAll
  static void serves() {
    data = new TestServer(folder);
    take("20240101000000", "Bericht_Id,Header_BerichtVersie\na,1\nb,2\nc,3\n");
    ODataHead head = new ODataHead(data.door(), Catalogue.read(), new ODataSettings(2, 2));
    Authenticator open = Authenticator.open(() -> List.of(Organisation.of(new Gemeente("9030"))));
    web = new WebServer(HttpSettings.onFreePort(), List.of(head), open, Events.silent());
    web.start();
  }

  private static void take(String moment, String messages) {
    data.take("GM9030", "Ketendata-IJW-Test-" + moment + ".zip", Map.of("JW301.csv", messages));
  }

  @AfterAll
  static void stops() {
    web.close();
    data.close();
  }

  @Test
  void readsABatch() throws Exception {
    ODataBatchRequest request = CLIENT.getBatchRequestFactory().getBatchRequest(root());
    BatchManager batch = request.payloadManager();
    batch.addRequest(set(uri("JW301('a')")));
    batch.addRequest(set(uri("JW301?$filter=Header_BerichtVersie%20gt%202&$select=Bericht_Id")));
    List<String> bodies = new ArrayList<>();
    Iterator<ODataBatchResponseItem> items = batch.getResponse().getBody();
    while (items.hasNext()) {
      ODataResponse answer = items.next().next();
      assertThat(answer.getStatusCode()).isEqualTo(200);
      try (InputStream in = answer.getRawResponse()) {
        bodies.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    assertThat(bodies).hasSize(2);
    assertThat(bodies.get(0)).contains("\"Bericht_Id\":\"a\"");
    assertThat(bodies.get(1)).contains("\"Bericht_Id\":\"c\"");
  }

  @Test
  void followsADeltaLink() {
    URI next = uri("JW301?$filter=Header_BerichtVersie%20gt%200&$select=Bericht_Id");
    ClientEntitySet page = null;
    while (next != null) {
      ODataEntitySetRequest<ClientEntitySet> request = set(next);
      request.setPrefer("odata.track-changes");
      page = request.execute().getBody();
      next = page.getNext();
    }
    take("20240201000000", "Bericht_Id,Header_BerichtVersie\nb,0\nd,1\n");

    ClientDelta delta =
        CLIENT.getRetrieveRequestFactory().getDeltaRequest(page.getDeltaLink()).execute().getBody();
    assertThat(delta.getEntities())
        .extracting(entity -> entity.getProperty("Bericht_Id").getValue().toString())
        .containsExactly("d");
    assertThat(delta.getDeletedEntities())
        .extracting(entity -> entity.getId() + " " + entity.getReason())
        .containsExactly(uri("JW301('b')") + " changed");
    assertThat(delta.getDeltaLink()).isNotNull();
  }

  private static ODataEntitySetRequest<ClientEntitySet> set(URI uri) {
    ODataEntitySetRequest<ClientEntitySet> request =
        CLIENT.getRetrieveRequestFactory().getEntitySetRequest(uri);
    request.setFormat(ContentType.JSON);
    return request;
  }

  private static URI uri(String below) {
    return URI.create(root() + below);
  }

  private static String root() {
    return "http://127.0.0.1:" + web.port() + "/odata/GM9030/ijw/";
  }
}
