package nl.ketendata.server.odata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
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
    failure.target().ifPresent(target -> error.put("target", target));
    failure.suggestion().ifPresent(name -> error.put("details", List.of(detail(failure, name))));
    return json(error);
  }

  /** The name that was probably meant, alone, for who reads errors by program. */
  private static Map<String, Object> detail(Failure failure, String name) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("code", failure.code().id());
    detail.put("message", name);
    failure.target().ifPresent(target -> detail.put("target", target));
    return detail;
  }

  private static byte[] json(Map<String, Object> error) {
    try {
      return JSON.writeValueAsBytes(Map.of("error", error));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
