package nl.ketendata.server.odata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import nl.ketendata.server.failure.Failure;

/** OData's error object. */
final class ErrorBody {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ErrorBody() {}

  static byte[] of(Failure failure, Locale language) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", failure.code().id());
    error.put("message", failure.message(language));
    try {
      return JSON.writeValueAsBytes(Map.of("error", error));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
