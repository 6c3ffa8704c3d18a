package nl.ketendata.server.generate.world;

/** Something that is due. */
@FunctionalInterface
public interface Event {
  /**
   * Lets it happen, with at most one message.
   *
   * @return whether it sent that message; false when it turned out to be no longer called for
   */
  public boolean happen(Moment now);
}
