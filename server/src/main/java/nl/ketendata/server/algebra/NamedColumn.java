package nl.ketendata.server.algebra;

import org.apache.calcite.rex.RexBiVisitor;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVariable;
import org.apache.calcite.rex.RexVisitor;

/** Stands in an expression that is only to be read: prints as a name. */
final class NamedColumn extends RexVariable {
  NamedColumn(String name, RexNode of) {
    super(name, of.getType());
  }

  @Override
  public <R> R accept(RexVisitor<R> visitor) {
    throw new UnsupportedOperationException("only to be read");
  }

  @Override
  public <R, P> R accept(RexBiVisitor<R, P> visitor, P argument) {
    throw new UnsupportedOperationException("only to be read");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NamedColumn column && column.getName().equals(getName());
  }

  @Override
  public int hashCode() {
    return getName().hashCode();
  }
}
