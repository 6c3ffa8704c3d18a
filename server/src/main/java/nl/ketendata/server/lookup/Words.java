package nl.ketendata.server.lookup;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;

/**
 * The different texts of a column.
 *
 * @param texts in order; the first has code 1
 */
record Words(Texts texts) implements Meaning {
  @Override
  public Optional<Place> place(Object value) {
    return value instanceof String text
        ? Optional.of(place(text.getBytes(StandardCharsets.UTF_8)))
        : Optional.empty();
  }

  private Place place(byte[] text) {
    int low = 0;
    int high = texts.count();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (texts.compare(middle, text) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return new Place(low + 1L, low < texts.count() && texts.compare(low, text) == 0);
  }

  @Override
  public String text(long code) {
    return texts.text((int) code - 1);
  }

  @Override
  public FieldVector vector(String name, BufferAllocator allocator) {
    return new VarCharVector(name, allocator);
  }

  @Override
  public void write(long code, FieldVector target, int at) {
    texts.write((int) code - 1, (VarCharVector) target, at);
  }

  @Override
  public long bytes() {
    return texts.bytes();
  }
}
