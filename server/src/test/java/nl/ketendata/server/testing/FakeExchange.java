package nl.ketendata.server.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.policy.Role;

/** A request that was made by hand, and the answer that it got. */
public final class FakeExchange implements Exchange {
  private final String method;
  private byte[] sent = {};
  private final String target;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final Map<String, String> answered = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private Locale language = Locale.forLanguageTag("nl");
  private Caller caller = analist(Organisation.of(new Gemeente("9030")));
  private int status;
  private boolean complete;

  /**
   * @param target path and query, encoded
   */
  public FakeExchange(String method, String target) {
    this.method = method;
    this.target = target;
  }

  private static Caller analist(Organisation organisation) {
    return new Caller("test", Map.of(organisation.id(), organisation), Role.ANALIST);
  }

  /** From somebody of this organisation. */
  public FakeExchange of(Organisation organisation) {
    caller = analist(organisation);
    return this;
  }

  public FakeExchange with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  /** With a body. */
  public FakeExchange sending(String text) {
    sent = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  public FakeExchange in(Locale wanted) {
    language = wanted;
    return this;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String rawPath() {
    int question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  @Override
  public Optional<String> rawQuery() {
    int question = target.indexOf('?');
    return question < 0 ? Optional.empty() : Optional.of(target.substring(question + 1));
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public Locale language() {
    return language;
  }

  @Override
  public String baseUrl() {
    return "https://data.example";
  }

  @Override
  public Caller caller() {
    return caller;
  }

  @Override
  public InputStream body() {
    return new ByteArrayInputStream(sent);
  }

  @Override
  public boolean committed() {
    return status != 0;
  }

  @Override
  public OutputStream respond(int newStatus, Map<String, String> newHeaders) {
    if (status != 0) {
      throw new IllegalStateException("answered twice");
    }
    status = newStatus;
    answered.putAll(newHeaders);
    return new OutputStream() {
      @Override
      public void write(int b) {
        if (!method.equals("HEAD")) {
          body.write(b);
        }
      }

      @Override
      public void write(byte[] bytes, int from, int length) {
        if (!method.equals("HEAD")) {
          body.write(bytes, from, length);
        }
      }

      @Override
      public void close() {
        complete = true;
      }
    };
  }

  public int status() {
    return status;
  }

  /** Whether the answer was ended as a whole one. */
  public boolean complete() {
    return complete;
  }

  public Map<String, String> answered() {
    return new LinkedHashMap<>(answered);
  }

  public Optional<String> answered(String header) {
    return Optional.ofNullable(answered.get(header));
  }

  public byte[] bytes() {
    return body.toByteArray();
  }

  public String text() {
    return body.toString(StandardCharsets.UTF_8);
  }
}
