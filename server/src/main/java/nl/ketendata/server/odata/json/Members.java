package nl.ketendata.server.odata.json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes members of which some stand inside others, or are not there in every row. Only for rows
 * that were made of others: groups are few, so this may take its time.
 */
final class Members {
  /** The branch of rows that have all columns. */
  static final int WHOLE = -1;

  private final Layout layout;
  private final Style style;
  private final JsonOut out;
  private final List<Member> members = new ArrayList<>();

  /**
   * @param name with its annotation, to be written before the value
   * @param column whose value it is; none when it has members inside
   */
  private record Member(String key, byte[] name, int column, List<Member> inside) {}

  Members(Layout layout, Style style, JsonOut out) {
    this.layout = layout;
    this.style = style;
    this.out = out;
    for (int i = 0; i < layout.shown(); i++) {
      add(members, List.of(layout.columns().get(i).split("/")), i);
    }
  }

  private void add(List<Member> among, List<String> path, int column) {
    String key = path.get(0);
    if (path.size() == 1) {
      String type = layout.edmType(layout.columns().get(column));
      String annotation = style.full() ? RowsWriter.annotation(key, type) : "";
      among.add(new Member(key, bytes(annotation + ",\"" + key + "\":"), column, List.of()));
      return;
    }
    Member outer =
        among.stream()
            .filter(member -> member.key().equals(key) && member.column() == WHOLE)
            .findFirst()
            .orElseGet(
                () -> {
                  Member made =
                      new Member(key, bytes(",\"" + key + "\":{"), WHOLE, new ArrayList<>());
                  among.add(made);
                  return made;
                });
    add(outer.inside(), path.subList(1, path.size()), column);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Writes the members of a row.
   *
   * @param branch number of the row's branch, or {@link #WHOLE}
   * @param first whether no member was written yet
   * @return whether there is still none
   */
  boolean write(Cell[] cells, int row, int branch, boolean first) throws IOException {
    return write(members, cells, row, branch, first);
  }

  private boolean write(List<Member> some, Cell[] cells, int row, int branch, boolean first)
      throws IOException {
    boolean begin = first;
    for (Member member : some) {
      if (!present(member, cells, row, branch)) {
        continue;
      }
      out.raw(member.name(), begin ? 1 : 0);
      begin = false;
      if (member.column() == WHOLE) {
        write(member.inside(), cells, row, branch, true);
        out.raw('}');
      } else if (cells[member.column()].absent(row)) {
        out.raw("null");
      } else {
        cells[member.column()].write(row);
      }
    }
    return begin;
  }

  private boolean present(Member member, Cell[] cells, int row, int branch) {
    if (member.column() == WHOLE) {
      return member.inside().stream().anyMatch(each -> present(each, cells, row, branch));
    }
    boolean has =
        branch == WHOLE
            || layout.made().branches().get(branch).contains(layout.columns().get(member.column()));
    return has && !(style.omitNulls() && cells[member.column()].absent(row));
  }
}
