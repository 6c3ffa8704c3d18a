package nl.ketendata.server.question;

/**
 * Functions and operators of OData 4.01 (URL Conventions, 5.1.1), with OData's meaning: eq and ne
 * know null, text is counted in Unicode code points, division by zero is null.
 */
public enum Function {
  EQ,
  NE,
  GT,
  GE,
  LT,
  LE,
  /** The first argument is one of the others. */
  IN,
  AND,
  OR,
  NOT,
  ADD,
  SUB,
  MUL,
  /** Whole for two whole numbers, otherwise decimal. */
  DIV,
  /** Always decimal. */
  DIVBY,
  MOD,
  NEGATE,
  CONTAINS,
  STARTSWITH,
  ENDSWITH,
  LENGTH,
  INDEXOF,
  /** Text, first position from 0, and optionally a length. */
  SUBSTRING,
  TOLOWER,
  TOUPPER,
  TRIM,
  CONCAT,
  /** Text and a regular expression that is found somewhere in it. */
  MATCHES_PATTERN,
  /** A text in lower case that is found in one of the other arguments, whatever their case. */
  SEARCH,
  /** Conditions and values in turn: the value behind the first condition that is true. */
  CASE,
  YEAR,
  MONTH,
  DAY,
  HOUR,
  MINUTE,
  SECOND,
  FRACTIONALSECONDS,
  DATE,
  TIME,
  TOTALOFFSETMINUTES,
  NOW,
  MINDATETIME,
  MAXDATETIME,
  /** A moment and a duration, in microseconds. */
  ADD_DURATION,
  /** The microseconds from the second moment to the first. */
  DURATION_BETWEEN,
  /** Seconds of a duration, with their fraction. */
  TOTALSECONDS,
  ROUND,
  FLOOR,
  CEILING,
  /** Casts to text. */
  TO_STRING,
  /** Casts to a whole number; null when it is none. */
  TO_INTEGER,
  /** Casts to a decimal number; null when it is none. */
  TO_DECIMAL,
  /** Casts to a floating-point number; null when it is none. */
  TO_DOUBLE,
  /** Casts to a truth; null when it is none. */
  TO_BOOLEAN,
  /** Casts to a time of day; null when it is none. */
  TO_TIME,
  /** Casts to a date; null when it is none. */
  TO_DATE,
  /** The moment at which a day begins, on Dutch wall clock. */
  TO_INSTANT
}
