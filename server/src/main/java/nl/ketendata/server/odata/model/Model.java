package nl.ketendata.server.odata.model;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import nl.ketendata.schema.Join;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Table;

/** All entity types of one product. Immutable; shared by all requests of one shape. */
public final class Model {
  private final Product product;
  private final Map<String, EntityType> types = new LinkedHashMap<>();

  public Model(Product product, List<Table> tables, List<Join> joins) {
    this.product = product;
    for (Table table : tables) {
      types.put(table.name(), new EntityType(table, navigations(table.name(), joins)));
    }
  }

  private static List<Navigation> navigations(String table, List<Join> joins) {
    Stream<Navigation> parents =
        joins.stream()
            .filter(join -> join.child().equals(table) && !join.isToCodes())
            .map(Navigation::toParent);
    Stream<Navigation> children =
        joins.stream()
            .filter(join -> join.parent().equals(table) && !join.isToCodes())
            .map(Navigation::toChildren);
    Stream<Navigation> codes =
        joins.stream()
            .filter(join -> join.child().equals(table) && join.isToCodes())
            .map(Navigation::toParent);
    return Stream.of(parents, children, codes).flatMap(Function.identity()).toList();
  }

  /** The namespace of the types: {@code nl.ketendata.ijw}. */
  public String namespace() {
    return "nl.ketendata." + product.id();
  }

  public Product product() {
    return product;
  }

  public Collection<EntityType> types() {
    return types.values();
  }

  public Set<String> names() {
    return types.keySet();
  }

  public Optional<EntityType> type(String name) {
    return Optional.ofNullable(types.get(name));
  }

  /** The name of a type with its namespace. */
  public String qualified(EntityType type) {
    return namespace() + "." + type.name();
  }

  /** The type that a navigation of this model leads to. */
  public EntityType target(Navigation navigation) {
    return types.get(navigation.target());
  }
}
