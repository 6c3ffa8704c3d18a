package nl.ketendata.server.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import nl.ketendata.schema.Product;
import nl.ketendata.server.audit.Entry;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.http.WebServer;
import nl.ketendata.server.identity.Authenticator;
import nl.ketendata.server.identity.SignIn;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.settings.HttpSettings;
import nl.ketendata.server.store.DataFolder;
import nl.ketendata.server.testing.Deliveries;
import nl.ketendata.server.testing.KnownGemeente;
import nl.ketendata.server.testing.TestServer;
import nl.ketendata.server.testing.WebClient;
import nl.ketendata.server.testing.ZipMaker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server that takes deliveries of one gemeente over HTTP, and people who may do this or that. */
abstract class IntakeFixture {
  static final String NAME = "Ketendata-IJW-Test-aan-Zee-20240107060000.zip";
  static final String PLACE = "/leveringen/GM9030/ijw/";
  static final int MOST = 100_000;
  private static final Authenticator PEOPLE =
      (authorization, address) ->
          switch (authorization.orElse("")) {
            case "" -> new SignIn.Missing();
            case "anna" -> accepted("anna", Role.BEHEERDER, "GM9030");
            case "daan" -> accepted("daan", Role.ANALIST, "GM9030");
            case "els" -> accepted("els", Role.LEVERANCIER, "GM9030");
            case "fem" -> accepted("fem", Role.ANALIST_BEPERKT, "GM9030");
            case "bert" -> accepted("bert", Role.BEHEERDER, "GM9031");
            default -> new SignIn.Refused();
          };

  private static KnownGemeente known;

  @TempDir Path folder;
  final List<Entry> audited = new CopyOnWriteArrayList<>();
  final List<Event> seen = new CopyOnWriteArrayList<>();
  final HttpClient client = HttpClient.newHttpClient();
  TestServer store;
  IntakeHead head;
  WebServer server;
  Path data;

  private static SignIn accepted(String name, Role role, String gemeente) {
    Organisation organisation = Organisation.of(Gemeente.parse(gemeente));
    return new SignIn.Accepted(new Caller(name, Map.of(gemeente, organisation), role));
  }

  @BeforeAll
  static void makeKnown(@TempDir Path shared) {
    known = new KnownGemeente(shared, "GM9030");
  }

  @BeforeEach
  void start() {
    data = folder.resolve("data");
    known.copyTo(data);
    store = new TestServer(data);
    serve(false);
  }

  void serve(boolean open) {
    serve(open, MOST);
  }

  void serve(boolean open, long most) {
    Events events = new Events(List.of(seen::add));
    head =
        new IntakeHead(
            new Intake(
                store.ingest(),
                events,
                new Refusals(data, Clock.systemUTC()),
                audited::add,
                new DataFolder(data)::require),
            new Board(events, Duration.ZERO, new ProgressFiles(data, Clock.systemUTC())),
            store.store(),
            new IntakeSettings(data, most, open));
    server = new WebServer(HttpSettings.onFreePort(), List.of(head), PEOPLE, events);
    server.start();
  }

  @AfterEach
  void stop() {
    head.close();
    server.close();
    store.close();
  }

  byte[] zip(String file, String text) throws IOException {
    return Files.readAllBytes(Deliveries.zip(folder, "bron.zip", Map.of(file, text)));
  }

  /** Always the same bytes, which {@code zip} does not give: a ZIP knows when it was made. */
  static byte[] good() {
    return new ZipMaker().with("JW301.csv", "Bericht_Id,Header_Afzender\na,9030\nb,9030\n").bytes();
  }

  HttpResponse<byte[]> send(String who, String method, String path, BodyPublisher body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, body);
    if (!who.isEmpty()) {
      request.header("Authorization", who);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> put(String who, String path, byte[] zip) throws Exception {
    return send(who, "PUT", path, BodyPublishers.ofByteArray(zip));
  }

  HttpResponse<byte[]> get(String who, String path) throws Exception {
    return send(who, "GET", path, BodyPublishers.noBody());
  }

  static String answer(HttpResponse<byte[]> response) {
    JsonNode error = WebClient.parse(WebClient.text(response)).path("error");
    return response.statusCode() + " " + error.path("code").asText();
  }

  List<String> events() {
    return seen.stream()
        .filter(event -> event.name().startsWith("Delivery"))
        .filter(event -> !(event instanceof Event.DeliveryProgress))
        .map(event -> event.name() + " " + event.fields())
        .toList();
  }

  List<Path> incoming() throws IOException {
    Path incoming = data.resolve("inkomend");
    if (!Files.exists(incoming)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(incoming)) {
      return paths.filter(path -> !path.equals(incoming)).toList();
    } catch (UncheckedIOException changing) {
      // Something was deleted while it was being looked at.
      return incoming();
    }
  }

  String version() {
    return store.mounted("GM9030", Product.IJW).version();
  }
}
