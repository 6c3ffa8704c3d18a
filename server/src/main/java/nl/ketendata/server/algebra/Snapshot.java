package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import nl.ketendata.schema.CodeList;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Join;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Table;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.policy.Reading;
import nl.ketendata.server.store.DataVersion;

/**
 * What an organisation sees of one product at one moment.
 *
 * @param organisation whose view it is
 * @param product of which product
 * @param versions one per gemeente, in the organisation's order
 * @param tables the tables of all versions, with every column that any of them has
 * @param joins the declared links between them, and from columns to their code lists
 * @param reading how the caller reads it; the tables hold only columns that this shows
 * @param codes code lists by id, which are tables too when a column names them
 * @param log the organisation's audit log, which is a table too for who may read it
 */
public record Snapshot(
    Organisation organisation,
    Product product,
    List<DataVersion> versions,
    List<Table> tables,
    List<Join> joins,
    Reading reading,
    Map<String, CodeList> codes,
    Optional<Log> log) {

  /**
   * How far the audit log is read. It grows between versions, and a walk over its pages must end.
   *
   * @param last the number of the last line
   */
  public record Log(long last) {
    public static final Log WHOLE = new Log(Long.MAX_VALUE);
  }

  /** In a version's name, between the data and the end of the audit log. */
  public static final String LOG = "-a";

  public Snapshot {
    codes = Map.copyOf(codes);
    versions = List.copyOf(versions);
    tables = List.copyOf(tables);
    joins = List.copyOf(joins);
  }

  /** The whole of these versions. */
  public static Snapshot of(
      Organisation organisation, Product product, List<DataVersion> versions, List<Join> joins) {
    return of(organisation, product, versions, joins, Reading.WHOLE, Map.of());
  }

  /** What a reader sees of these versions: a column that is not shown is in no table. */
  public static Snapshot of(
      Organisation organisation,
      Product product,
      List<DataVersion> versions,
      List<Join> joins,
      Reading reading,
      Map<String, CodeList> codes) {
    return of(organisation, product, versions, joins, reading, codes, Optional.empty());
  }

  /**
   * The same for who may read the audit log, or not.
   *
   * @param log the table of the log
   */
  public static Snapshot of(
      Organisation organisation,
      Product product,
      List<DataVersion> versions,
      List<Join> joins,
      Reading reading,
      Map<String, CodeList> codes,
      Optional<Table> log) {
    List<Table> tables =
        union(versions).stream().map(table -> table.showing(reading::shows)).toList();
    List<Table> all = new ArrayList<>(tables);
    all.addAll(Wide.tables(tables, joins));
    all.addAll(CodeTables.of(product, tables, codes));
    log.ifPresent(all::add);
    List<Join> links = new ArrayList<>(joins);
    links.addAll(CodeTables.joins(all));
    return new Snapshot(
        organisation, product, versions, all, links, reading, codes, log.map(table -> Log.WHOLE));
  }

  /** The same with the audit log up to a line. */
  public Snapshot until(long line) {
    return new Snapshot(
        organisation,
        product,
        versions,
        tables,
        joins,
        reading,
        codes,
        log.map(whole -> new Log(line)));
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

  /**
   * Identifies the versions: letters, digits and dashes; equal for equal data. The number for an
   * organisation that is one gemeente; else each with its code, since a hoofdorganisatie may have
   * other gemeenten tomorrow. Behind that, {@code -a202611000000017} when the audit log ends at a
   * line.
   */
  public String version() {
    return data()
        + log.filter(known -> !known.equals(Log.WHOLE)).map(known -> LOG + known.last()).orElse("");
  }

  private String data() {
    if (organisation.gemeenten(product).size() == 1) {
      return Long.toString(versions.get(0).number());
    }
    return versions.stream()
        .map(version -> version.gemeente().code() + "x" + version.number())
        .collect(Collectors.joining("-"));
  }

  /** Identifies organisation, product, versions and reading, for caches. */
  String key() {
    return organisation.id()
        + "/"
        + product.id()
        + "/"
        + versions.stream().map(DataVersion::catalog).collect(Collectors.joining("-"))
        + "/"
        + reading.key()
        + log.map(known -> "/" + known).orElse("");
  }
}
