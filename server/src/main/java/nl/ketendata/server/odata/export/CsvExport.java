package nl.ketendata.server.odata.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.server.odata.json.FlatRows;
import nl.ketendata.server.odata.json.JsonOut;
import nl.ketendata.server.query.RowStream;

/**
 * CSV as RFC 4180 has it: UTF-8, a heading, commas, CRLF, quotes where they are needed. No value is
 * an empty field; an empty text, which the data does not hold, would be {@code ""}. Values are
 * written as in JSON.
 *
 * <p>A spreadsheet takes text that begins with {@code = + - @}, a tab or a return for a formula,
 * which a name or a remark that somebody made up could misuse. Such text gets an apostrophe in
 * front, as OWASP advises ("CSV Injection"); who reads the file by program may ask for the text as
 * it is.
 */
final class CsvExport implements Export {
  private static final String MARK = "\uFEFF";
  private static final String FORMULA = "=+-@\t\r";

  private final Wishes wishes;

  CsvExport(Wishes wishes) {
    this.wishes = wishes;
  }

  @Override
  public void write(List<ExportColumn> columns, RowStream rows, OutputStream out)
      throws IOException {
    JsonOut text = new JsonOut(() -> out);
    text.raw(wishes.mark() ? MARK : "");
    for (int i = 0; i < columns.size(); i++) {
      text.raw(i == 0 ? "" : ",");
      text(text, columns.get(i).name().getBytes(StandardCharsets.UTF_8));
    }
    text.raw("\r\n");
    List<ColumnType> types =
        columns.stream()
            .map(column -> column.instant() ? ColumnType.INSTANT : ColumnType.DATETIME)
            .toList();
    FlatRows flat = new FlatRows(rows, types, text);
    while (flat.next()) {
      for (int i = 0; i < columns.size(); i++) {
        if (i > 0) {
          text.bytes(COMMA);
        }
        value(flat, text, i);
      }
      text.bytes(END);
    }
    text.finish();
  }

  private static final byte[] COMMA = {','};
  private static final byte[] END = {'\r', '\n'};

  private void value(FlatRows flat, JsonOut out, int column) throws IOException {
    if (flat.absent(column)) {
      return;
    }
    if (flat.isText(column)) {
      text(out, flat.text(column));
    } else {
      flat.plain(column);
    }
  }

  private void text(JsonOut out, byte[] utf8) throws IOException {
    boolean formula = wishes.guarded() && utf8.length > 0 && FORMULA.indexOf((char) utf8[0]) >= 0;
    if (!formula && !special(utf8)) {
      out.bytes(utf8);
      return;
    }
    String text = new String(utf8, StandardCharsets.UTF_8);
    out.raw("\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"");
  }

  private static boolean special(byte[] utf8) {
    for (byte b : utf8) {
      if (b == ',' || b == '"' || b == '\n' || b == '\r') {
        return true;
      }
    }
    return utf8.length == 0 || utf8[0] == ' ' || utf8[utf8.length - 1] == ' ';
  }
}
