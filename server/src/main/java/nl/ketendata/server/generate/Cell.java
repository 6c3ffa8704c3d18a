package nl.ketendata.server.generate;

/** The place of one column in the row that is being filled. */
final class Cell {
  private final int index;
  private String value = "";

  Cell(int index) {
    this.index = index;
  }

  void text(String text) {
    value = text;
  }

  void number(long number) {
    value = Long.toString(number);
  }

  void day(int day) {
    value = Days.text(day);
  }

  /** Fills a day that may be open: {@link Days#OPEN} leaves the cell empty. */
  void dayUnlessOpen(int day) {
    value = day == Days.OPEN ? "" : Days.text(day);
  }

  /** Fills a number for which 0 means absent. */
  void numberUnlessZero(long number) {
    value = number == 0 ? "" : Long.toString(number);
  }

  int index() {
    return index;
  }

  String value() {
    return value;
  }

  void clear() {
    value = "";
  }
}
