package nl.ketendata.server.intake;

/** A delivery on its way in, as it can be followed from outside. */
interface Followed {
  /** Tells it from others, for as long as it is there. */
  Object key();

  /** Rises whenever something is told. */
  long changes();

  /** How far it is. */
  Step step();

  boolean ended();
}
