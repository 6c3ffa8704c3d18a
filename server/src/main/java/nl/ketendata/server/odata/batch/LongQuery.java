package nl.ketendata.server.odata.batch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.policy.Caller;

/**
 * A question whose options come in the body of {@code POST …/$query} (OData 4.01 URL Conventions,
 * 4.17), as the question that it stands for.
 */
public final class LongQuery implements Exchange {
  private static final String SUFFIX = "/$query";
  private static final int LONGEST = 64 * 1024;

  private final Exchange posted;
  private final String query;

  private LongQuery(Exchange posted, String query) {
    this.posted = posted;
    this.query = query;
  }

  /** Whether a request is one. */
  public static boolean is(Exchange exchange) {
    return exchange.method().equals("POST") && exchange.rawPath().endsWith(SUFFIX);
  }

  /**
   * @throws Failure KD543 when the body is no text, KD541 when it is too long
   */
  public static LongQuery of(Exchange posted) throws IOException {
    String type = posted.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (!type.startsWith("text/plain")) {
      throw Failure.of(Code.BATCH_MEDIA, type, "text/plain").about("Content-Type");
    }
    String body = new String(Body.read(posted, LONGEST), StandardCharsets.UTF_8).strip();
    String before = posted.rawQuery().map(text -> text + "&").orElse("");
    return new LongQuery(posted, before + body);
  }

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public String rawPath() {
    String path = posted.rawPath();
    return path.substring(0, path.length() - SUFFIX.length());
  }

  @Override
  public Optional<String> rawQuery() {
    return query.isEmpty() ? Optional.empty() : Optional.of(query);
  }

  @Override
  public Optional<String> header(String name) {
    return posted.header(name);
  }

  @Override
  public Locale language() {
    return posted.language();
  }

  @Override
  public String baseUrl() {
    return posted.baseUrl();
  }

  @Override
  public Caller caller() {
    return posted.caller();
  }

  @Override
  public InputStream body() {
    return InputStream.nullInputStream();
  }

  @Override
  public boolean committed() {
    return posted.committed();
  }

  @Override
  public OutputStream respond(int status, Map<String, String> headers) throws IOException {
    return posted.respond(status, headers);
  }
}
