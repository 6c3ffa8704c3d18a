package nl.ketendata.schema;

/** How far a column's values say something about a person. */
public enum Privacy {
  GEEN,
  DIRECT,
  QUASI,
  PSEUDONIEM,
  ZORGINHOUD,
  GEVOELIG,
  VRIJE_TEKST,
  PROFESSIONAL
}
