package nl.ketendata.server.portal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** A {@code .pbids} file: opens Power BI on one feed. It holds no credentials. */
final class ConnectionFile {
  private ConnectionFile() {}

  static byte[] of(Addresses addresses) {
    ObjectNode file = JsonNodeFactory.instance.objectNode().put("version", "0.1");
    ObjectNode connection = file.putArray("connections").addObject();
    ObjectNode details = connection.putObject("details").put("protocol", "odata");
    details.putObject("address").put("url", addresses.odata());
    connection.putObject("options");
    connection.put("mode", "Import");
    return file.toPrettyString().getBytes(StandardCharsets.UTF_8);
  }
}
