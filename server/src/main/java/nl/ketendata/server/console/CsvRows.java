package nl.ketendata.server.console;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import nl.ketendata.server.query.Cell;
import nl.ketendata.server.query.OutputColumn;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Comma-separated values (RFC 4180) in UTF-8 with a header; nothing for null, two quotes for an
 * empty text. Values are given as they are: a program reads them, not a spreadsheet.
 */
final class CsvRows implements RowsWriter {
  private static final String LINE = "\r\n";

  private final Writer out;
  private final CsvValues values;

  CsvRows(OutputStream out, List<OutputColumn> columns) throws IOException {
    this.out = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    this.values = new CsvValues(this.out);
    String comma = "";
    for (OutputColumn column : columns) {
      this.out.write(comma);
      values.other(column.label());
      comma = ",";
    }
    this.out.write(LINE);
  }

  @Override
  public void write(VectorSchemaRoot batch, int rows) throws IOException {
    List<Cell> cells = Cell.of(batch);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < cells.size(); column++) {
        if (column > 0) {
          out.write(',');
        }
        cells.get(column).tell(row, values);
      }
      out.write(LINE);
    }
  }

  @Override
  public void end(boolean more) throws IOException {
    out.flush();
  }

  @Override
  public void close() {}
}
