package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Join;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Table;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.store.DataVersion;

/**
 * What an organisation sees of one product at one moment.
 *
 * @param organisation whose view it is
 * @param product of which product
 * @param versions one per gemeente, in the organisation's order
 * @param tables the tables of all versions, with every column that any of them has
 * @param joins the declared links between them
 */
public record Snapshot(
    Organisation organisation,
    Product product,
    List<DataVersion> versions,
    List<Table> tables,
    List<Join> joins) {

  public Snapshot {
    versions = List.copyOf(versions);
    tables = List.copyOf(tables);
    joins = List.copyOf(joins);
  }

  /** The view on these versions. */
  public static Snapshot of(
      Organisation organisation, Product product, List<DataVersion> versions, List<Join> joins) {
    return new Snapshot(organisation, product, versions, union(versions), joins);
  }

  private static List<Table> union(List<DataVersion> versions) {
    if (versions.size() == 1) {
      return versions.get(0).tables();
    }
    Map<String, Table> tables = new LinkedHashMap<>();
    for (DataVersion version : versions) {
      version.tables().forEach(table -> tables.merge(table.name(), table, Snapshot::widen));
    }
    return List.copyOf(tables.values());
  }

  private static Table widen(Table a, Table b) {
    List<Column> more = new ArrayList<>(b.columns());
    more.removeIf(column -> a.column(column.name()).isPresent());
    return a.with(more);
  }

  /** Identifies the versions: letters, digits and dashes; equal for equal data. */
  public String version() {
    return versions.stream()
        .map(version -> Long.toString(version.number()))
        .collect(Collectors.joining("-"));
  }

  /** Identifies organisation, product and versions, for caches. */
  String key() {
    return organisation.id() + "/" + product.id() + "/" + version();
  }
}
