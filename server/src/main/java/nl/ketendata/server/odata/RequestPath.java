package nl.ketendata.server.odata;

import java.util.ArrayList;
import java.util.List;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.odata.uri.Percent;

/**
 * The path of a request.
 *
 * @param organisation as written
 * @param product whose tables are meant
 * @param segments below the service root, decoded; empty for the root itself
 */
record RequestPath(String organisation, Product product, List<String> segments) {
  private static final int ROOT = 3;

  /**
   * @throws Failure KD502 when it does not lead to a service root
   */
  static RequestPath parse(String rawPath) {
    List<String> parts = new ArrayList<>();
    for (String part : rawPath.substring(1).split("/", -1)) {
      parts.add(Percent.decode(part));
    }
    if (parts.size() < ROOT) {
      throw Failure.of(Code.UNKNOWN_RESOURCE, rawPath);
    }
    Product product =
        Product.of(parts.get(ROOT - 1))
            .orElseThrow(() -> Failure.of(Code.UNKNOWN_RESOURCE, parts.get(ROOT - 1)));
    return new RequestPath(parts.get(1), product, below(parts));
  }

  // One slash at the end is forgiven; an empty segment elsewhere names nothing.
  private static List<String> below(List<String> parts) {
    int end = parts.get(parts.size() - 1).isEmpty() ? parts.size() - 1 : parts.size();
    return List.copyOf(parts.subList(ROOT, Math.max(ROOT, end)));
  }
}
