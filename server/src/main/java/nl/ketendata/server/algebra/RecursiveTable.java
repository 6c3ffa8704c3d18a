package nl.ketendata.server.algebra;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.TransientTable;
import org.apache.calcite.schema.impl.AbstractTable;

/** The rows that a recursion found in its last step, under a name that no other has. */
final class RecursiveTable extends AbstractTable implements TransientTable {
  private final String name;
  private final RelDataType row;

  RecursiveTable(String name, RelDataType row) {
    this.name = name;
    this.row = row;
  }

  String name() {
    return name;
  }

  RelDataType row() {
    return row;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    return row;
  }
}
