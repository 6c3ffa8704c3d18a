package nl.ketendata.server.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;
import org.apache.calcite.avatica.remote.JsonService;
import org.apache.calcite.avatica.remote.Service.CommitResponse;
import org.apache.calcite.avatica.remote.Service.Response;
import org.apache.calcite.avatica.remote.Service.RollbackResponse;

/**
 * The answers to the end of a transaction, of which there is nothing to do. Read from their JSON
 * form, since Avatica keeps their constructors to itself.
 */
final class Nothing {
  static final CommitResponse COMMITTED = read("commit", CommitResponse.class);
  static final RollbackResponse ROLLED_BACK = read("rollback", RollbackResponse.class);

  private Nothing() {}

  private static <T extends Response> T read(String name, Class<T> type) {
    try {
      return type.cast(
          JsonService.MAPPER.readValue("{\"response\":\"" + name + "\"}", Response.class));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
