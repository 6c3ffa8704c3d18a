package nl.ketendata.server.odata.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.odata.uri.Excerpt;

/**
 * The form in which a batch is asked and the one in which it is answered: as the client accepts,
 * and otherwise as it asked (Protocol 4.01, 11.7.1). OData 4.0 knew no batches in JSON, and clients
 * of that time accept JSON whatever they send ({@code @odata/client} does): a batch in multipart is
 * answered as such unless the client says that it speaks a later version.
 */
record Forms(Form asked, Form answered) {
  private static final String MULTIPART = "multipart/mixed";
  private static final String JSON = "application/json";
  private static final Pattern QUALITY = Pattern.compile(";\\s*q=([01](?:\\.[0-9]{0,3})?)");

  /**
   * @throws Failure KD543 when the batch is in no form that can be read, KD505 when the client
   *     accepts no form that there is
   */
  static Forms of(Exchange exchange) {
    String type = exchange.header("Content-Type").orElse("");
    Form asked =
        switch (name(type)) {
          case MULTIPART -> new MultipartForm(type, boundary());
          case JSON -> new JsonForm();
          default ->
              throw Failure.of(Code.BATCH_MEDIA, type, MULTIPART + ";boundary=…, " + JSON)
                  .about("Content-Type");
        };
    Optional<String> accept = exchange.header("Accept").filter(header -> !header.isBlank());
    boolean late = late(exchange, "OData-MaxVersion") || late(exchange, "OData-Version");
    return accept.isEmpty() || !late && asked instanceof MultipartForm
        ? new Forms(asked, asked)
        : new Forms(asked, accepted(accept.get(), asked));
  }

  private static boolean late(Exchange exchange, String header) {
    return exchange.header(header).filter(version -> !version.strip().equals("4.0")).isPresent();
  }

  private static Form accepted(String accept, Form asked) {
    for (String range : byQuality(accept)) {
      switch (name(range)) {
        case "*/*":
          return asked;
        case MULTIPART, "multipart/*":
          return asked instanceof MultipartForm ? asked : new MultipartForm("", boundary());
        case JSON, "application/*":
          return asked instanceof JsonForm ? asked : new JsonForm();
        default:
          break;
      }
    }
    throw Failure.of(Code.NOT_ACCEPTABLE, Excerpt.of(accept), MULTIPART + ", " + JSON)
        .about("Accept");
  }

  /** The ranges, the most wanted first, the refused left out. */
  private static List<String> byQuality(String accept) {
    List<String> ranges = new ArrayList<>(List.of(accept.split(",")));
    ranges.removeIf(range -> quality(range) == 0);
    ranges.sort(Comparator.comparingDouble(Forms::quality).reversed());
    return ranges;
  }

  private static double quality(String range) {
    Matcher quality = QUALITY.matcher(range);
    return quality.find() ? Double.parseDouble(quality.group(1)) : 1;
  }

  private static String name(String type) {
    return type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
  }

  private static String boundary() {
    return "batch_" + UUID.randomUUID();
  }
}
