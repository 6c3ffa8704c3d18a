package nl.ketendata.server.odata.export;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.query.RowStream;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FloatingPointVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * One sheet of a workbook, with a heading that stays in view. Dates are dates, times parts of a
 * day; a date-time is the Dutch wall clock, a moment its time in UTC. Text is text, so that nothing
 * in it is a formula.
 */
public final class WorkbookExport implements Export {
  /** The most rows below the heading. */
  public static final long MOST_ROWS = 1_048_575;

  /** Excel counts with fifteen digits. */
  private static final long EXACT = 1_000_000_000_000_000L;

  private static final int LONGEST_TEXT = 32_767;
  private static final double DAY = 86_400e6;
  private static final int FIRST_YEAR = 1900;
  private static final int SHEET_NAME = 31;
  private static final int ROWS_AT_ONCE = 256;
  private static final String DATE = "yyyy-mm-dd";
  private static final String DATE_TIME = "yyyy-mm-dd hh:mm:ss";
  private static final String TIME = "hh:mm:ss";

  private final String title;

  WorkbookExport(String title) {
    this.title = title.length() > SHEET_NAME ? title.substring(0, SHEET_NAME) : title;
  }

  @Override
  public void write(List<ExportColumn> columns, RowStream rows, OutputStream out)
      throws IOException {
    // Closing a workbook completes it, which half a one must not look like.
    Workbook workbook = new Workbook(new Unclosed(out), "Ketendata", "1.0");
    workbook.setCompressionLevel(1);
    Worksheet sheet = workbook.newWorksheet(title);
    for (int i = 0; i < columns.size(); i++) {
      sheet.inlineString(0, i, columns.get(i).name());
      sheet.style(0, i).bold().set();
    }
    sheet.freezePane(0, 1);
    int written = 0;
    while (rows.advance()) {
      VectorSchemaRoot batch = rows.batch();
      for (int row = 0; row < batch.getRowCount(); row++) {
        if (++written > MOST_ROWS) {
          throw Failure.of(Code.WORKBOOK_ROWS, ">" + MOST_ROWS, MOST_ROWS);
        }
        for (int column = 0; column < columns.size(); column++) {
          cell(sheet, written, column, batch.getVector(column), row);
        }
        if (written % ROWS_AT_ONCE == 0) {
          sheet.flush();
        }
      }
    }
    workbook.finish();
    out.close();
  }

  private static void cell(Worksheet sheet, int at, int column, FieldVector vector, int row) {
    if (vector.isNull(row)) {
      return;
    }
    if (vector instanceof VarCharVector text) {
      sheet.inlineString(at, column, shortened(text.get(row)));
    } else if (vector instanceof BaseIntVector whole) {
      whole(sheet, at, column, whole.getValueAsLong(row));
    } else if (vector instanceof DateDayVector day) {
      date(sheet, at, column, LocalDate.ofEpochDay(day.get(row)));
    } else if (vector instanceof TimeStampMicroVector moment) {
      dateTime(sheet, at, column, moment.get(row));
    } else if (vector instanceof TimeMicroVector time) {
      sheet.value(at, column, time.get(row) / DAY);
      sheet.style(at, column).format(TIME).set();
    } else if (vector instanceof DecimalVector decimal) {
      decimal(sheet, at, column, decimal.getObject(row));
    } else if (vector instanceof FloatingPointVector real) {
      real(sheet, at, column, real.getValueAsDouble(row));
    } else if (vector instanceof BitVector bit) {
      sheet.value(at, column, bit.get(row) == 1);
    } else {
      throw Failure.of(Code.INTERNAL, vector.getMinorType());
    }
  }

  private static String shortened(byte[] utf8) {
    String text = new String(utf8, StandardCharsets.UTF_8);
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
  }

  private static void whole(Worksheet sheet, int at, int column, long value) {
    if (value > -EXACT && value < EXACT) {
      sheet.value(at, column, value);
    } else {
      sheet.inlineString(at, column, Long.toString(value));
    }
  }

  private static void decimal(Worksheet sheet, int at, int column, BigDecimal value) {
    if (value.precision() <= 15) {
      sheet.value(at, column, value);
    } else {
      sheet.inlineString(at, column, value.toPlainString());
    }
  }

  private static void real(Worksheet sheet, int at, int column, double value) {
    if (Double.isFinite(value)) {
      sheet.value(at, column, value);
    } else {
      sheet.inlineString(at, column, Double.toString(value));
    }
  }

  /** Excel knows no dates before 1900. */
  private static void date(Worksheet sheet, int at, int column, LocalDate date) {
    if (date.getYear() < FIRST_YEAR || date.getYear() > 9_999) {
      sheet.inlineString(at, column, date.toString());
      return;
    }
    sheet.value(at, column, date);
    sheet.style(at, column).format(DATE).set();
  }

  private static void dateTime(Worksheet sheet, int at, int column, long micros) {
    LocalDateTime moment =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000L),
            (int) Math.floorMod(micros, 1_000_000L) * 1_000,
            ZoneOffset.UTC);
    if (moment.getYear() < FIRST_YEAR || moment.getYear() > 9_999) {
      sheet.inlineString(at, column, moment.toString());
      return;
    }
    sheet.value(at, column, moment);
    sheet.style(at, column).format(DATE_TIME).set();
  }

  /** Stays open when the workbook is complete. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}
