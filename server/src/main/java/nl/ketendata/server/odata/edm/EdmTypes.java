package nl.ketendata.server.odata.edm;

import nl.ketendata.schema.Column;
import nl.ketendata.schema.Table;
import nl.ketendata.server.odata.model.EntityType;
import org.apache.olingo.commons.api.edm.EdmPrimitiveTypeKind;
import org.apache.olingo.commons.api.edm.provider.CsdlProperty;

/** Turns columns into properties. */
final class EdmTypes {
  /** Digits of a second: what the store keeps and what Power Query can read. */
  private static final int MICROSECONDS = 6;

  private EdmTypes() {}

  static CsdlProperty property(EntityType type, Column column) {
    CsdlProperty property =
        new CsdlProperty()
            .setName(column.name())
            .setType(kind(column).getFullQualifiedName())
            .setNullable(nullable(type, column));
    switch (column.type()) {
      case TIME, DATETIME, INSTANT -> property.setPrecision(MICROSECONDS);
      case STRING, INTEGER, DATE -> {}
    }
    return property;
  }

  private static EdmPrimitiveTypeKind kind(Column column) {
    return switch (column.type()) {
      case STRING -> EdmPrimitiveTypeKind.String;
      case INTEGER -> EdmPrimitiveTypeKind.Int64;
      case DATE -> EdmPrimitiveTypeKind.Date;
      case TIME -> EdmPrimitiveTypeKind.TimeOfDay;
      case DATETIME, INSTANT -> EdmPrimitiveTypeKind.DateTimeOffset;
    };
  }

  // Not what the standard says of the column: a delivery may lack any value but the row key.
  private static boolean nullable(EntityType type, Column column) {
    return !column.name().equals(type.key()) && !Table.ADDED.contains(column);
  }
}
