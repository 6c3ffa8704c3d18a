package nl.ketendata.server.bench;

import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import nl.ketendata.schema.Table;
import org.apache.olingo.commons.api.data.ContextURL;
import org.apache.olingo.commons.api.edm.EdmEntitySet;
import org.apache.olingo.commons.api.format.ContentType;
import org.apache.olingo.server.api.OData;
import org.apache.olingo.server.api.ServiceMetadata;
import org.apache.olingo.server.api.serializer.EntityCollectionSerializerOptions;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** What a server with Olingo's streamed serializer makes of the same rows, over the same HTTP. */
final class OlingoServer {
  private OlingoServer() {}

  /** Serves a table of a version file on a free port, which it prints. */
  public static void main(String[] arguments) throws Exception {
    Direct direct = new Direct(Path.of(arguments[0]));
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Rows(direct, Direct.table(arguments[1])));
    server.start();
    System.out.println(connector.getLocalPort());
    server.join();
  }

  private static final class Rows extends Handler.Abstract {
    private final Direct direct;
    private final Table table;
    private final OData odata = OData.newInstance();
    private final ServiceMetadata metadata;

    Rows(Direct direct, Table table) {
      this.direct = direct;
      this.table = table;
      this.metadata = odata.createServiceMetadata(new OlingoModel(table), List.of());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
      EdmEntitySet set = metadata.getEdm().getEntityContainer().getEntitySet(table.name());
      try (OutputStream out = Content.Sink.asOutputStream(response);
          Statement statement = direct.statement();
          ResultSet rows = statement.executeQuery(Direct.select(table.name()))) {
        odata
            .createSerializer(ContentType.JSON)
            .entityCollectionStreamed(
                metadata,
                set.getEntityType(),
                new OlingoRows(rows, table),
                EntityCollectionSerializerOptions.with()
                    .contextURL(ContextURL.with().entitySet(set).build())
                    .build())
            .getODataContent()
            .write(out);
      }
      callback.succeeded();
      return true;
    }
  }
}
