package nl.ketendata.server.flight;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import nl.ketendata.server.algebra.Planner;
import nl.ketendata.server.audit.Auditor;
import nl.ketendata.server.console.SqlHead;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.http.KeptAnswers;
import nl.ketendata.server.http.Outside;
import nl.ketendata.server.http.WebServer;
import nl.ketendata.server.identity.SignIn;
import nl.ketendata.server.jdbc.JdbcHead;
import nl.ketendata.server.odata.ODataHead;
import nl.ketendata.server.odata.ODataSettings;
import nl.ketendata.server.query.Limits;
import nl.ketendata.server.query.StoreDoor;
import nl.ketendata.server.settings.HttpSettings;
import nl.ketendata.server.settings.TransportSettings;
import nl.ketendata.server.testing.SetClock;
import nl.ketendata.server.testing.TestServer;
import nl.ketendata.server.testing.WebClient;
import org.apache.calcite.avatica.remote.Driver;

/** One store behind all wires: Flight SQL, Avatica and OData. */
final class WiresFixture implements AutoCloseable {
  private static final Map<String, String> FILES =
      Map.of(
          "JW301.csv",
          """
          Bericht_Id,Uitwisseling_OntvangenGGk,Client_Geboortedatum_Datum,Header_BerichtVersie,\
          Client_Naam_Geslachtsnaam_Achternaam
          b1,2026-07-01T00:30:15,2010-02-28,3,Jansen
          b2,2026-01-15T23:59:59,,,"O'Neil, ""é"" 漢字"
          b3,2021-10-31T02:15:01,1968-02-29,-9007199254740993,
          b4,,1900-01-01,0,x
          """,
          "JW301_ToegewezenProduct.csv",
          """
          ToegewezenProduct_Id,Bericht_Id,Toewijzingsdatum,Toewijzingstijd,Omvang_Volume
          p1,b1,2026-07-01,00:00:00,12
          p2,b1,2026-03-29,02:30:00,0
          p3,b2,,23:59:59,
          p4,b2,2026-12-31,,-1
          """);

  final TestServer server;
  final StoreDoor door;
  final FlightFixture flight;
  private final JdbcHead jdbc;
  private final WebServer web;

  WiresFixture(Path folder) {
    this(
        folder,
        new Limits(32, Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMinutes(10)));
  }

  WiresFixture(Path folder, Limits limits) {
    server = new TestServer(folder.resolve("data"));
    server.take("GM9030", "Ketendata-IJW-Test-20260801120000.zip", FILES);
    door =
        new StoreDoor(TestServer.CATALOGUE, server.store(), new Planner(), limits, Events.silent());
    flight = new FlightFixture(door);
    jdbc = new JdbcHead(door, TestServer.CATALOGUE, "1.2.3", new SetClock());
    web =
        new WebServer(
            HttpSettings.onFreePort(),
            List.of(
                jdbc,
                new SqlHead(door),
                new ODataHead(door, TestServer.CATALOGUE, new ODataSettings(2, 100))),
            (authorization, address) -> new SignIn.Accepted(FlightFixture.caller("anna", "GM9030")),
            Events.silent(),
            KeptAnswers.none(),
            List.of(),
            new Outside(
                TransportSettings.PLAIN,
                door::abandon,
                Clock.systemUTC(),
                Auditor.silent(),
                Optional.empty(),
                Optional.of(door.workplaces())));
    web.start();
  }

  URI sql() {
    return URI.create("http://127.0.0.1:" + web.port() + "/sql");
  }

  private String avaticaUrl() {
    return "jdbc:avatica:remote:url=http://127.0.0.1:" + web.port() + "/jdbc";
  }

  Connection avatica() throws SQLException {
    Properties properties = new Properties();
    properties.put("serialization", "protobuf");
    return new Driver().connect(avaticaUrl(), properties);
  }

  WebClient odata() {
    return new WebClient(URI.create("http://127.0.0.1:" + web.port() + "/"), "anna", "x");
  }

  @Override
  public void close() {
    web.close();
    jdbc.close();
    flight.close();
    door.close();
    server.close();
  }
}
