package nl.ketendata.server.flight;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import nl.ketendata.schema.Join;
import nl.ketendata.schema.Table;
import nl.ketendata.server.browse.Browser;
import nl.ketendata.server.browse.Browser.Found;
import nl.ketendata.server.browse.Browser.Link;
import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetCrossReference;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetDbSchemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetExportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetImportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetPrimaryKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTables;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/** What Flight SQL tells of the catalogs, schemas, tables and keys of a caller. */
final class Names {
  private static final int NO_ACTION = 3;

  private final Browser browser;

  Names(Browser browser) {
    this.browser = browser;
  }

  Listing catalogs() {
    return new Listing(
        Schemas.GET_CATALOGS_SCHEMA, rows(browser.catalogs().map(id -> new Object[] {id})));
  }

  Listing schemas(CommandGetDbSchemas asked) {
    return new Listing(
        Schemas.GET_SCHEMAS_SCHEMA,
        rows(
            browser
                .schemas(
                    given(asked.hasCatalog(), asked.getCatalog()),
                    given(asked.hasDbSchemaFilterPattern(), asked.getDbSchemaFilterPattern()))
                .map(scope -> new Object[] {scope.organisation(), scope.product().schemaName()})));
  }

  static Listing tableTypes() {
    return new Listing(
        Schemas.GET_TABLE_TYPES_SCHEMA,
        rows(Browser.KINDS.stream().map(kind -> new Object[] {kind})));
  }

  Listing tables(CommandGetTables asked) {
    List<String> kinds =
        asked.getTableTypesCount() == 0 ? Browser.KINDS : asked.getTableTypesList();
    Stream<Found> found =
        browser
            .tables(
                given(asked.hasCatalog(), asked.getCatalog()),
                given(asked.hasDbSchemaFilterPattern(), asked.getDbSchemaFilterPattern()),
                given(asked.hasTableNameFilterPattern(), asked.getTableNameFilterPattern()))
            .filter(one -> kinds.contains(one.kind()));
    return asked.getIncludeSchema()
        ? new Listing(
            Schemas.GET_TABLES_SCHEMA,
            rows(
                found.map(
                    one ->
                        new Object[] {
                          one.catalog(),
                          one.schema(),
                          one.table().name(),
                          one.kind(),
                          bytes(schema(one))
                        })))
        : new Listing(
            Schemas.GET_TABLES_SCHEMA_NO_SCHEMA,
            rows(
                found.map(
                    one ->
                        new Object[] {
                          one.catalog(), one.schema(), one.table().name(), one.kind()
                        })));
  }

  private static Schema schema(Found found) {
    return new Schema(
        found.table().allColumns().stream().map(column -> Fields.column(found, column)).toList());
  }

  private static byte[] bytes(Schema schema) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      MessageSerializer.serialize(new WriteChannel(Channels.newChannel(bytes)), schema);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  Listing primaryKeys(CommandGetPrimaryKeys asked) {
    Predicate<String> wanted = asked.getTable()::equalsIgnoreCase;
    return new Listing(
        Schemas.GET_PRIMARY_KEYS_SCHEMA,
        rows(
            browser
                .tables(
                    given(asked.hasCatalog(), asked.getCatalog()),
                    given(asked.hasDbSchema(), asked.getDbSchema()),
                    Optional.empty())
                .filter(found -> wanted.test(found.table().name()))
                .map(Names::primaryKey)));
  }

  private static Object[] primaryKey(Found found) {
    Table table = found.table();
    return new Object[] {
      found.catalog(), found.schema(), table.name(), table.key(), 1, table.primaryKey()
    };
  }

  /** The parents of a table. */
  Listing importedKeys(CommandGetImportedKeys asked) {
    return keys(
        Schemas.GET_IMPORTED_KEYS_SCHEMA,
        links(asked.hasCatalog(), asked.getCatalog(), asked.hasDbSchema(), asked.getDbSchema())
            .filter(link -> asked.getTable().equalsIgnoreCase(link.join().child())));
  }

  /** The children of a table. */
  Listing exportedKeys(CommandGetExportedKeys asked) {
    return keys(
        Schemas.GET_EXPORTED_KEYS_SCHEMA,
        links(asked.hasCatalog(), asked.getCatalog(), asked.hasDbSchema(), asked.getDbSchema())
            .filter(link -> asked.getTable().equalsIgnoreCase(link.join().parent())));
  }

  /** The links from one table to another; never between two catalogs. */
  Listing crossReference(CommandGetCrossReference asked) {
    return keys(
        Schemas.GET_CROSS_REFERENCE_SCHEMA,
        links(
                asked.hasPkCatalog(),
                asked.getPkCatalog(),
                asked.hasPkDbSchema(),
                asked.getPkDbSchema())
            .filter(link -> asked.getPkTable().equalsIgnoreCase(link.join().parent()))
            .filter(link -> asked.getFkTable().equalsIgnoreCase(link.join().child()))
            .filter(
                link ->
                    !asked.hasFkCatalog()
                        || asked.getFkCatalog().equalsIgnoreCase(link.scope().organisation()))
            .filter(
                link ->
                    !asked.hasFkDbSchema()
                        || asked
                            .getFkDbSchema()
                            .equalsIgnoreCase(link.scope().product().schemaName())));
  }

  private Stream<Link> links(boolean hasCatalog, String catalog, boolean hasSchema, String schema) {
    return browser.links(given(hasCatalog, catalog), given(hasSchema, schema));
  }

  private static Listing keys(Schema schema, Stream<Link> links) {
    return new Listing(schema, rows(links.map(Names::key)));
  }

  private static Object[] key(Link link) {
    Join join = link.join();
    String catalog = link.scope().organisation();
    String schema = link.scope().product().schemaName();
    return new Object[] {
      catalog,
      schema,
      join.parent(),
      join.key(),
      catalog,
      schema,
      join.child(),
      join.column(),
      1,
      join.foreignKey(),
      "PK_" + join.parent(),
      NO_ACTION,
      NO_ACTION
    };
  }

  private static List<Object[]> rows(Stream<Object[]> rows) {
    return rows.toList();
  }

  private static Optional<String> given(boolean has, String text) {
    return has ? Optional.of(text) : Optional.empty();
  }
}
