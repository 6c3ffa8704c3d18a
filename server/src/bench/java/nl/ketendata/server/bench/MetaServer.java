package nl.ketendata.server.bench;

import java.nio.ByteBuffer;
import java.util.Properties;
import org.apache.calcite.avatica.jdbc.JdbcMeta;
import org.apache.calcite.avatica.metrics.noop.NoopMetricsSystem;
import org.apache.calcite.avatica.remote.LocalService;
import org.apache.calcite.avatica.remote.ProtobufHandler;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** Avatica's own server of a JDBC driver, over the engine's: what anybody can set up in a day. */
final class MetaServer {
  private MetaServer() {}

  /** Serves a version file on a free port, which it prints. */
  public static void main(String[] arguments) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("jdbc_stream_results", "true");
    properties.setProperty("access_mode", "READ_ONLY");
    JdbcMeta meta = new JdbcMeta("jdbc:duckdb:" + arguments[0], properties);
    ProtobufHandler handler =
        new ProtobufHandler(
            new LocalService(meta), new ProtobufTranslationImpl(), NoopMetricsSystem.getInstance());
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Requests(handler));
    server.start();
    System.out.println(connector.getLocalPort());
    server.join();
  }

  private static final class Requests extends Handler.Abstract {
    private final ProtobufHandler handler;

    Requests(ProtobufHandler handler) {
      this.handler = handler;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      var answer = handler.apply(Content.Source.asInputStream(request).readAllBytes());
      response.setStatus(answer.getStatusCode());
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
      response.write(true, ByteBuffer.wrap(answer.getResponse()), callback);
      return true;
    }
  }
}
