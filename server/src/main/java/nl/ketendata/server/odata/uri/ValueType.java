package nl.ketendata.server.odata.uri;

import nl.ketendata.schema.ColumnType;

/** The type of a value in an expression. */
enum ValueType {
  BOOLEAN("Edm.Boolean"),
  STRING("Edm.String"),
  INTEGER("Edm.Int64"),
  DECIMAL("Edm.Decimal"),
  DOUBLE("Edm.Double"),
  DATE("Edm.Date"),
  TIME("Edm.TimeOfDay"),
  INSTANT("Edm.DateTimeOffset"),
  /** Held as a whole number of microseconds. */
  DURATION("Edm.Duration"),
  GUID("Edm.Guid"),
  /** A related row: only comparable with null. */
  ENTITY("Edm.EntityType"),
  /** Null, which is of every type. */
  ANY("null");

  private final String edmName;

  ValueType(String edmName) {
    this.edmName = edmName;
  }

  String edmName() {
    return edmName;
  }

  boolean number() {
    return this == INTEGER || this == DECIMAL || this == DOUBLE;
  }

  /** Whether values of both types can be compared. */
  boolean comparable(ValueType other) {
    return this == other && this != ENTITY
        || number() && other.number()
        || this == ANY
        || other == ANY;
  }

  /** The type that holds values of both comparable types. */
  ValueType with(ValueType other) {
    if (this == ANY || other == DOUBLE) {
      return other;
    }
    return this == INTEGER && other == DECIMAL ? DECIMAL : this;
  }

  /** Whether a value of this type may stand where the other is asked for. */
  boolean fits(ValueType wanted) {
    return this == wanted || this == ANY || wanted == DECIMAL && number();
  }

  static ValueType of(ColumnType type) {
    return switch (type) {
      case STRING -> STRING;
      case INTEGER -> INTEGER;
      case DATE -> DATE;
      case TIME -> TIME;
      case DATETIME, INSTANT -> INSTANT;
    };
  }
}
