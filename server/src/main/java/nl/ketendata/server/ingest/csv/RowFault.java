package nl.ketendata.server.ingest.csv;

/** Why a row cannot be placed. */
public enum RowFault {
  /** It has another number of fields than the header. */
  FIELD_COUNT,
  /** A quote is not closed, or is followed by text. */
  QUOTING,
  /** Its bytes are no text in the encoding of the file. */
  ENCODING,
  /** It is longer than a row can be. */
  TOO_LONG
}
