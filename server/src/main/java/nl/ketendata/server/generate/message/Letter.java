package nl.ketendata.server.generate.message;

import java.util.List;
import nl.ketendata.server.generate.sheet.Sheet;

/**
 * A sent message that waits for its answer.
 *
 * @param main the row of its main file
 * @param rows the rows of its child files; only kept when the answer repeats them
 */
record Letter(String[] main, List<Row> rows) {

  /**
   * A row of a child file.
   *
   * @param sheet the file
   * @param values the values in the file's order
   */
  record Row(Sheet sheet, String[] values) {}
}
