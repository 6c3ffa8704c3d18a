package nl.ketendata.server.odata.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Answers as JSON objects: a body of JSON as it is, of text as a string, of anything else as
 * base64url.
 */
final class JsonAnswers implements Answers {
  private final OutputStream out;
  private boolean first = true;

  JsonAnswers(OutputStream out) throws IOException {
    this.out = out;
    raw("{\"responses\":[");
  }

  @Override
  public OutputStream part(Part part, int status, Map<String, String> headers) throws IOException {
    raw(first ? "" : ",");
    first = false;
    Map<String, String> lower = new TreeMap<>();
    headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    raw("{" + named("id", part.id()) + named("atomicityGroup", part.group()));
    raw("\"status\":" + status + ",\"headers\":" + json(lower));
    String type = lower.getOrDefault("content-type", "");
    if (type.startsWith("application/json")) {
      return new Value("", "}", new Open());
    }
    if (type.startsWith("text/")) {
      return new Value("\"", "\"}", new Escaping());
    }
    return new Value("\"", "\"}", Base64.getUrlEncoder().withoutPadding().wrap(new Open()));
  }

  private static String named(String name, Optional<String> value) {
    return value.map(text -> "\"" + name + "\":" + json(text) + ",").orElse("");
  }

  private static String json(Object value) {
    try {
      return JsonForm.JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void raw(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void end() throws IOException {
    raw("]}");
    out.close();
  }

  /** The body of a part; without any bytes it has none. */
  private final class Value extends FilterOutputStream {
    private final String before;
    private final String after;
    private boolean some;

    Value(String before, String after, OutputStream coded) {
      super(coded);
      this.before = before;
      this.after = after;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (!some) {
        raw(",\"body\":" + before);
      }
      some = true;
      out.write(bytes, offset, length);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void close() throws IOException {
      if (some) {
        out.close();
      }
      raw(some ? after : "}");
    }
  }

  /** Does not end the whole when a part ends. */
  private final class Open extends FilterOutputStream {
    Open() {
      super(JsonAnswers.this.out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() {
      // The next part follows.
    }
  }

  /** Text inside a string. Each byte of UTF-8 beyond ASCII is itself. */
  private final class Escaping extends OutputStream {
    private final JsonStringEncoder encoder = JsonStringEncoder.getInstance();

    @Override
    public void write(int b) throws IOException {
      if (b >= 0x20 && b != '"' && b != '\\' || b < 0) {
        JsonAnswers.this.out.write(b);
        return;
      }
      JsonAnswers.this.out.write(encoder.quoteAsUTF8(String.valueOf((char) b)));
    }
  }
}
