package nl.ketendata.server.generate.contract;

/**
 * A line of a declaration.
 *
 * @param number its number, unique within the provider; 0 while it has none
 * @param previous number of the line that it takes back, 0 for none
 * @param from first day of the product's period
 * @param to last day of that period
 * @param volume delivered volume
 * @param amount amount in eurocent
 */
public record DeclaredLine(int number, int previous, int from, int to, int volume, long amount) {
  public static final DeclaredLine NONE = new DeclaredLine(0, 0, 0, 0, 0, 0);

  public boolean isCredit() {
    return previous != 0;
  }

  public long signed() {
    return isCredit() ? -amount : amount;
  }

  public DeclaredLine numbered(int newNumber) {
    return new DeclaredLine(newNumber, previous, from, to, volume, amount);
  }

  /** The line that takes this one back. */
  public DeclaredLine reversed() {
    return new DeclaredLine(0, number, from, to, volume, amount);
  }
}
