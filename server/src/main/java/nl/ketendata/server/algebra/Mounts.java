package nl.ketendata.server.algebra;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;

/** Snapshots as Calcite's catalogs, schemas and tables. */
final class Mounts {
  private Mounts() {}

  /** A root with a catalog per organisation and a schema per product. */
  static CalciteSchema root(Collection<Snapshot> snapshots) {
    Map<String, Map<String, Schema>> catalogs = new HashMap<>();
    for (Snapshot snapshot : snapshots) {
      catalogs
          .computeIfAbsent(snapshot.organisation().id(), id -> new HashMap<>())
          .put(snapshot.product().schemaName(), new ProductSchema(snapshot));
    }
    catalogs.forEach(
        (id, schemas) ->
            schemas.put(
                InformationSchema.NAME,
                new InformationSchema(
                    snapshots.stream()
                        .filter(snapshot -> snapshot.organisation().id().equals(id))
                        .toList())));
    CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    root.add(InformationSchema.NAME, new InformationSchema(List.copyOf(snapshots)));
    catalogs.forEach((id, schemas) -> root.add(id, new Catalog(schemas)));
    return root;
  }

  private static final class Catalog extends AbstractSchema {
    private final Map<String, Schema> schemas;

    Catalog(Map<String, Schema> schemas) {
      this.schemas = Map.copyOf(schemas);
    }

    @Override
    protected Map<String, Schema> getSubSchemaMap() {
      return schemas;
    }
  }

  private static final class ProductSchema extends AbstractSchema {
    private final Map<String, Table> tables = new HashMap<>();

    ProductSchema(Snapshot snapshot) {
      snapshot
          .tables()
          .forEach(table -> tables.put(table.name(), new MountedTable(snapshot, table)));
    }

    @Override
    protected Map<String, Table> getTableMap() {
      return tables;
    }
  }
}
