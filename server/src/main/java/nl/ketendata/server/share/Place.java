package nl.ketendata.server.share;

/** A place that somebody holds; each is another one. */
final class Place {
  private final Party party;
  private final long since;

  /**
   * @param since as the clock of nanoseconds said
   */
  Place(Party party, long since) {
    this.party = party;
    this.since = since;
  }

  Party party() {
    return party;
  }

  long since() {
    return since;
  }
}
