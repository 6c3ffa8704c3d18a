package nl.ketendata.server.lookup;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import nl.ketendata.server.lookup.Lookup.Comparison;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;

/** Texts that are mostly different. */
record TextColumn(Texts texts) implements StoredColumn {
  @Override
  public boolean isNull(int row) {
    return texts.isNull(row);
  }

  @Override
  public int compare(int a, int b) {
    return texts.compare(a, b);
  }

  @Override
  public long rank(int row) {
    return texts.rank(row);
  }

  @Override
  public Optional<RowTest> test(Comparison comparison, Object value) {
    return value instanceof String text
        ? nullTest(comparison).or(() -> Optional.of(test(comparison, text)))
        : nullTest(comparison);
  }

  private RowTest test(Comparison comparison, String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    return (rows, count) -> {
      int kept = 0;
      for (int i = 0; i < count; i++) {
        int row = rows[i];
        if (!isNull(row) && holds(comparison, texts.compare(row, text))) {
          rows[kept++] = row;
        }
      }
      return kept;
    };
  }

  private static boolean holds(Comparison comparison, int order) {
    return switch (comparison) {
      case EQUAL -> order == 0;
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case GREATER -> order > 0;
      default -> order >= 0;
    };
  }

  @Override
  public int hash(int row) {
    return texts.hash(row);
  }

  @Override
  public OptionalInt hash(Object value) {
    return value instanceof String text
        ? OptionalInt.of(Texts.hash(text.getBytes(StandardCharsets.UTF_8)))
        : OptionalInt.empty();
  }

  @Override
  public int spread() {
    return texts.count();
  }

  @Override
  public String text(int row) {
    return texts.text(row);
  }

  @Override
  public FieldVector vector(String name, BufferAllocator allocator) {
    return new VarCharVector(name, allocator);
  }

  @Override
  public void write(int row, FieldVector target, int at) {
    if (isNull(row)) {
      target.setNull(at);
    } else {
      texts.write(row, (VarCharVector) target, at);
    }
  }

  @Override
  public long bytes() {
    return texts.bytes();
  }
}
