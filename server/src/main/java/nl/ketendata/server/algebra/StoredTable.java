package nl.ketendata.server.algebra;

import nl.ketendata.schema.Table;
import nl.ketendata.server.store.DataVersion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.impl.AbstractTable;

/** A table in a version file; it knows what the mounted table knows of its keys. */
final class StoredTable extends AbstractTable {
  private final MountedTable mounted;
  private final DataVersion version;
  private final Table columns;

  /**
   * @param columns what the reader sees of it
   */
  StoredTable(MountedTable mounted, DataVersion version, Table columns) {
    this.mounted = mounted;
    this.version = version;
    this.columns = columns;
  }

  DataVersion version() {
    return version;
  }

  Table columns() {
    return columns;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory factory) {
    return mounted.getRowType(factory);
  }

  @Override
  public Statistic getStatistic() {
    return mounted.getStatistic();
  }
}
