package nl.ketendata.server.odata.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Table;

/** A table as OData sees it. Names are exact: OData's grammar knows case. */
public final class EntityType {
  private final Table table;
  private final Map<String, Column> columns;
  private final Map<String, Navigation> navigations;

  EntityType(Table table, List<Navigation> navigations) {
    this.table = table;
    this.columns = new LinkedHashMap<>();
    table.allColumns().forEach(column -> columns.put(column.name(), column));
    this.navigations = new LinkedHashMap<>();
    navigations.forEach(navigation -> this.navigations.put(navigation.name(), navigation));
  }

  /** The name of the type and of its entity set. */
  public String name() {
    return table.name();
  }

  public Table table() {
    return table;
  }

  public String key() {
    return table.key();
  }

  /** All properties, in the order of the table. */
  public Collection<Column> columns() {
    return columns.values();
  }

  public Optional<Column> column(String name) {
    return Optional.ofNullable(columns.get(name));
  }

  /** All navigations: parents, children, code lists, in the order of the catalogue. */
  public Collection<Navigation> navigations() {
    return navigations.values();
  }

  public Optional<Navigation> navigation(String name) {
    return Optional.ofNullable(navigations.get(name));
  }

  /** The names of all properties and navigations. */
  public List<String> names() {
    List<String> names = new ArrayList<>(columns.keySet());
    names.addAll(navigations.keySet());
    return names;
  }
}
