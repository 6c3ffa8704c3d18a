package nl.ketendata.server.lookup;

/** A column that is left to the engine. */
final class Unfit extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unfit(String why) {
    super(why, null, false, false);
  }
}
