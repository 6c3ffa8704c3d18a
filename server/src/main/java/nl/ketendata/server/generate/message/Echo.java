package nl.ketendata.server.generate.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nl.ketendata.schema.Column;
import nl.ketendata.server.generate.sheet.Cell;
import nl.ketendata.server.generate.sheet.Sheet;
import nl.ketendata.server.generate.sheet.Sheets;
import nl.ketendata.server.generate.world.RowKeys;

/** Repeats rows of a message's child file in the same class's file of its answer. */
final class Echo {
  private static final String MESSAGE = "Bericht_Id";

  private final Sheet to;
  private final String dataClass;
  private final List<Pair> values = new ArrayList<>();
  private final List<Pair> parents = new ArrayList<>();
  private final int heenKey;
  private final Cell key;
  private final Cell message;

  private record Pair(int from, Cell to) {}

  Echo(Sheet from, Sheet to) {
    this.to = to;
    dataClass = Sheets.dataClass(to.table());
    heenKey = from.key().index();
    key = to.key();
    message = to.cell(MESSAGE);
    for (Column column : from.table().columns()) {
      String name = column.name();
      if (name.equals(MESSAGE) || name.equals(from.table().key())) {
        continue;
      }
      Pair pair = new Pair(from.cell(name).index(), to.cell(name));
      (name.endsWith("_Id") ? parents : values).add(pair);
    }
  }

  /**
   * Repeats a row.
   *
   * @param keys the keys of the rows repeated before, by the key in the message
   */
  Returning.Judged repeat(
      Letter.Row row, String messageId, Map<String, String> keys, RowKeys source) {
    String id = source.next();
    keys.put(row.values()[heenKey], id);
    key.text(id);
    message.text(messageId);
    values.forEach(pair -> pair.to().text(row.values()[pair.from()]));
    parents.forEach(pair -> pair.to().text(keys.get(row.values()[pair.from()])));
    to.write();
    return new Returning.Judged(dataClass, id);
  }
}
