package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Changes to a statement's text that can be taken back: a place in the new text has an old one. */
final class Edits {
  /** What stands from {@code start} to {@code end} becomes another text. */
  private record Edit(int start, int end, String by) {}

  private final String old;
  private final List<Edit> edits = new ArrayList<>();

  Edits(String old) {
    this.old = old;
  }

  void replace(Token token, String by) {
    replace(token.start(), token.end(), by);
  }

  void replace(int start, int end, String by) {
    edits.add(new Edit(start, end, by));
  }

  void insert(int at, String text) {
    edits.add(new Edit(at, at, text));
  }

  /** The old text from one place to another. */
  String between(int start, int end) {
    return old.substring(start, end);
  }

  String applied() {
    StringBuilder text = new StringBuilder(old.length() + 64);
    int from = 0;
    for (Edit edit : inOrder()) {
      text.append(old, from, edit.start).append(edit.by);
      from = edit.end;
    }
    return text.append(old, from, old.length()).toString();
  }

  private List<Edit> inOrder() {
    return edits.stream()
        .sorted(Comparator.comparingInt(Edit::start).thenComparingInt(Edit::end))
        .toList();
  }

  /**
   * Where in the old text something stands.
   *
   * @param line in the new text, from 1
   * @param column in the new text, from 1
   */
  Place place(int line, int column) {
    return Place.of(old, offset(line, column));
  }

  /** The same, as the number of characters before it. */
  int offset(int line, int column) {
    return before(Place.offset(applied(), line, column));
  }

  private int before(int offset) {
    int moved = 0;
    for (Edit edit : inOrder()) {
      int start = edit.start + moved;
      if (offset < start) {
        break;
      }
      if (offset < start + edit.by.length()) {
        return edit.start;
      }
      moved += edit.by.length() - (edit.end - edit.start);
    }
    return offset - moved;
  }

  /** A line and a column, both from 1. */
  record Place(int line, int column) {
    private static Place of(String text, int offset) {
      int end = Math.min(offset, text.length());
      int lastBreak = text.lastIndexOf('\n', end - 1);
      int line = 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
      return new Place(line, end - lastBreak);
    }

    private static int offset(String text, int line, int column) {
      int start = 0;
      for (int i = 1; i < line; i++) {
        int next = text.indexOf('\n', start);
        start = next < 0 ? text.length() : next + 1;
      }
      return start + column - 1;
    }
  }
}
