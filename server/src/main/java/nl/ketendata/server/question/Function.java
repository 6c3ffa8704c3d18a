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
  ROUND,
  FLOOR,
  CEILING,
  /** Casts to text. */
  TO_STRING,
  /** Casts to a whole number; null when it is none. */
  TO_INTEGER,
  /** Casts to a decimal number; null when it is none. */
  TO_DECIMAL,
  /** Casts to a date; null when it is none. */
  TO_DATE
}
