package nl.ketendata.server.console;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import nl.ketendata.server.query.Values;
import org.apache.arrow.vector.VarCharVector;

/** Values as JSON: a number, a truth value, a text or null. */
final class JsonValues implements Values {
  private final JsonGenerator json;

  JsonValues(JsonGenerator json) {
    this.json = json;
  }

  private interface Writing {
    void run() throws IOException;
  }

  private static void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void nothing() {
    write(json::writeNull);
  }

  @Override
  public void text(VarCharVector texts, int row) {
    byte[] utf8 = texts.get(row);
    write(() -> json.writeUTF8String(utf8, 0, utf8.length));
  }

  @Override
  public void truth(boolean value) {
    write(() -> json.writeBoolean(value));
  }

  @Override
  public void integer(int value) {
    bigint(value);
  }

  @Override
  public void bigint(long value) {
    write(() -> json.writeNumber(value));
  }

  @Override
  public void decimal(BigDecimal value) {
    write(() -> json.writeNumber(value.toPlainString()));
  }

  /** JSON has no number for what is not finite. */
  @Override
  public void real(double value) {
    if (Double.isFinite(value)) {
      write(() -> json.writeNumber(value));
    } else {
      other(Double.toString(value));
    }
  }

  @Override
  public void date(int days) {
    other(Iso.date(days));
  }

  @Override
  public void time(long micros) {
    other(Iso.time(micros));
  }

  @Override
  public void moment(long micros) {
    other(Iso.moment(micros));
  }

  @Override
  public void other(String text) {
    write(() -> json.writeString(text));
  }
}
