package nl.ketendata.server.odata;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Nearest;
import nl.ketendata.server.odata.uri.Excerpt;
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
   * @throws Failure KD415 when it does not lead to a service root
   */
  static RequestPath parse(String rawPath) {
    List<String> parts = new ArrayList<>();
    for (String part : rawPath.substring(1).split("/", -1)) {
      parts.add(Percent.decode(part));
    }
    if (parts.size() < ROOT || parts.get(ROOT - 1).isEmpty()) {
      throw unknown(rawPath);
    }
    String named = parts.get(ROOT - 1);
    Product product = Product.of(named).orElseThrow(() -> unknown(named));
    return new RequestPath(parts.get(1), product, below(parts));
  }

  private static Failure unknown(String found) {
    List<String> products = Arrays.stream(Product.values()).map(Product::id).toList();
    String form = "/odata/GM9999/" + String.join("/, /odata/GM9999/", products) + "/";
    Failure failure =
        Failure.of(Code.UNKNOWN_SERVICE, Excerpt.of(found), form).about(Excerpt.of(found));
    return Nearest.to(found, products).map(failure::meaning).orElse(failure);
  }

  // One slash at the end is forgiven; an empty segment elsewhere names nothing.
  private static List<String> below(List<String> parts) {
    int end = parts.get(parts.size() - 1).isEmpty() ? parts.size() - 1 : parts.size();
    return List.copyOf(parts.subList(ROOT, Math.max(ROOT, end)));
  }
}
