package nl.ketendata.server.lookup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Pattern;
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
  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /** How an id is written: a place in its bits, or less than 0 for a dash. */
  private static final int[] SHIFTS = shifts();

  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

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

  /**
   * @throws Unfit for a text that is none
   */
  void set(int row, byte[] text) {
    UUID id =
        id(new String(text, StandardCharsets.UTF_8))
            .orElseThrow(() -> new Unfit("not only identifiers"));
    bits.putLong(row * SIZE, id.getMostSignificantBits());
    bits.putLong(row * SIZE + 8, id.getLeastSignificantBits());
  }

  /** No row has the one that stands for null. */
  private static Optional<UUID> id(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    UUID id = UUID.fromString(text);
    return id.getMostSignificantBits() == 0 && id.getLeastSignificantBits() == 0
        ? Optional.empty()
        : Optional.of(id);
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

  private RowTest is(UUID id) {
    long high = id.getMostSignificantBits();
    long low = id.getLeastSignificantBits();
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
    return Long.hashCode(high(row)) * 31 + Long.hashCode(low(row));
  }

  @Override
  public OptionalInt hash(Object value) {
    return value instanceof String text
        ? id(text)
            .map(
                id ->
                    OptionalInt.of(
                        Long.hashCode(id.getMostSignificantBits()) * 31
                            + Long.hashCode(id.getLeastSignificantBits())))
            .orElse(OptionalInt.empty())
        : OptionalInt.empty();
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
