package nl.ketendata.server.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightServer;
import org.apache.arrow.flight.Location;
import org.apache.arrow.memory.RootAllocator;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * Answers Avatica and Flight SQL with what a real server answered to the first request of that
 * kind, and does nothing else: what is left is the price of the driver and its wire.
 */
final class FloorServer {
  private FloorServer() {}

  /**
   * Serves on free ports, which it prints: Avatica's, then Flight's.
   *
   * @param arguments the addresses of the server that is asked once: {@code http://…} and {@code
   *     grpc://…}
   */
  @SuppressWarnings("resource") // It ends with the process.
  public static void main(String[] arguments) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Replies(URI.create(arguments[0])));
    server.start();
    System.out.println(connector.getLocalPort());
    URI real = URI.create(arguments[1]);
    RootAllocator allocator = new RootAllocator();
    FlightClient asked =
        FlightClient.builder(allocator, Location.forGrpcInsecure(real.getHost(), real.getPort()))
            .build();
    FlightServer flight =
        FlightServer.builder(
                allocator,
                Location.forGrpcInsecure("127.0.0.1", 0),
                new FloorFlight(asked, allocator))
            .build();
    flight.start();
    System.out.println(flight.getPort());
    server.join();
  }

  private static final class Replies extends Handler.Abstract {
    private final URI real;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, byte[]> known = new ConcurrentHashMap<>();

    Replies(URI real) {
      this.real = real;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      byte[] body = Content.Source.asInputStream(request).readAllBytes();
      String kind = kind(body);
      byte[] answer = known.get(kind);
      if (answer == null) {
        answer = ask(body);
        known.put(kind, answer);
      }
      if (kind.contains("OpenConnection")) {
        // Other connections of the real server know other statements.
        known.clear();
      }
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
      response.write(true, ByteBuffer.wrap(answer), callback);
      return true;
    }

    /** A request begins with the name of its message, which is a kind of request. */
    private static String kind(byte[] body) {
      return new String(body, 2, body[1], StandardCharsets.US_ASCII);
    }

    private byte[] ask(byte[] body) throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(real)
              .header("Content-Type", "application/octet-stream")
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    }
  }
}
