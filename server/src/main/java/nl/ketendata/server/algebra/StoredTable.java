package nl.ketendata.server.algebra;

import java.util.Optional;
import nl.ketendata.schema.Table;
import nl.ketendata.server.store.DataVersion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.impl.AbstractTable;

/** A table of the engine; it knows what the mounted table knows of its keys. */
final class StoredTable extends AbstractTable {
  private final MountedTable mounted;
  private final Optional<Part> part;

  private StoredTable(MountedTable mounted, Optional<Part> part) {
    this.mounted = mounted;
    this.part = part;
  }

  /** A table that is part of no version, and may change. */
  StoredTable(MountedTable mounted) {
    this(mounted, Optional.empty());
  }

  /** A table of a version. */
  StoredTable(MountedTable mounted, Part part) {
    this(mounted, Optional.of(part));
  }

  /**
   * A table as it is in a version.
   *
   * @param columns what the reader sees of it
   */
  record Part(DataVersion version, Table columns) {}

  /** What it is in a version that never changes. */
  Optional<Part> part() {
    return part;
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
