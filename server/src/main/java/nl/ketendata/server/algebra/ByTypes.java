package nl.ketendata.server.algebra;

import java.util.function.BiPredicate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;

/**
 * Takes two operands of types that nothing has to be cast for, or else what another checker takes.
 * (Calcite's own alternatives would cast a moment to a date to make it fit.)
 */
record ByTypes(BiPredicate<RelDataType, RelDataType> taken, SqlOperandTypeChecker others)
    implements SqlOperandTypeChecker {

  @Override
  public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
    return taken.test(binding.getOperandType(0), binding.getOperandType(1))
        || others.checkOperandTypes(binding, throwOnFailure);
  }

  @Override
  public SqlOperandCountRange getOperandCountRange() {
    return others.getOperandCountRange();
  }

  @Override
  public String getAllowedSignatures(SqlOperator operator, String name) {
    return others.getAllowedSignatures(operator, name);
  }
}
