package nl.ketendata.server.query;

import java.util.List;
import java.util.Optional;
import nl.ketendata.schema.Join;
import nl.ketendata.schema.Table;
import nl.ketendata.server.question.Scope;

/**
 * One version of the tables of a scope.
 *
 * @param scope the organisation and product
 * @param version opaque identifier of the version: letters, digits and {@code -}; equal versions
 *     hold equal data
 * @param tables all tables, with the columns that deliveries brought besides the catalogue's
 * @param joins the declared links between them
 * @param shape a text that is equal for equal sets of tables and columns
 */
public record Mounted(
    Scope scope, String version, List<Table> tables, List<Join> joins, String shape) {
  public Mounted {
    tables = List.copyOf(tables);
    joins = List.copyOf(joins);
  }

  /** A version whose shape is computed from its tables. */
  public Mounted(Scope scope, String version, List<Table> tables, List<Join> joins) {
    this(scope, version, tables, joins, Integer.toHexString(tables.hashCode()));
  }

  /** Names this version among all. */
  public String id() {
    return String.join("/", scope.organisation(), scope.product().id(), version);
  }

  /** The table with this exact name. */
  public Optional<Table> table(String name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst();
  }

  /** The link that a navigation of this table's name stands for, to children or to a parent. */
  public Optional<Join> navigation(String table, String navigation) {
    return joins.stream()
        .filter(
            join ->
                join.child().equals(table) && join.toParent().equals(navigation)
                    || join.parent().equals(table) && join.toChildren().equals(navigation))
        .findFirst();
  }
}
