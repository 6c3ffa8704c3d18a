package nl.ketendata.server.lookup;

import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/** What the codes of a column stand for, in the order of their values; 0 is null. */
sealed interface Meaning permits Numbers, Words {

  /**
   * Where a value stands among the codes.
   *
   * @param first the first code whose value is not below it
   * @param exact whether that code's value is it
   */
  record Place(long first, boolean exact) {}

  /** Where a value stands; empty when it is of another kind. */
  Optional<Place> place(Object value);

  /** The text that a code stands for; only of texts. */
  String text(long code);

  FieldVector vector(String name, BufferAllocator allocator);

  void write(long code, FieldVector target, int at);

  long bytes();
}
