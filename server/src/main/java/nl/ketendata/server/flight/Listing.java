package nl.ketendata.server.flight;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Rows that this head makes itself, such as the tables that a caller sees.
 *
 * @param schema as Flight SQL prescribes it
 * @param rows values by position: text, {@code Integer}, {@code Boolean}, {@code byte[]}, lists of
 *     text, or null
 */
record Listing(Schema schema, List<Object[]> rows) {

  /** The rows as one batch; the caller closes it. */
  VectorSchemaRoot fill(BufferAllocator allocator) {
    VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
    try {
      root.allocateNew();
      for (int row = 0; row < rows.size(); row++) {
        fill(root, row, rows.get(row));
      }
      root.setRowCount(rows.size());
      return root;
    } catch (RuntimeException e) {
      root.close();
      throw e;
    }
  }

  private static void fill(VectorSchemaRoot root, int row, Object[] values) {
    for (int column = 0; column < values.length; column++) {
      if (values[column] != null) {
        set(root.getVector(column), row, values[column]);
      }
    }
  }

  private static void set(FieldVector vector, int row, Object value) {
    if (vector instanceof VarCharVector text) {
      text.setSafe(row, value.toString().getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof IntVector number) {
      number.setSafe(row, (Integer) value);
    } else if (vector instanceof UInt1Vector number) {
      number.setSafe(row, (Integer) value);
    } else if (vector instanceof BitVector bit) {
      bit.setSafe(row, (Boolean) value ? 1 : 0);
    } else if (vector instanceof ListVector list) {
      set(list, row, (List<?>) value);
    } else if (vector instanceof VarBinaryVector bytes) {
      bytes.setSafe(row, (byte[]) value);
    } else {
      throw new IllegalStateException("no value for " + vector.getField());
    }
  }

  private static void set(ListVector list, int row, List<?> texts) {
    VarCharVector items = (VarCharVector) list.getDataVector();
    int at = list.startNewValue(row);
    for (Object text : texts) {
      items.setSafe(at++, text.toString().getBytes(StandardCharsets.UTF_8));
    }
    list.endValue(row, texts.size());
  }
}
