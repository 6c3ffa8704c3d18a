package nl.ketendata.server.policy;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.ketendata.schema.Product;

/**
 * What stands in the place of a gemeente in URLs and SQL: one gemeente, or a hoofdorganisatie with
 * several.
 *
 * @param id {@code GM9030}, or the hoofdorganisatie's own identifier
 * @param activated whose data it shows of each product, in a fixed order; nothing of a product that
 *     is not there
 */
public record Organisation(String id, Map<Product, List<Gemeente>> activated) {
  public Organisation {
    Map<Product, List<Gemeente>> copy = new EnumMap<>(Product.class);
    activated.forEach((product, gemeenten) -> copy.put(product, List.copyOf(gemeenten)));
    activated = Map.copyOf(copy);
  }

  /** An organisation that shows all products of these gemeenten. */
  public Organisation(String id, List<Gemeente> gemeenten) {
    this(
        id,
        Arrays.stream(Product.values())
            .collect(Collectors.toMap(Function.identity(), product -> gemeenten)));
  }

  /** The organisation that is one gemeente. */
  public static Organisation of(Gemeente gemeente) {
    return new Organisation(gemeente.id(), List.of(gemeente));
  }

  /** Whose data of this product it shows, in a fixed order; nobody's when it is not activated. */
  public List<Gemeente> gemeenten(Product product) {
    return activated.getOrDefault(product, List.of());
  }

  /** Whose data it shows of any product, in a fixed order. */
  public List<Gemeente> gemeenten() {
    return Arrays.stream(Product.values())
        .flatMap(product -> gemeenten(product).stream())
        .distinct()
        .toList();
  }

  /** Equal for organisations that show the same. */
  String key() {
    StringBuilder key = new StringBuilder(id);
    for (Product product : Product.values()) {
      key.append('/').append(product.id());
      gemeenten(product).forEach(gemeente -> key.append('.').append(gemeente.code()));
    }
    return key.toString();
  }
}
