package nl.ketendata.server.lookup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import nl.ketendata.server.lookup.Lookup.Comparison;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;

/**
 * Texts that all are a UUID in small letters, as their bits; those without a bit are null. The
 * order of the bits is that of the texts.
 */
record IdColumn(ByteBuffer bits, int rows) implements StoredColumn {
  private static final int SIZE = 16;

  /** How an id is written: a place in its bits, or less than 0 for a dash. */
  private static final int[] SHIFTS = shifts();

  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** What each byte stands for as a digit; less than 0 for what is none. */
  private static final byte[] VALUES = values();

  static IdColumn of(Scratch scratch, int rows) throws IOException {
    return new IdColumn(scratch.allocate((long) rows * SIZE), rows);
  }

  private static int[] shifts() {
    int[] shifts = new int[36];
    int shift = 124;
    for (int i = 0; i < shifts.length; i++) {
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      shifts[i] = dash ? -1 : shift;
      shift -= dash ? 0 : 4;
    }
    return shifts;
  }

  private static byte[] values() {
    byte[] values = new byte[256];
    Arrays.fill(values, (byte) -1);
    for (byte i = 0; i < DIGITS.length; i++) {
      values[DIGITS[i]] = i;
    }
    return values;
  }

  private record Id(long high, long low) {
    int hashed() {
      return Long.hashCode(high) * 31 + Long.hashCode(low);
    }
  }

  /**
   * @throws Unfit for a text that is none
   */
  void set(int row, byte[] text) {
    Id id = id(text).orElseThrow(() -> new Unfit("not only identifiers"));
    bits.putLong(row * SIZE, id.high);
    bits.putLong(row * SIZE + 8, id.low);
  }

  private static Optional<Id> id(String text) {
    return id(text.getBytes(StandardCharsets.UTF_8));
  }

  /** No row has the one that stands for null. */
  private static Optional<Id> id(byte[] text) {
    long high = 0;
    long low = 0;
    for (int i = 0; i < SHIFTS.length; i++) {
      int shift = SHIFTS[i];
      byte written = i < text.length ? text[i] : 0;
      long digit = shift < 0 ? 0 : VALUES[written & 0xFF];
      if (shift < 0 ? written != '-' : digit < 0) {
        return Optional.empty();
      }
      high |= shift >= 64 ? digit << shift : 0;
      low |= shift >= 0 && shift < 64 ? digit << shift : 0;
    }
    return text.length != SHIFTS.length || high == 0 && low == 0
        ? Optional.empty()
        : Optional.of(new Id(high, low));
  }

  private long high(int row) {
    return bits.getLong(row * SIZE);
  }

  private long low(int row) {
    return bits.getLong(row * SIZE + 8);
  }

  @Override
  public boolean isNull(int row) {
    return high(row) == 0 && low(row) == 0;
  }

  @Override
  public int compare(int a, int b) {
    int high = Long.compareUnsigned(high(a), high(b));
    return high != 0 ? high : Long.compareUnsigned(low(a), low(b));
  }

  @Override
  public long rank(int row) {
    return high(row) ^ Long.MIN_VALUE;
  }

  @Override
  public Optional<RowTest> test(Comparison comparison, Object value) {
    return comparison == Comparison.EQUAL && value instanceof String text
        ? Optional.of(id(text).map(this::is).orElse(RowTest.NONE))
        : nullTest(comparison);
  }

  private RowTest is(Id id) {
    long high = id.high;
    long low = id.low;
    return (rows, count) -> {
      int kept = 0;
      for (int i = 0; i < count; i++) {
        int row = rows[i];
        if (high(row) == high && low(row) == low) {
          rows[kept++] = row;
        }
      }
      return kept;
    };
  }

  @Override
  public int hash(int row) {
    return new Id(high(row), low(row)).hashed();
  }

  @Override
  public OptionalInt hash(Object value) {
    Optional<Id> id = value instanceof String text ? id(text) : Optional.empty();
    return id.map(known -> OptionalInt.of(known.hashed())).orElse(OptionalInt.empty());
  }

  @Override
  public int spread() {
    return rows;
  }

  @Override
  public String text(int row) {
    return new UUID(high(row), low(row)).toString();
  }

  @Override
  public FieldVector vector(String name, BufferAllocator allocator) {
    return new VarCharVector(name, allocator);
  }

  @Override
  public void write(int row, FieldVector target, int at) {
    if (isNull(row)) {
      target.setNull(at);
      return;
    }
    byte[] text = new byte[SHIFTS.length];
    for (int i = 0; i < text.length; i++) {
      int shift = SHIFTS[i];
      long half = shift >= 64 ? high(row) : low(row);
      text[i] = shift < 0 ? (byte) '-' : DIGITS[(int) (half >>> shift) & 15];
    }
    ((VarCharVector) target).setSafe(at, text);
  }

  @Override
  public long bytes() {
    return bits.capacity();
  }
}
