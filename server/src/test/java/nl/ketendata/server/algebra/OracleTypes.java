package nl.ketendata.server.algebra;

import org.apache.calcite.rel.type.DelegatingTypeSystem;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Our type system where Calcite can find it by name. */
public final class OracleTypes extends DelegatingTypeSystem {
  public static final OracleTypes INSTANCE = new OracleTypes();

  private final RelDataTypeSystem own = Types.system();

  private OracleTypes() {
    super(Types.system());
  }

  @Override
  public RelDataType deriveDecimalDivideType(
      RelDataTypeFactory factory, RelDataType dividend, RelDataType divisor) {
    return own.deriveDecimalDivideType(factory, dividend, divisor);
  }

  /** The oracle cannot add whole numbers as DECIMAL(38, 0). */
  @Override
  public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
    return SqlTypeUtil.isIntType(argument)
        ? factory.createTypeWithNullability(
            factory.createSqlType(SqlTypeName.BIGINT), argument.isNullable())
        : own.deriveSumType(factory, argument);
  }
}
