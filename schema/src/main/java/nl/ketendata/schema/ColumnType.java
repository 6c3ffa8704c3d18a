package nl.ketendata.schema;

/** The type of a column's values. */
public enum ColumnType {
  /** Text of any length; codes keep their leading zeros. */
  STRING("string"),
  /** A whole number of 64 bits; amounts are in eurocent. */
  INTEGER("integer"),
  /** A calendar date. */
  DATE("date"),
  /** A time of day, in Dutch wall clock. */
  TIME("time"),
  /** A date with time of day in Dutch wall clock (Europe/Amsterdam). */
  DATETIME("datetime"),
  /** A moment in UTC; only used by the columns that this server adds. */
  INSTANT("instant");

  private final String declared;

  ColumnType(String declared) {
    this.declared = declared;
  }

  /** The name of the type in the declaration files. */
  public String declared() {
    return declared;
  }
}
