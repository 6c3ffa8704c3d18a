package nl.ketendata.server.odata.batch;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.http.Head;
import nl.ketendata.server.odata.uri.Excerpt;

/**
 * Answers a batch: one part after the other, in the order of the request.
 *
 * <p>
 *
 * {@snippet :
 * new Batch(head, exchange, "/odata/GM9030/ijw/", Batch.Limits.STANDARD).answer();
 * }
 */
public final class Batch {
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final Head head;
  private final Exchange exchange;
  private final String root;
  private final Limits limits;
  private final Outcomes outcomes = new Outcomes();

  /**
   * What one batch may hold.
   *
   * @param bytes of its body
   * @param parts requests in it
   */
  public record Limits(int bytes, int parts) {
    public static final Limits STANDARD = new Limits(1 << 20, 100);
  }

  /**
   * @param head answers the parts
   * @param root path of the service root, with a slash at the end
   */
  public Batch(Head head, Exchange exchange, String root, Limits limits) {
    this.head = head;
    this.exchange = exchange;
    this.root = root;
    this.limits = limits;
  }

  /**
   * @throws Failure KD540 to KD543 when the batch itself cannot be read
   */
  public void answer() throws IOException {
    Forms forms = Forms.of(exchange);
    List<Part> parts = forms.asked().read(Body.read(exchange, limits.bytes()));
    if (parts.size() > limits.parts()) {
      throw Failure.of(Code.BATCH_LIMIT, "$batch", parts.size(), limits.parts());
    }
    Continuation continuation = Continuation.of(exchange.header("Prefer"), forms.asked().goesOn());
    Answers answers = forms.answered().begin(exchange, continuation.applied());
    for (Part part : parts) {
      boolean good = answer(part, answers);
      if (!good && !continuation.goesOn()) {
        break;
      }
    }
    answers.end();
  }

  /** Whether it went well. */
  private boolean answer(Part part, Answers answers) throws IOException {
    PartExchange answering = exchange(part, answers);
    try {
      check(part);
      head.handle(answering);
    } catch (Failure failure) {
      if (answering.committed()) {
        throw failure;
      }
      head.refuse(answering, failure);
    }
    boolean good = answering.status() < 400;
    outcomes.note(part, answering.rawPath(), answering.tag(), good);
    return good;
  }

  private void check(Part part) {
    dependencies(part);
    String path =
        Target.path(outcomes.resolved(part.url()), exchange.baseUrl(), root)
            .orElseThrow(
                () -> Failure.of(Code.BATCH_FORM, "url", part.url(), exchange.baseUrl() + root));
    if (path.endsWith("/$batch")) {
      throw Failure.of(Code.BATCH_NESTED);
    }
    if (part.changes() || !READING.contains(part.method())) {
      throw Failure.of(Code.METHOD, part.method(), "GET, HEAD").about("method");
    }
    if (!path.startsWith(root)) {
      throw Failure.of(Code.UNKNOWN_RESOURCE, part.url());
    }
  }

  private void dependencies(Part part) {
    if (part.condition().isPresent()) {
      String condition = part.condition().get();
      if (!Condition.holds(condition, outcomes)) {
        throw Failure.of(Code.BATCH_DEPENDENCY, Excerpt.of(condition)).about("if");
      }
      return;
    }
    for (String other : part.dependsOn()) {
      if (!outcomes.succeeded(other)) {
        throw Failure.of(Code.BATCH_DEPENDENCY, other).about("dependsOn");
      }
    }
  }

  private PartExchange exchange(Part part, Answers answers) {
    String url = outcomes.resolved(part.url());
    return new PartExchange(
        exchange,
        part,
        Target.path(url, exchange.baseUrl(), root).orElse("/"),
        Target.query(url),
        answers,
        outcomes);
  }
}
