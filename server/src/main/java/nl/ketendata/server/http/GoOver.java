package nl.ketendata.server.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;

/**
 * Goes over to HTTP/2 when a request asks for it, but not with one whose body is still to come:
 * Jetty would take that for frames. It is answered in HTTP/1.1, as a server may.
 */
final class GoOver extends HTTP2CServerConnectionFactory {
  GoOver(HttpConfiguration http) {
    super(http);
  }

  @Override
  public Connection upgradeConnection(
      Connector connector, EndPoint endPoint, MetaData.Request request, HttpFields.Mutable answer) {
    HttpFields headers = request.getHttpFields();
    boolean hasBody =
        headers.contains(HttpHeader.TRANSFER_ENCODING)
            || headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0;
    return hasBody ? null : super.upgradeConnection(connector, endPoint, request, answer);
  }
}
