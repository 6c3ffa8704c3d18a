package nl.ketendata.server.jdbc;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnsafeByteOperations;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import nl.ketendata.server.query.Values;
import org.apache.arrow.vector.VarCharVector;
import org.apache.calcite.avatica.proto.Common;

/**
 * Rows in the bytes that Avatica's protobuf has for them, written without an object per value.
 *
 * <p>Each value is said once. Avatica's own rows also fill the field that clients before Avatica
 * 1.5 (2015) read, which makes every answer twice as large.
 */
final class RowBytes implements Values {
  private static final int FIRST_BYTES = 16 * 1024;
  private static final int ROOM = 64;

  /** Tags: the number of a field and how its value is written. */
  private static final int ROW_VALUE = 1 << 3 | 2;

  private static final int SCALAR = Common.ColumnValue.SCALAR_VALUE_FIELD_NUMBER << 3 | 2;
  private static final int TYPE = Common.TypedValue.TYPE_FIELD_NUMBER << 3;
  private static final int TRUTH = Common.TypedValue.BOOL_VALUE_FIELD_NUMBER << 3;
  private static final int TEXT = Common.TypedValue.STRING_VALUE_FIELD_NUMBER << 3 | 2;
  private static final int NUMBER = Common.TypedValue.NUMBER_VALUE_FIELD_NUMBER << 3;
  private static final int REAL = Common.TypedValue.DOUBLE_VALUE_FIELD_NUMBER << 3 | 1;
  private static final int NULL = Common.TypedValue.NULL_FIELD_NUMBER << 3;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int at;
  private int[] ends = new int[128];
  private int count;

  /** The row that was written is whole. */
  void end() {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
    }
    ends[count++] = at;
  }

  int rows() {
    return count;
  }

  /** Bytes so far. */
  int size() {
    return at;
  }

  /**
   * As a field of a message. That it is one which the message does not know leaves it as it is
   * written, and the reader knows it.
   */
  UnknownFieldSet asField(int number) {
    UnknownFieldSet.Field.Builder field = UnknownFieldSet.Field.newBuilder();
    int from = 0;
    for (int row = 0; row < count; row++) {
      field.addLengthDelimited(UnsafeByteOperations.unsafeWrap(bytes, from, ends[row] - from));
      from = ends[row];
    }
    return UnknownFieldSet.newBuilder().addField(number, field.build()).build();
  }

  @Override
  public void nothing() {
    head(Common.Rep.NULL, 2);
    put(NULL);
    put(1);
  }

  @Override
  public void text(VarCharVector texts, int row) {
    int length = texts.getValueLength(row);
    text(Common.Rep.STRING, length);
    texts.getDataBuffer().getBytes(texts.getStartOffset(row), bytes, at, length);
    at += length;
  }

  void text(String text) {
    text(Common.Rep.STRING, text);
  }

  private void text(Common.Rep type, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    text(type, utf8.length);
    System.arraycopy(utf8, 0, bytes, at, utf8.length);
    at += utf8.length;
  }

  private void text(Common.Rep type, int length) {
    room(length);
    head(type, 1 + CodedOutputStream.computeUInt32SizeNoTag(length) + length);
    put(TEXT);
    varint(length);
  }

  @Override
  public void truth(boolean value) {
    head(Common.Rep.BOOLEAN, 2);
    put(TRUTH);
    put(value ? 1 : 0);
  }

  @Override
  public void integer(int value) {
    number(Common.Rep.INTEGER, value);
  }

  @Override
  public void bigint(long value) {
    number(Common.Rep.LONG, value);
  }

  private void number(Common.Rep type, long value) {
    head(type, 1 + CodedOutputStream.computeSInt64SizeNoTag(value));
    put(NUMBER);
    varint(CodedOutputStream.encodeZigZag64(value));
  }

  @Override
  public void decimal(BigDecimal value) {
    text(Common.Rep.BIG_DECIMAL, value.toString());
  }

  @Override
  public void real(double value) {
    head(Common.Rep.DOUBLE, 9);
    put(REAL);
    long bits = Double.doubleToRawLongBits(value);
    for (int shift = 0; shift < 64; shift += 8) {
      put((int) (bits >>> shift));
    }
  }

  @Override
  public void date(int days) {
    integer(days);
  }

  /** The wire has milliseconds. */
  @Override
  public void time(long micros) {
    integer((int) (micros / 1_000));
  }

  @Override
  public void moment(long micros) {
    bigint(Math.floorDiv(micros, 1_000L));
  }

  @Override
  public void other(String text) {
    text(text);
  }

  /**
   * What comes before a value: it is in a typed value, in a column's value, in the row.
   *
   * @param size bytes of the value with its tag
   */
  private void head(Common.Rep type, int size) {
    room(ROOM);
    int typed = 2 + size;
    put(ROW_VALUE);
    varint(1 + CodedOutputStream.computeUInt32SizeNoTag(typed) + typed);
    put(SCALAR);
    varint(typed);
    put(TYPE);
    put(type.getNumber());
  }

  private void room(int more) {
    if (bytes.length - at < more + ROOM) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, at + more + ROOM));
    }
  }

  private void varint(long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      put((int) left & 0x7F | 0x80);
      left >>>= 7;
    }
    put((int) left);
  }

  private void put(int value) {
    bytes[at++] = (byte) value;
  }
}
