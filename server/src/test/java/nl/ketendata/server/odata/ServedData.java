package nl.ketendata.server.odata;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.http.WebServer;
import nl.ketendata.server.identity.SignIn;
import nl.ketendata.server.settings.HttpSettings;
import nl.ketendata.server.testing.TestServer;
import nl.ketendata.server.testing.WebClient;

/** A few messages with products, served from a store over HTTP. */
final class ServedData implements AutoCloseable {
  static final String ROOT = "odata/GM9030/ijw/";
  static final String MESSAGES =
      """
      Bericht_Id,Uitwisseling_Zender,Header_Ontvanger,Client_Naam_Geslachtsnaam_Achternaam,Header_BerichtVersie,Client_Geboortedatum_Datum,Uitwisseling_OntvangenGGk
      a,Noord,12,Jansen,3,2010-02-28,2024-01-31T09:00:00
      b,Noord,12,de Vries,1,2012-02-29,2024-07-31T09:00:00
      c,Noord,34,O'Neil é😀,,,
      d,Zuid,34,"Quote ""x"" \\ y",2,2011-12-31,2024-12-31T23:59:59
      e,Zuid,,,2,2010-02-28,2024-01-31T09:00:00
      """;
  static final String PRODUCTS =
      """
      ToegewezenProduct_Id,Bericht_Id,Product_Categorie,Product_Code,Toewijzingstijd,Ingangsdatum,Budget
      p1,a,45,45A04,09:30:00,2024-01-01,100
      p2,a,45,45A05,10:00:00,2024-02-01,50
      p3,b,45,45A04,,2024-03-01,
      p4,x,46,46A06,,2024-04-01,7
      p5,d,46,46A06,23:59:59,2024-04-01,9007199254740993
      p6,d,,,,,1
      p7,e,45,45A04,09:30:00,2023-12-31,100
      """;

  private final TestServer store;
  private final WebServer web;
  private final WebClient client;

  ServedData(Path folder) {
    store = new TestServer(folder);
    deliverTo(store);
    web =
        new WebServer(
            HttpSettings.onFreePort(),
            List.of(new ODataHead(store.door(), TestServer.CATALOGUE, new ODataSettings(50, 100))),
            (authorization, address) -> new SignIn.Accepted(TestServer.caller("GM9030")),
            Events.silent());
    web.start();
    client = new WebClient(URI.create("http://localhost:" + web.port() + "/"), "anna", "geheim");
  }

  static void deliverTo(TestServer server) {
    server.take(
        "GM9030",
        "Ketendata-IJW-Test-20240101000000.zip",
        Map.of("JW301.csv", MESSAGES, "JW301_ToegewezenProduct.csv", PRODUCTS));
  }

  WebClient client() {
    return client;
  }

  TestServer store() {
    return store;
  }

  @Override
  public void close() {
    web.close();
    store.close();
  }
}
