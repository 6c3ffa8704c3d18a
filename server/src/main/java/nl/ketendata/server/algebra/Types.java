package nl.ketendata.server.algebra;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import nl.ketendata.schema.ColumnType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** The types of SQL, as the store computes them: sums do not overflow, averages are not cut. */
final class Types extends SqlTypeFactoryImpl {
  static final int MAX_DECIMAL = 38;
  static final int MICROSECONDS = 6;

  private final Effort effort;

  Types(Effort effort) {
    super(new TypeSystem());
    this.effort = effort;
  }

  /** What the statement that these types are for has taken. */
  Effort effort() {
    return effort;
  }

  @Override
  public RelDataType createTypeWithNullability(RelDataType type, boolean nullable) {
    effort.spend(1);
    return super.createTypeWithNullability(type, nullable);
  }

  @Override
  public RelDataType createSqlType(SqlTypeName typeName) {
    effort.spend(1);
    return super.createSqlType(typeName);
  }

  @Override
  public RelDataType leastRestrictive(List<RelDataType> types, SqlTypeMappingRule mappingRule) {
    effort.spend(types.size());
    return super.leastRestrictive(types, mappingRule);
  }

  @Override
  public RelDataType createStructType(
      StructKind kind, List<RelDataType> types, List<String> names) {
    effort.spendRow(names.size());
    return super.createStructType(kind, types, names);
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }

  /** The SQL type of a column. */
  RelDataType of(ColumnType type, boolean nullable) {
    RelDataType plain =
        switch (type) {
          case STRING -> createSqlType(SqlTypeName.VARCHAR);
          case INTEGER -> createSqlType(SqlTypeName.BIGINT);
          case DATE -> createSqlType(SqlTypeName.DATE);
          case TIME -> createSqlType(SqlTypeName.TIME, MICROSECONDS);
          case DATETIME, INSTANT -> createSqlType(SqlTypeName.TIMESTAMP, MICROSECONDS);
        };
    return createTypeWithNullability(plain, nullable);
  }

  /** What the engine does with numbers and moments. */
  private static final class TypeSystem extends RelDataTypeSystemImpl {
    @Override
    public int getMaxPrecision(SqlTypeName type) {
      return switch (type) {
        case DECIMAL -> MAX_DECIMAL;
        case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> MICROSECONDS;
        default -> super.getMaxPrecision(type);
      };
    }

    @Override
    public int getMaxScale(SqlTypeName type) {
      return type == SqlTypeName.DECIMAL ? MAX_DECIMAL : super.getMaxScale(type);
    }

    @Override
    public int getDefaultPrecision(SqlTypeName type) {
      return switch (type) {
        case TIME, TIMESTAMP -> MICROSECONDS;
        case DECIMAL -> 18;
        default -> super.getDefaultPrecision(type);
      };
    }

    @Override
    public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
      RelDataType sum = argument;
      if (SqlTypeUtil.isIntType(argument)) {
        sum = factory.createSqlType(SqlTypeName.DECIMAL, MAX_DECIMAL, 0);
      } else if (argument.getSqlTypeName() == SqlTypeName.DECIMAL) {
        sum = factory.createSqlType(SqlTypeName.DECIMAL, MAX_DECIMAL, argument.getScale());
      } else if (SqlTypeUtil.isApproximateNumeric(argument)) {
        sum = factory.createSqlType(SqlTypeName.DOUBLE);
      }
      return factory.createTypeWithNullability(sum, argument.isNullable());
    }

    @Override
    public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
      return factory.createTypeWithNullability(
          factory.createSqlType(SqlTypeName.DOUBLE), argument.isNullable());
    }

    @Override
    public RelDataType deriveDecimalDivideType(
        RelDataTypeFactory factory, RelDataType dividend, RelDataType divisor) {
      RelDataType quotient =
          SqlTypeUtil.isIntType(dividend) && SqlTypeUtil.isIntType(divisor)
              ? factory.leastRestrictive(List.of(dividend, divisor))
              : factory.createSqlType(SqlTypeName.DOUBLE);
      return orNull(factory, quotient);
    }

    @Override
    public RelDataType deriveDecimalModType(
        RelDataTypeFactory factory, RelDataType dividend, RelDataType divisor) {
      RelDataType rest = super.deriveDecimalModType(factory, dividend, divisor);
      return orNull(factory, rest == null ? divisor : rest);
    }

    /** Divided by zero is no value: counts and IS NOT NULL must know that there may be none. */
    private static RelDataType orNull(RelDataTypeFactory factory, RelDataType type) {
      return factory.createTypeWithNullability(type, true);
    }

    @Override
    public boolean shouldConvertRaggedUnionTypesToVarying() {
      return true;
    }
  }

  /** The type that an answer has: a bare NULL is a text. */
  static RelDataType shown(RelDataType type, RelDataTypeFactory factory) {
    return type.getSqlTypeName() == SqlTypeName.NULL
        ? factory.createTypeWithNullability(factory.createSqlType(SqlTypeName.VARCHAR), true)
        : type;
  }

  static RelDataTypeSystem system() {
    return new TypeSystem();
  }
}
