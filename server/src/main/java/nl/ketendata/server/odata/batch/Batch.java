package nl.ketendata.server.odata.batch;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.http.Head;

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
  private static final Pattern REFERENCE = Pattern.compile("\\$([^/?$]+)(.*)");
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final Head head;
  private final Exchange exchange;
  private final String root;
  private final Limits limits;
  private final Map<String, String> addresses = new HashMap<>();
  private final Set<String> failed = new HashSet<>();

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
    String type = exchange.header("Content-Type").orElse("");
    Form form =
        switch (type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT)) {
          case "multipart/mixed" -> new MultipartForm(type, "batch_" + UUID.randomUUID());
          case "application/json" -> new JsonForm();
          default ->
              throw Failure.of(
                  Code.BATCH_MEDIA, type, "multipart/mixed;boundary=…, application/json");
        };
    List<Part> parts = form.read(Body.read(exchange, limits.bytes()));
    if (parts.size() > limits.parts()) {
      throw Failure.of(Code.BATCH_LIMIT, "$batch", parts.size(), limits.parts());
    }
    boolean goOn = Wish.continueOnError(exchange.header("Prefer"));
    Answers answers = form.begin(exchange, goOn);
    for (Part part : parts) {
      boolean good = answer(part, answers);
      if (!good && !goOn) {
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
    part.id().ifPresent(id -> note(id, answering, good));
    return good;
  }

  private void note(String id, PartExchange answered, boolean good) {
    addresses.put(id, answered.rawPath());
    if (!good) {
      failed.add(id);
    }
  }

  private void check(Part part) {
    for (String other : part.dependsOn()) {
      if (failed.contains(other) || !addresses.containsKey(other)) {
        throw Failure.of(Code.BATCH_DEPENDENCY, other);
      }
    }
    String path =
        Target.path(resolved(part), exchange.baseUrl(), root)
            .orElseThrow(
                () -> Failure.of(Code.BATCH_FORM, "url", part.url(), exchange.baseUrl() + root));
    if (path.endsWith("/$batch")) {
      throw Failure.of(Code.BATCH_NESTED);
    }
    if (part.changes() || !READING.contains(part.method())) {
      throw Failure.of(Code.METHOD, part.method(), "GET, HEAD");
    }
    if (!path.startsWith(root)) {
      throw Failure.of(Code.UNKNOWN_RESOURCE, part.url());
    }
  }

  private PartExchange exchange(Part part, Answers answers) {
    String url = resolved(part);
    return new PartExchange(
        exchange,
        part,
        Target.path(url, exchange.baseUrl(), root).orElse("/"),
        Target.query(url),
        answers);
  }

  /** {@code $1/Naam} goes on where the request with that name went. */
  private String resolved(Part part) {
    var reference = REFERENCE.matcher(part.url());
    boolean named = reference.matches() && addresses.containsKey(reference.group(1));
    return named ? addresses.get(reference.group(1)) + reference.group(2) : part.url();
  }

  /** The wishes of a batch. */
  private static final class Wish {
    static boolean continueOnError(Optional<String> prefer) {
      for (String wish : prefer.orElse("").toLowerCase(Locale.ROOT).split("[,;]")) {
        String plain = wish.strip().replaceFirst("^odata\\.", "");
        if (plain.equals("continue-on-error") || plain.equals("continue-on-error=true")) {
          return true;
        }
      }
      return false;
    }
  }
}
