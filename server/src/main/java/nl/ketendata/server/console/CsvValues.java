package nl.ketendata.server.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import nl.ketendata.server.query.Values;
import org.apache.arrow.vector.VarCharVector;

/** Values as RFC 4180 has them: nothing for null, two quotes for an empty text. */
final class CsvValues implements Values {
  private final Writer out;

  CsvValues(Writer out) {
    this.out = out;
  }

  @Override
  public void nothing() {}

  @Override
  public void text(VarCharVector texts, int row) {
    other(new String(texts.get(row), StandardCharsets.UTF_8));
  }

  @Override
  public void truth(boolean value) {
    plain(Boolean.toString(value));
  }

  @Override
  public void integer(int value) {
    plain(Integer.toString(value));
  }

  @Override
  public void bigint(long value) {
    plain(Long.toString(value));
  }

  @Override
  public void decimal(BigDecimal value) {
    plain(value.toPlainString());
  }

  @Override
  public void real(double value) {
    plain(Iso.real(value));
  }

  @Override
  public void date(int days) {
    plain(Iso.date(days));
  }

  @Override
  public void time(long micros) {
    plain(Iso.time(micros));
  }

  @Override
  public void moment(long micros) {
    plain(Iso.moment(micros));
  }

  @Override
  public void other(String text) {
    plain(text.isEmpty() || needsQuotes(text) ? '"' + text.replace("\"", "\"\"") + '"' : text);
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

  private void plain(String text) {
    try {
      out.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
