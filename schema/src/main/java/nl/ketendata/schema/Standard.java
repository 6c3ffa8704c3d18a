package nl.ketendata.schema;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Everything that holds for one product: its tables, joins and relations. */
public final class Standard {
  private final Product product;
  private final List<Table> tables;
  private final Map<String, Table> byName;
  private final List<Join> joins;
  private final List<Relation> relations;

  Standard(Product product, List<Table> tables, List<Join> joins, List<Relation> relations) {
    this.product = product;
    this.tables = List.copyOf(tables);
    this.byName = Table.byName(tables);
    this.joins = List.copyOf(joins);
    this.relations = List.copyOf(relations);
  }

  public Product product() {
    return product;
  }

  /** The tables, in the order of the catalogue: a main file before its children. */
  public List<Table> tables() {
    return tables;
  }

  /** The table with this name, in any case. */
  public Optional<Table> table(String name) {
    return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
  }

  /** All parent-child links. */
  public List<Join> joins() {
    return joins;
  }

  /** The links from this table to its parents. */
  public List<Join> parentsOf(String table) {
    return joins.stream().filter(join -> join.child().equals(table)).toList();
  }

  /** The links from this table to its children. */
  public List<Join> childrenOf(String table) {
    return joins.stream().filter(join -> join.parent().equals(table)).toList();
  }

  /** The links between messages. */
  public List<Relation> relations() {
    return relations;
  }
}
