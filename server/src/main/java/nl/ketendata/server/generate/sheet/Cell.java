package nl.ketendata.server.generate.sheet;

/** The place of one column in the row that is being filled. */
public final class Cell {
  private final int index;
  private String value = "";

  public Cell(int index) {
    this.index = index;
  }

  public void text(String text) {
    value = text;
  }

  public void number(long number) {
    value = Long.toString(number);
  }

  public void day(int day) {
    value = Days.text(day);
  }

  /** Fills a day that may be open: {@link Days#OPEN} leaves the cell empty. */
  public void dayUnlessOpen(int day) {
    value = day == Days.OPEN ? "" : Days.text(day);
  }

  /** Fills a number for which 0 means absent. */
  public void numberUnlessZero(long number) {
    value = number == 0 ? "" : Long.toString(number);
  }

  public int index() {
    return index;
  }

  public String value() {
    return value;
  }

  public void clear() {
    value = "";
  }
}
