package nl.ketendata.server.algebra;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/** Calcite's validator that counts what it does. */
final class Validator extends SqlValidatorImpl {
  /** A name is looked for in everything that is in sight. */
  private static final int NAME = 10;

  private final Effort effort;

  Validator(SqlOperatorTable operators, SqlValidatorCatalogReader reader, Types types) {
    super(
        operators,
        reader,
        types,
        Config.DEFAULT.withConformance(SqlText.CONFORMANCE).withIdentifierExpansion(true));
    this.effort = types.effort();
  }

  @Override
  public RelDataType deriveType(SqlValidatorScope scope, SqlNode expression) {
    effort.spend(expression instanceof SqlIdentifier ? NAME : 1);
    return super.deriveType(scope, expression);
  }
}
