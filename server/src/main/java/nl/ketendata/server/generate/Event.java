package nl.ketendata.server.generate;

/** Something that is due. */
@FunctionalInterface
interface Event {
  /**
   * Lets it happen, with at most one message.
   *
   * @return whether it sent that message; false when it turned out to be no longer called for
   */
  boolean happen(Moment now);
}
