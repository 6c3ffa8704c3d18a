package nl.ketendata.server.algebra;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.impl.AbstractTable;

/** A table in a version file; it knows what the mounted table knows of its keys. */
final class StoredTable extends AbstractTable {
  private final MountedTable mounted;

  StoredTable(MountedTable mounted) {
    this.mounted = mounted;
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
