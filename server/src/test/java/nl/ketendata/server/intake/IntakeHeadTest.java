package nl.ketendata.server.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeHeadTest {
  private static final String NAME = "Ketendata-IJW-Test-aan-Zee-20240107060000.zip";
  private static final String PLACE = "/leveringen/GM9030/ijw/";
  private static final int MOST = 100_000;
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

  @TempDir private Path folder;
  private final List<Entry> audited = new CopyOnWriteArrayList<>();
  private final List<Event> seen = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private TestServer store;
  private IntakeHead head;
  private WebServer server;
  private Path data;

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

  private void serve(boolean open) {
    Events events = new Events(List.of(seen::add));
    head =
        new IntakeHead(
            new Intake(
                store.ingest(),
                events,
                new Refusals(data, Clock.systemUTC()),
                audited::add,
                new DataFolder(data)::require),
            new Board(events, Duration.ZERO),
            store.store(),
            new IntakeSettings(data, MOST, open));
    server = new WebServer(HttpSettings.onFreePort(), List.of(head), PEOPLE, events);
    server.start();
  }

  @AfterEach
  void stop() {
    head.close();
    server.close();
    store.close();
  }

  private byte[] zip(String file, String text) throws IOException {
    return Files.readAllBytes(Deliveries.zip(folder, "bron.zip", Map.of(file, text)));
  }

  /** Always the same bytes, which {@code zip} does not give: a ZIP knows when it was made. */
  private static byte[] good() {
    return new ZipMaker().with("JW301.csv", "Bericht_Id,Header_Afzender\na,9030\nb,9030\n").bytes();
  }

  private HttpResponse<byte[]> send(String who, String method, String path, BodyPublisher body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, body);
    if (!who.isEmpty()) {
      request.header("Authorization", who);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> put(String who, String path, byte[] zip) throws Exception {
    return send(who, "PUT", path, BodyPublishers.ofByteArray(zip));
  }

  private HttpResponse<byte[]> get(String who, String path) throws Exception {
    return send(who, "GET", path, BodyPublishers.noBody());
  }

  private static String answer(HttpResponse<byte[]> response) {
    JsonNode error = WebClient.parse(WebClient.text(response)).path("error");
    return response.statusCode() + " " + error.path("code").asText();
  }

  private List<String> events() {
    return seen.stream()
        .filter(event -> event.name().startsWith("Delivery"))
        .filter(event -> !(event instanceof Event.DeliveryProgress))
        .map(event -> event.name() + " " + event.fields())
        .toList();
  }

  private List<Path> incoming() throws IOException {
    Path incoming = data.resolve("inkomend");
    if (!Files.exists(incoming)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(incoming)) {
      return paths.filter(path -> !path.equals(incoming)).toList();
    }
  }

  private String version() {
    return store.mounted("GM9030", Product.IJW).version();
  }

  @Test
  void publishesWhatIsHandedInAndTellsBothCallerAndLedger() throws Exception {
    HttpResponse<byte[]> answer = put("anna", PLACE + NAME, good());

    assertThat(answer.statusCode()).as(WebClient.text(answer)).isEqualTo(201);
    JsonNode report = WebClient.parse(WebClient.text(answer));
    assertThat(report.path("nummer").asInt()).isEqualTo(1);
    assertThat(report.path("bestanden").get(0).path("toegevoegd").asInt()).isEqualTo(2);
    assertThat(store.sql(TestServer.caller("GM9030"), "select count(*) from JW301"))
        .containsExactly("2");
    assertThat(events())
        .singleElement()
        .asString()
        .startsWith("DeliveryPublished gemeente=GM9030 product=ijw delivery=" + NAME)
        .contains("read=2 added=2 known=0 refused=0")
        .endsWith("by=anna road=http");
    assertThat(incoming()).isEmpty();
    String where = answer.headers().firstValue("Location").orElseThrow();
    HttpResponse<byte[]> again = get("daan", URI.create(where).getPath());
    assertThat(WebClient.parse(WebClient.text(again)).path("nummer").asInt()).isEqualTo(1);
    JsonNode history = WebClient.parse(WebClient.text(get("daan", PLACE)));
    JsonNode line = history.path("leveringen").get(0);
    assertThat(line.path("naam").asText()).isEqualTo(NAME);
    assertThat(line.path("door").asText()).isEqualTo("anna");
    assertThat(line.path("bytes").asInt()).isEqualTo(good().length);
    assertThat(line.path("sha256").asText()).hasSize(64);
    assertThat(line.path("gelezen").asInt()).isEqualTo(2);
    assertThat(line.path("toestand").asText()).isEqualTo("gepubliceerd");
    assertThat(history.path("onderweg")).isEmpty();
  }

  @Test
  void knowsTheSameDeliveryAndRefusesOtherBytesUnderItsName() throws Exception {
    put("anna", PLACE + NAME, good());
    String version = version();
    HttpResponse<byte[]> again = put("anna", PLACE + NAME, good());
    HttpResponse<byte[]> other =
        put("anna", PLACE + NAME, zip("JW301.csv", "Bericht_Id,Header_Afzender\nc,9030\n"));

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(WebClient.parse(WebClient.text(again)).path("alBekend").asBoolean()).isTrue();
    assertThat(answer(other)).isEqualTo("409 KD108");
    assertThat(version()).isEqualTo(version);
    assertThat(audited)
        .extracting(entry -> entry.act() + " " + entry.actor() + " " + entry.result())
        .containsExactly(
            "LEVERING_GEPUBLICEERD anna goed",
            "LEVERING_BEKEND anna goed",
            "LEVERING_GEWEIGERD anna KD108");
    assertThat(events()).hasSize(3);
    assertThat(events().get(1)).startsWith("DeliveryKnown").endsWith("by=anna road=http");
    assertThat(events().get(2))
        .isEqualTo(
            "DeliveryRefused gemeente=GM9030 product=ijw delivery="
                + NAME
                + " code=KD108 by=anna road=http");
  }

  @Test
  void refusesWholeWhatIsOfAnotherGemeenteOrProductOrHostile() throws Exception {
    String version = version();
    Map<String, byte[]> bad =
        Map.of(
            "422 KD204", zip("JW301.csv", "Bericht_Id,Header_Afzender\na,9031\n"),
            "422 KD106", zip("WMO301.csv", "Bericht_Id\na\n"),
            "422 KD103", zip("../JW301.csv", "Bericht_Id\na\n"),
            "422 KD101", "geen zip".getBytes(StandardCharsets.UTF_8));
    for (Map.Entry<String, byte[]> one : bad.entrySet()) {
      assertThat(answer(put("anna", PLACE + NAME, one.getValue()))).isEqualTo(one.getKey());
    }

    assertThat(version()).isEqualTo(version);
    assertThat(events()).hasSize(4).allMatch(event -> event.startsWith("DeliveryRefused "));
    assertThat(incoming()).isEmpty();
    JsonNode refused = WebClient.parse(WebClient.text(get("anna", PLACE))).path("geweigerd");
    assertThat(refused)
        .hasSize(4)
        .allMatch(one -> one.path("door").asText().equals("anna"))
        .extracting(one -> one.path("code").asText())
        .containsExactlyInAnyOrder("KD204", "KD106", "KD103", "KD101");
  }

  @Test
  void takesDeliveriesOnlyOfThoseWhoMayHandIn() throws Exception {
    assertThat(answer(put("", PLACE + NAME, good()))).isEqualTo("401 KD601");
    assertThat(answer(put("daan", PLACE + NAME, good()))).isEqualTo("403 KD602");
    assertThat(get("daan", PLACE).statusCode()).isEqualTo(200);
    assertThat(put("els", PLACE + NAME, good()).statusCode()).isEqualTo(201);
    assertThat(answer(get("els", PLACE))).isEqualTo("403 KD602");
    assertThat(answer(get("fem", PLACE + "voortgang"))).isEqualTo("403 KD602");
    seen.clear();
    assertThat(events()).isEmpty();
    assertThat(incoming()).isEmpty();
  }

  @Test
  void takesNothingWhenTheServerIsOpen() throws Exception {
    stop();
    store = new TestServer(data);
    serve(true);

    assertThat(answer(put("anna", PLACE + NAME, good()))).isEqualTo("403 KD343");
  }

  /** Whoever asks must not learn whether another gemeente is here. */
  @Test
  void tellsOfAnotherGemeenteWhatItTellsOfNone() throws Exception {
    store.ingest().makeKnown(Gemeente.parse("GM9031"));
    put("bert", "/leveringen/GM9031/ijw/" + NAME, zip("JW301.csv", "Bericht_Id\na\n"));
    assertThat(events()).hasSize(1);
    for (String rest : List.of("", "voortgang", NAME, NAME + "/verslag", "niet.zip")) {
      String foreign = shown(get("anna", "/leveringen/GM9031/ijw/" + rest));
      String unknown = shown(get("anna", "/leveringen/GM9999/ijw/" + rest));
      assertThat(foreign.replace("GM9031", "X"))
          .as(rest)
          .startsWith("404 ")
          .isEqualTo(unknown.replace("GM9999", "X"));
    }
    String foreign = shown(put("anna", "/leveringen/GM9031/ijw/" + NAME, good()));
    String unknown = shown(put("anna", "/leveringen/GM9999/ijw/" + NAME, good()));
    assertThat(foreign.replace("GM9031", "X"))
        .startsWith("404 ")
        .isEqualTo(unknown.replace("GM9999", "X"));
  }

  private static String shown(HttpResponse<byte[]> answer) {
    Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
    List.of("date", "server-timing").forEach(headers::remove);
    return answer.statusCode() + " " + headers + " " + WebClient.text(answer);
  }

  @Test
  void refusesNamesThatAreNoneAndPathsThatLeadNowhere() throws Exception {
    for (String name :
        List.of("a.txt", "..%2Fx.zip", "%2e%2e%5Cx.zip", ".zip", "a%0A.zip", "a:b.zip")) {
      assertThat(answer(put("anna", PLACE + name, good()))).as(name).isEqualTo("400 KD344");
    }
    for (String path :
        List.of(
            "/leveringen",
            "/leveringen/GM9030",
            "/leveringen/GM9030/ijw",
            "/leveringen/GM9030/x/")) {
      assertThat(answer(get("anna", path))).as(path).isEqualTo("404 KD502");
    }
    assertThat(answer(get("anna", PLACE + NAME + "/nog"))).isEqualTo("404 KD502");
    assertThat(answer(get("anna", PLACE + NAME + "/verslag"))).isEqualTo("404 KD345");
    for (String method : List.of("POST", "DELETE", "PATCH")) {
      HttpResponse<byte[]> answer = send("anna", method, PLACE + NAME, BodyPublishers.noBody());
      assertThat(answer(answer)).isEqualTo("405 KD504");
      assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, PUT");
    }
    assertThat(answer(put("anna", PLACE, good()))).isEqualTo("405 KD504");
  }

  @Test
  void takesABodyOfUnknownLengthUpToTheLimit() throws Exception {
    byte[] good = good();
    BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(good));
    assertThat(send("anna", "PUT", PLACE + NAME, chunked).statusCode()).isEqualTo(201);
    BodyPublisher large =
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[MOST + 1]));
    String name = NAME.replace("0107", "0114");
    assertThat(answer(send("anna", "PUT", PLACE + name, large))).isEqualTo("413 KD340");
    assertThat(incoming()).isEmpty();
  }

  /** A client that asks first is spared from sending what is refused. */
  @Test
  void asksForTheBodyOnlyWhenItWillBeTaken() throws Exception {
    byte[] good = good();
    try (Socket socket = begin(good.length, "anna")) {
      InputStream in = socket.getInputStream();
      assertThat(line(in)).isEqualTo("HTTP/1.1 100 Continue");
      assertThat(line(in)).isEmpty();
      socket.getOutputStream().write(good);
      assertThat(line(in)).isEqualTo("HTTP/1.1 201 Created");
    }
    try (Socket socket = begin(MOST + 1L, "anna")) {
      assertThat(line(socket.getInputStream())).startsWith("HTTP/1.1 413 ");
    }
    try (Socket socket = begin(good.length, "daan")) {
      assertThat(line(socket.getInputStream())).startsWith("HTTP/1.1 403 ");
    }
  }

  /** Whoever sends slowly keeps a thread; a few of those must not keep out the others. */
  @Test
  void takesTwoDeliveriesOfAGemeenteAtOnceAndNoMore() throws Exception {
    try (Socket one = begin(good().length, "anna");
        Socket two = begin(good().length, "anna")) {
      assertThat(line(one.getInputStream())).isEqualTo("HTTP/1.1 100 Continue");
      assertThat(line(two.getInputStream())).isEqualTo("HTTP/1.1 100 Continue");
      HttpResponse<byte[]> three = put("anna", PLACE + NAME, good());
      assertThat(answer(three)).isEqualTo("503 KD430");
      assertThat(three.headers().firstValue("Retry-After")).isPresent();
    }
    until(() -> incoming().isEmpty());
    assertThat(put("anna", PLACE + NAME, good()).statusCode()).isEqualTo(201);
  }

  @Test
  void forgetsADeliveryThatWasCutOff() throws Exception {
    byte[] good = good();
    try (Socket socket = begin(good.length, "anna")) {
      assertThat(line(socket.getInputStream())).isEqualTo("HTTP/1.1 100 Continue");
      socket.getOutputStream().write(good, 0, good.length / 2);
      until(() -> !incoming().isEmpty());
    }
    until(() -> incoming().isEmpty());

    assertThat(events()).isEmpty();
    assertThat(seen).noneMatch(Event.FaultFound.class::isInstance);
    assertThat(put("anna", PLACE + NAME, good).statusCode()).isEqualTo(201);
  }

  @Test
  void deletesWhatAnEarlierProcessLeft() throws Exception {
    Path left = Files.createDirectories(data.resolve("inkomend/GM9030-123"));
    Files.write(left.resolve(NAME), good());
    head.close();
    server.close();
    serve(false);

    assertThat(incoming()).isEmpty();
  }

  private Socket begin(long length, String who) throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.setSoTimeout(20_000);
    OutputStream out = socket.getOutputStream();
    String head =
        "PUT %s HTTP/1.1\r\n"
            + "Host: 127.0.0.1\r\n"
            + "Authorization: %s\r\n"
            + "Content-Length: %d\r\n"
            + "Expect: 100-continue\r\n\r\n";
    out.write(head.formatted(PLACE + NAME, who, length).getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return socket;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  private interface Check {
    boolean holds() throws IOException;
  }

  private static void until(Check check) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!check.holds()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(10);
    }
  }

  @Test
  void streamsProgressFromWhereItIsToTheEnd() throws Exception {
    put("anna", PLACE + NAME, good());
    String next = NAME.replace("0107", "0114");
    List<String> told = new ArrayList<>();
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + PLACE + "voortgang"))
            .header("Authorization", "daan")
            .build();
    HttpResponse<Stream<String>> answer = client.send(request, BodyHandlers.ofLines());
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    try (Stream<String> lines = answer.body()) {
      Iterator<String> all = lines.iterator();
      read(all, told, "event: klaar");
      assertThat(told.get(told.size() - 1)).contains(NAME).contains("\"rijen\":2");
      assertThat(put("anna", PLACE + next, zip("JW301.csv", "Bericht_Id\nz\n")).statusCode())
          .isEqualTo(201);
      read(all, told, "event: klaar");
      assertThat(told.get(told.size() - 1)).contains(next).contains("\"rijen\":1");
      head.close();
      all.forEachRemaining(told::add);
    }
    assertThat(seen).anyMatch(Event.DeliveryProgress.class::isInstance);
  }

  /** Reads up to the data of an event. */
  private static void read(Iterator<String> lines, List<String> told, String event) {
    String line = "";
    while (!line.equals(event)) {
      line = lines.next();
      told.add(line);
    }
    told.add(lines.next());
  }

  @Test
  void givesBackTheDeliveryAsItWasHandedInWholeOrInParts() throws Exception {
    byte[] good = good();
    put("anna", PLACE + NAME, good);
    HttpResponse<byte[]> whole = get("daan", PLACE + NAME);
    assertThat(whole.body()).isEqualTo(good);
    assertThat(whole.headers().firstValue("Content-Type")).contains("application/zip");
    String tag = whole.headers().firstValue("ETag").orElseThrow();
    assertThat(part("If-None-Match", tag).statusCode()).isEqualTo(304);

    HttpResponse<byte[]> some = part("Range", "bytes=10-19");
    assertThat(some.statusCode()).isEqualTo(206);
    assertThat(some.body()).isEqualTo(Arrays.copyOfRange(good, 10, 20));
    assertThat(some.headers().firstValue("Content-Range")).contains("bytes 10-19/" + good.length);
    assertThat(part("Range", "bytes=-7").body())
        .isEqualTo(Arrays.copyOfRange(good, good.length - 7, good.length));
    assertThat(part("Range", "bytes=20-").body())
        .isEqualTo(Arrays.copyOfRange(good, 20, good.length));
    assertThat(answer(part("Range", "bytes=99999-"))).isEqualTo("416 KD346");
    assertThat(part("Range", "bytes=1-2,5-6").body()).isEqualTo(good);
    assertThat(part("Range", "bytes=1-2", "If-Range", "\"x\"").body()).isEqualTo(good);
    assertThat(send("daan", "HEAD", PLACE + NAME, BodyPublishers.noBody()).body()).isEmpty();
    assertThat(answer(get("daan", PLACE + NAME.replace("0107", "0114")))).isEqualTo("404 KD345");
    Files.delete(data.resolve("gemeenten/GM9030/ijw/leveringen/000001.zip"));
    assertThat(answer(get("daan", PLACE + NAME))).isEqualTo("410 KD347");
  }

  private HttpResponse<byte[]> part(String... headers) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + PLACE + NAME))
            .header("Authorization", "daan")
            .headers(headers)
            .build();
    return client.send(request, BodyHandlers.ofByteArray());
  }

  @Test
  void reportsOnWhatWasReadAndRefused() throws Exception {
    byte[] bad = zip("JW301.csv", "Bericht_Id,Header_Afzender\na,9030\nb,9030,te,veel\n");
    assertThat(answer(put("anna", PLACE + NAME, bad))).isEqualTo("422 KD206");
    JsonNode told = WebClient.parse(WebClient.text(get("daan", PLACE + NAME + "/verslag")));
    assertThat(told.path("toestand").asText()).isEqualTo("geweigerd");
    assertThat(told.path("code").asText()).isEqualTo("KD206");
    JsonNode file = told.path("verslag").path("bestanden").get(0);
    assertThat(file.path("geweigerd").asInt()).isEqualTo(1);
    assertThat(answer(get("daan", PLACE + NAME))).isEqualTo("404 KD345");
  }
}
