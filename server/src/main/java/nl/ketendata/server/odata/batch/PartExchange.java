package nl.ketendata.server.odata.batch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.policy.Caller;

/** A part of a batch as a request of its own, asked by who asks the batch. */
final class PartExchange implements Exchange {
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private final Exchange batch;
  private final Part part;
  private final String path;
  private final Optional<String> query;
  private final Answers answers;
  private final Outcomes outcomes;
  private Optional<String> tag = Optional.empty();
  private int status;
  private boolean begun;

  PartExchange(
      Exchange batch,
      Part part,
      String path,
      Optional<String> query,
      Answers answers,
      Outcomes outcomes) {
    this.batch = batch;
    this.part = part;
    this.path = path;
    this.query = query;
    this.answers = answers;
    this.outcomes = outcomes;
  }

  @Override
  public String method() {
    return part.method();
  }

  @Override
  public String rawPath() {
    return path;
  }

  @Override
  public Optional<String> rawQuery() {
    return query;
  }

  /** What the batch says of itself (its form, its wishes) says nothing of its parts. */
  @Override
  public Optional<String> header(String name) {
    Optional<String> value = Optional.ofNullable(part.headers().get(name));
    return name.startsWith("If-") ? value.map(outcomes::tag) : value;
  }

  @Override
  public Locale language() {
    return batch.language();
  }

  @Override
  public String baseUrl() {
    return batch.baseUrl();
  }

  @Override
  public Caller caller() {
    return batch.caller();
  }

  @Override
  public InputStream body() {
    return InputStream.nullInputStream();
  }

  @Override
  public boolean committed() {
    return begun;
  }

  int status() {
    return status;
  }

  /** The ETag of the answer. */
  Optional<String> tag() {
    return tag;
  }

  @Override
  public OutputStream respond(int newStatus, Map<String, String> headers) {
    status = newStatus;
    tag = Optional.ofNullable(headers.get("ETag"));
    boolean silent =
        method().equals("HEAD") || newStatus == NO_CONTENT || newStatus == NOT_MODIFIED;
    return new Late(newStatus, headers, silent);
  }

  /** Begins the part when there is something of it, so that until then it can be refused. */
  private final class Late extends OutputStream {
    private final int answered;
    private final Map<String, String> headers;
    private final boolean silent;
    private Optional<OutputStream> out = Optional.empty();

    Late(int answered, Map<String, String> headers, boolean silent) {
      this.answered = answered;
      this.headers = headers;
      this.silent = silent;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      OutputStream to = out();
      if (!silent) {
        to.write(bytes, offset, length);
      }
    }

    @Override
    public void close() throws IOException {
      out().close();
    }

    private OutputStream out() throws IOException {
      if (out.isEmpty()) {
        begun = true;
        out = Optional.of(answers.part(part, answered, headers));
      }
      return out.get();
    }
  }
}
