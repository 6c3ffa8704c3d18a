package nl.ketendata.server.console;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import nl.ketendata.server.query.OutputColumn;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Comma-separated values (RFC 4180) in UTF-8 with a header; nothing for null, two quotes for an
 * empty text. Values are given as they are: a program reads them, not a spreadsheet.
 */
final class CsvRows implements RowsWriter {
  private static final String LINE = "\r\n";

  private final Writer out;

  CsvRows(OutputStream out, List<OutputColumn> columns) throws IOException {
    this.out = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    String comma = "";
    for (OutputColumn column : columns) {
      this.out.write(comma);
      write(column.label());
      comma = ",";
    }
    this.out.write(LINE);
  }

  @Override
  public void write(VectorSchemaRoot batch, int rows) throws IOException {
    List<Cell> cells = batch.getFieldVectors().stream().map(Cell::of).toList();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < cells.size(); column++) {
        if (column > 0) {
          out.write(',');
        }
        if (!cells.get(column).isNull(row)) {
          write(cells.get(column).text(row));
        }
      }
      out.write(LINE);
    }
  }

  private void write(String text) throws IOException {
    if (text.isEmpty() || needsQuotes(text)) {
      out.write('"');
      out.write(text.replace("\"", "\"\""));
      out.write('"');
    } else {
      out.write(text);
    }
  }

  private static boolean needsQuotes(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' || c == '"' || c == '\n' || c == '\r') {
        return true;
      }
    }
    return text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' ';
  }

  @Override
  public void end(boolean more) throws IOException {
    out.flush();
  }

  @Override
  public void close() {}
}
