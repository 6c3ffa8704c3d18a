package nl.ketendata.server.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.avatica.metrics.noop.NoopMetricsSystem;
import org.apache.calcite.avatica.remote.Handler;
import org.apache.calcite.avatica.remote.JsonHandler;
import org.apache.calcite.avatica.remote.JsonService;
import org.apache.calcite.avatica.remote.ProtobufHandler;
import org.apache.calcite.avatica.remote.ProtobufTranslation;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.Service.ErrorResponse;

/** The two forms in which Avatica's requests and responses travel. */
enum Wire {
  PROTOBUF("application/octet-stream") {
    @Override
    Reply answer(byte[] body, Service service, Function<Exception, ErrorResponse> refusal) {
      ProtobufHandler handler =
          new ProtobufHandler(service, TRANSLATION, NoopMetricsSystem.getInstance()) {
            @Override
            public Handler.HandlerResponse<byte[]> convertToErrorResponse(Exception e) {
              return new Handler.HandlerResponse<>(
                  write(refusal.apply(e)), Handler.HTTP_INTERNAL_SERVER_ERROR);
            }
          };
      Handler.HandlerResponse<byte[]> response = handler.apply(body);
      return new Reply(response.getStatusCode(), response.getResponse());
    }

    @Override
    byte[] write(ErrorResponse error) {
      try {
        return TRANSLATION.serializeResponse(error);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  },

  JSON("application/json;charset=utf-8") {
    @Override
    Reply answer(byte[] body, Service service, Function<Exception, ErrorResponse> refusal) {
      JsonHandler handler =
          new JsonHandler(service, NoopMetricsSystem.getInstance()) {
            @Override
            public Handler.HandlerResponse<String> convertToErrorResponse(Exception e) {
              String error = new String(write(refusal.apply(e)), StandardCharsets.UTF_8);
              return new Handler.HandlerResponse<>(error, Handler.HTTP_INTERNAL_SERVER_ERROR);
            }
          };
      Handler.HandlerResponse<String> response =
          handler.apply(new String(body, StandardCharsets.UTF_8));
      return new Reply(
          response.getStatusCode(), response.getResponse().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    byte[] write(ErrorResponse error) {
      try {
        return JsonService.MAPPER.writeValueAsBytes(error);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  };

  private static final ProtobufTranslation TRANSLATION = new ProtobufTranslationImpl();

  private final String contentType;

  Wire(String contentType) {
    this.contentType = contentType;
  }

  /**
   * The form of a request. The stock driver sends both as {@code application/octet-stream}; a JSON
   * request begins with a brace, which the message name that begins a protobuf request cannot.
   */
  static Wire of(Optional<String> contentType, byte[] body) {
    String declared = contentType.orElse("");
    if (declared.contains("json")) {
      return JSON;
    }
    if (declared.contains("protobuf")) {
      return PROTOBUF;
    }
    for (byte b : body) {
      if (!Character.isWhitespace(b)) {
        return b == '{' ? JSON : PROTOBUF;
      }
    }
    return PROTOBUF;
  }

  /**
   * Reads a request, has it answered and writes the answer.
   *
   * @param refusal what to say of an exception that the service throws or the request causes
   */
  abstract Reply answer(byte[] body, Service service, Function<Exception, ErrorResponse> refusal);

  abstract byte[] write(ErrorResponse error);

  String contentType() {
    return contentType;
  }

  /** An answer: HTTP's status and the bytes. */
  record Reply(int status, byte[] body) {}
}
