package nl.ketendata.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.identity.Authenticator;
import nl.ketendata.server.identity.SignIn;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.settings.HttpSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A web server over one head, with clients that send what they like. */
abstract class WebServerFixture {
  private static final Authenticator ANNA =
      (authorization, address) ->
          switch (authorization.orElse("")) {
            case "" -> new SignIn.Missing();
            case "Anna" -> new SignIn.Accepted(new Caller("anna", Map.of(), Role.ANALIST));
            case "Slow" -> new SignIn.Throttled(Duration.ofMillis(1_500));
            default -> new SignIn.Refused();
          };

  final List<Event> seen = new CopyOnWriteArrayList<>();
  final EchoHead echo = new EchoHead();
  final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  WebServer server;

  @BeforeEach
  void start() {
    server = server(HttpSettings.onFreePort(), Limits.STANDARD);
    server.start();
  }

  @AfterEach
  void stop() {
    echo.hold.countDown();
    server.close();
  }

  WebServer server(HttpSettings settings, Limits limits) {
    return new WebServer(
        settings,
        List.of(echo),
        ANNA,
        new Events(List.of(seen::add)),
        KeptAnswers.none(),
        List.of("https://rapport.example"),
        Outside.LOCAL,
        limits);
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).header("Authorization", "Anna");
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = request(path);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** All that comes back until the server closes, or falls silent after a whole answer. */
  String raw(String head) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(10_000);
      byte[] request = (head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8);
      socket.getOutputStream().write(request);
      return new String(readAll(socket.getInputStream()), StandardCharsets.ISO_8859_1);
    }
  }

  static void ask(Socket socket, String path) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Anna\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] readAll(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        all.write(buffer, 0, n);
      }
    } catch (SocketException reset) {
      return all.toByteArray();
    }
    return all.toByteArray();
  }
}
