package nl.ketendata.server.lookup;

import java.util.Optional;
import java.util.OptionalInt;
import nl.ketendata.server.lookup.Lookup.Comparison;
import nl.ketendata.server.lookup.Meaning.Place;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * Values as codes in the same order, so that a condition is a range of codes.
 *
 * @param largest the highest code
 */
record CodedColumn(Codes codes, Meaning meaning, long largest) implements StoredColumn {
  @Override
  public boolean isNull(int row) {
    return codes.get(row) == 0;
  }

  @Override
  public int compare(int a, int b) {
    return Long.compare(codes.get(a), codes.get(b));
  }

  @Override
  public long rank(int row) {
    return codes.get(row);
  }

  @Override
  public Optional<RowTest> test(Comparison comparison, Object value) {
    return nullTest(comparison)
        .or(() -> meaning.place(value).map(place -> within(comparison, place)));
  }

  private RowTest within(Comparison comparison, Place place) {
    long after = place.exact() ? place.first() + 1 : place.first();
    return switch (comparison) {
      case EQUAL -> within(place.first(), after - 1);
      case LESS -> within(1, place.first() - 1);
      case AT_MOST -> within(1, after - 1);
      case GREATER -> within(after, largest);
      default -> within(place.first(), largest);
    };
  }

  private RowTest within(long least, long most) {
    return (rows, count) -> codes.keep(rows, count, least, most);
  }

  @Override
  public int hash(int row) {
    return Long.hashCode(codes.get(row));
  }

  @Override
  public OptionalInt hash(Object value) {
    return meaning
        .place(value)
        .filter(Place::exact)
        .map(place -> OptionalInt.of(Long.hashCode(place.first())))
        .orElse(OptionalInt.empty());
  }

  @Override
  public int spread() {
    return (int) Math.min(largest, Integer.MAX_VALUE);
  }

  @Override
  public String text(int row) {
    return meaning.text(codes.get(row));
  }

  @Override
  public FieldVector vector(String name, BufferAllocator allocator) {
    return meaning.vector(name, allocator);
  }

  @Override
  public void write(int row, FieldVector target, int at) {
    long code = codes.get(row);
    if (code == 0) {
      target.setNull(at);
    } else {
      meaning.write(code, target, at);
    }
  }

  @Override
  public long bytes() {
    return codes.bytes() + meaning.bytes();
  }
}
