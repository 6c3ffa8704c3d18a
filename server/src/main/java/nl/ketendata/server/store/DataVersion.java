package nl.ketendata.server.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Table;
import nl.ketendata.server.policy.Gemeente;

/**
 * One published version of a gemeente's data of one product. Immutable, also on disk.
 *
 * @param gemeente whose data it is
 * @param product of which product
 * @param number ascending; 0 before the first delivery
 * @param catalog the name under which the engine knows it
 * @param tables the catalogue's tables with the columns that deliveries brought besides
 * @param rows number of rows by table
 * @param absent tables that the file was made without: they are empty
 * @param publishedAt when its last delivery was published; the epoch for version 0
 */
public record DataVersion(
    Gemeente gemeente,
    Product product,
    long number,
    String catalog,
    List<Table> tables,
    Map<String, Long> rows,
    Set<String> absent,
    Instant publishedAt) {

  /** Name of the column with a row's position in the version; ascending, with gaps. */
  public static final String POSITION = "rowid";

  public DataVersion {
    tables = List.copyOf(tables);
    rows = Map.copyOf(rows);
    absent = Set.copyOf(absent);
  }

  /** Where the engine has a table: catalog, schema and name. */
  public List<String> path(String table) {
    return absent.contains(table)
        ? List.of(Engine.EMPTY, product.id(), table)
        : List.of(catalog, "main", table);
  }
}
