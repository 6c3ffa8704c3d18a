package nl.ketendata.server.odata.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import nl.ketendata.server.query.RowStream;

/**
 * Writes rows to their end.
 *
 * <p>
 *
 * {@snippet :
 * Export.in(ExportFormat.CSV, new Export.Wishes(false, true), "JW301").write(columns, rows, out);
 * }
 */
public interface Export {

  /**
   * What the client may choose.
   *
   * @param mark whether CSV begins with a byte order mark, by which Excel knows UTF-8
   * @param guarded whether text in CSV that a spreadsheet would take for a formula gets an
   *     apostrophe in front
   */
  record Wishes(boolean mark, boolean guarded) {}

  /**
   * @param columns the first columns of the rows; what comes behind them is not written
   * @param out is closed when all is written, and only then
   */
  void write(List<ExportColumn> columns, RowStream rows, OutputStream out) throws IOException;

  /**
   * @param title of the sheet of a workbook
   */
  static Export in(ExportFormat format, Wishes wishes, String title) {
    return switch (format) {
      case CSV -> new CsvExport(wishes);
      case XLSX -> new WorkbookExport(title);
      case ARROW -> new ArrowExport();
    };
  }
}
