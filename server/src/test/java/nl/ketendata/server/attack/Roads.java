package nl.ketendata.server.attack;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import nl.ketendata.server.testing.Authority;
import nl.ketendata.server.testing.RunningServer;
import org.apache.arrow.flight.CallHeaders;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.FlightCallHeaders;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.HeaderCallOption;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.RootAllocator;

/** Goes by every road into a server with the same way to sign in, and tells what came of each. */
final class Roads {
  static final String IN = "in";

  private static final Pattern CODE = Pattern.compile("KD[0-9]{3}");

  private final RunningServer server;
  private final Optional<Authority> trusted;

  /**
   * @param trusted who issued the server's certificate, when it has one
   */
  Roads(RunningServer server, Optional<Authority> trusted) {
    this.server = server;
    this.trusted = trusted;
  }

  /**
   * By road: {@link #IN} or the code of the refusal; {@code cut} when there was no answer.
   *
   * @param authorization header of that name
   * @param shown the client's certificate
   */
  Map<String, String> outcomes(Optional<String> authorization, Optional<Authority.Issued> shown)
      throws Exception {
    Map<String, String> outcomes = new TreeMap<>();
    HttpClient client = client(shown);
    outcomes.put("odata", ask(client, authorization, "GET", "/odata/GM9030/ijw/JW301", ""));
    outcomes.put("sql", ask(client, authorization, "POST", "/sql", "select 1 from JW301"));
    outcomes.put(
        "avatica",
        ask(
            client,
            authorization,
            "POST",
            "/jdbc",
            "{\"request\":\"openConnection\",\"connectionId\":\"%s\"}"
                .formatted(java.util.UUID.randomUUID())));
    outcomes.put("put", ask(client, authorization, "PUT", "/leveringen/GM9030/ijw/x.zip", "geen"));
    outcomes.put("flight", flight(authorization, shown));
    return outcomes;
  }

  private String ask(
      HttpClient client, Optional<String> authorization, String method, String path, String body)
      throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Content-Type", path.equals("/sql") ? "application/sql" : "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    authorization.ifPresent(value -> request.header("Authorization", value));
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return outcome(answer.statusCode() == 200, answer.body());
    } catch (IOException e) {
      return "cut";
    }
  }

  private static String outcome(boolean good, String text) {
    Matcher code = CODE.matcher(text);
    return good ? IN : code.find() ? code.group() : text;
  }

  /** Closing may be interrupted, which the compiler warns of. */
  @SuppressWarnings("try")
  private String flight(Optional<String> authorization, Optional<Authority.Issued> shown)
      throws Exception {
    CallHeaders headers = new FlightCallHeaders();
    authorization.ifPresent(value -> headers.insert("authorization", value));
    CallOption option = new HeaderCallOption(headers);
    try (RootAllocator allocator = new RootAllocator();
        FlightSqlClient client = new FlightSqlClient(flightClient(allocator, shown))) {
      client.execute("select 1 from JW301", option);
      return IN;
    } catch (FlightRuntimeException e) {
      String found = outcome(false, String.valueOf(e.getMessage()));
      return CODE.matcher(found).matches() ? found : "cut";
    }
  }

  private FlightClient flightClient(RootAllocator allocator, Optional<Authority.Issued> shown)
      throws Exception {
    if (trusted.isEmpty()) {
      return FlightClient.builder(
              allocator, Location.forGrpcInsecure("localhost", server.flightPort()))
          .build();
    }
    Path folder = Files.createTempDirectory("roads");
    FlightClient.Builder builder =
        FlightClient.builder(allocator, Location.forGrpcTls("localhost", server.flightPort()))
            .trustedCertificates(bytes(trusted.get().certificatePem(folder.resolve("ca"))));
    if (shown.isPresent()) {
      builder.clientCertificate(
          bytes(shown.get().certificatePem(folder.resolve("own"))),
          bytes(shown.get().keyPem(folder.resolve("key"))));
    }
    return builder.build();
  }

  private static ByteArrayInputStream bytes(Path file) throws IOException {
    return new ByteArrayInputStream(Files.readString(file).getBytes(StandardCharsets.US_ASCII));
  }

  private HttpClient client(Optional<Authority.Issued> shown)
      throws GeneralSecurityException, IOException {
    HttpClient.Builder builder = HttpClient.newBuilder();
    if (trusted.isEmpty()) {
      return builder.build();
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", trusted.get().certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    KeyManager[] keys = new KeyManager[0];
    if (shown.isPresent()) {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(shown.get().keyStore(), Authority.PASSWORD);
      keys = factory.getKeyManagers();
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust.getTrustManagers(), null);
    return builder.sslContext(context).build();
  }
}
