package nl.ketendata.server.browse;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Join;
import nl.ketendata.schema.Message;
import nl.ketendata.schema.Table;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.query.Door;
import nl.ketendata.server.query.Mounted;
import nl.ketendata.server.question.Scope;

/** The catalogs, schemas and tables of one caller. */
public final class Browser {
  /**
   * The kinds of table that there are: with rows of its own, and one that shows those of others.
   */
  public static final List<String> KINDS = List.of("TABLE", "VIEW");

  private final Door door;
  private final Catalogue catalogue;
  private final Caller caller;

  public Browser(Door door, Catalogue catalogue, Caller caller) {
    this.door = door;
    this.catalogue = catalogue;
    this.caller = caller;
  }

  /** A table with the place that it is in. */
  public record Found(Scope scope, Table table) {
    public String catalog() {
      return scope.organisation();
    }

    public String schema() {
      return scope.product().schemaName();
    }

    /** One of {@link #KINDS}. */
    public String kind() {
      return KINDS.get(table.isWide() ? 1 : 0);
    }
  }

  /** A declared link with the place that both its tables are in. */
  public record Link(Scope scope, Join join) {}

  /** The catalogs, in order of their names. */
  public Stream<String> catalogs() {
    return door.scopes(caller).stream().map(Scope::organisation).distinct();
  }

  /**
   * The schemas.
   *
   * @param catalog name of a catalog, in any case; all when there is none
   * @param schema pattern of names
   */
  public Stream<Scope> schemas(Optional<String> catalog, Optional<String> schema) {
    Predicate<String> wanted = Like.names(schema);
    return door.scopes(caller).stream()
        .filter(scope -> catalog.map(scope.organisation()::equalsIgnoreCase).orElse(true))
        .filter(scope -> wanted.test(scope.product().schemaName()));
  }

  /** The tables, in order of catalog, schema and name. */
  public Stream<Found> tables(
      Optional<String> catalog, Optional<String> schema, Optional<String> table) {
    Predicate<String> wanted = Like.names(table);
    return schemas(catalog, schema)
        .flatMap(
            scope ->
                door.mounted(caller, scope).tables().stream()
                    .filter(found -> wanted.test(found.name()))
                    .sorted(Comparator.comparing(Table::name))
                    .map(found -> new Found(scope, found)));
  }

  /** The declared links between tables, in order of the child's name and then of the parent's. */
  public Stream<Link> links(Optional<String> catalog, Optional<String> schema) {
    return schemas(catalog, schema)
        .flatMap(
            scope -> {
              Mounted mounted = door.mounted(caller, scope);
              return mounted.joins().stream()
                  .sorted(Comparator.comparing(Join::child).thenComparing(Join::parent))
                  .map(join -> new Link(scope, join));
            });
  }

  /** What the rows are; for a file, the message's title in the standard and the class. */
  public String remarks(Table table) {
    if (!table.description().isEmpty()) {
      return table.description();
    }
    String title = catalogue.message(table.message()).map(Message::title).orElse("");
    String dataClass = table.dataClass().orElse("");
    return title.isEmpty() || dataClass.isEmpty() ? title + dataClass : title + ": " + dataClass;
  }

  /** Whether a column always has a value. */
  public static boolean required(Table table, Column column) {
    return column.name().equals(table.key()) || Table.ADDED.contains(column);
  }
}
