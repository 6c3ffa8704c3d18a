package nl.ketendata.server.ingest.csv;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the rows of a file that can be placed as a file that the engine reads whole: UTF-8,
 * commas, line feeds, quotes where they are needed.
 */
public final class CleanCopy {
  /** The character between its fields. */
  public static final char DELIMITER = ',';

  private final CsvRecords records;
  private final int width;
  private final boolean utf8;

  private CleanCopy(CsvRecords records, Layout layout, int width) {
    this.records = records;
    this.width = width;
    this.utf8 = layout.encoding() == Encoding.UTF_8;
  }

  /**
   * Copies a file.
   *
   * @param width fields of the header
   * @param faults told of every row that cannot be placed
   */
  public static void write(Path file, Layout layout, int width, Path target, Faults faults)
      throws IOException {
    try (CsvRecords records = new CsvRecords(file, layout, width);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), 1 << 16)) {
      new CleanCopy(records, layout, width).write(out, faults);
    }
  }

  private void write(OutputStream out, Faults faults) throws IOException {
    // The engine passes the first line over.
    out.write("x\n".getBytes(StandardCharsets.US_ASCII));
    records.next();
    while (records.next()) {
      if (records.fault().isPresent()) {
        faults.refused(records);
      } else {
        row(out);
      }
    }
  }

  private void row(OutputStream out) throws IOException {
    for (int i = 0; i < width; i++) {
      if (i > 0) {
        out.write(DELIMITER);
      }
      field(out, i);
    }
    out.write('\n');
  }

  private void field(OutputStream out, int i) throws IOException {
    RowParser row = records.parser();
    if (utf8) {
      field(out, records.bytes(), row.fieldStart(i), row.fieldEnd(i), row.marked(i));
      return;
    }
    byte[] bytes = records.field(i).getBytes(StandardCharsets.UTF_8);
    field(out, bytes, 0, bytes.length, false);
  }

  /**
   * @param doubled whether quotes in the bytes are doubled already
   */
  private static void field(OutputStream out, byte[] bytes, int from, int to, boolean doubled)
      throws IOException {
    if (!needsQuotes(bytes, from, to)) {
      out.write(bytes, from, to - from);
      return;
    }
    out.write('"');
    for (int i = from; i < to; i++) {
      if (bytes[i] == '"' && !doubled) {
        out.write('"');
      }
      out.write(bytes[i]);
    }
    out.write('"');
  }

  private static boolean needsQuotes(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte octet = bytes[i];
      if (octet == DELIMITER || octet == '"' || octet == '\n' || octet == '\r') {
        return true;
      }
    }
    return false;
  }

  /** Told of the rows that are left out. */
  public interface Faults {
    /** The row that the reader stands at cannot be placed. */
    void refused(CsvRecords at);
  }
}
