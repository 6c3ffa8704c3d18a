package nl.ketendata.server.lookup;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.server.store.Cursor;
import nl.ketendata.server.store.DataVersion;
import nl.ketendata.server.store.Store;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Reads columns of a table of a version, one at a time. */
final class ColumnBuild {
  private final Store store;
  private final Scratch scratch;
  private final DataVersion version;
  private final String table;
  private final int most;

  /**
   * @param most different texts that a dictionary may have
   */
  ColumnBuild(Store store, Scratch scratch, DataVersion version, String table, int most) {
    this.store = store;
    this.scratch = scratch;
    this.version = version;
    this.table = table;
    this.most = most;
  }

  /**
   * The table with no column yet.
   *
   * @throws Unfit when it has too many rows
   */
  TableColumns table(int most) throws IOException {
    long[] found = new long[2];
    each(
        "count(*), coalesce(max(rowid), -1)",
        batch -> {
          found[0] = ((BigIntVector) batch.getVector(0)).get(0);
          found[1] = ((BigIntVector) batch.getVector(1)).get(0);
        });
    if (found[0] > most) {
      throw new Unfit(found[0] + " rows");
    }
    int rows = (int) found[0];
    return new TableColumns(
        version,
        rows,
        found[1] == rows - 1 ? Optional.empty() : Optional.of(positions(rows, found[1])));
  }

  private Codes positions(int rows, long last) throws IOException {
    Codes positions = Codes.of(scratch, rows, last);
    int[] next = {0};
    each(
        DataVersion.POSITION,
        batch -> {
          BigIntVector position = (BigIntVector) batch.getVector(0);
          for (int i = 0; i < batch.getRowCount(); i++) {
            positions.set(next[0]++, position.get(i));
          }
        });
    return positions;
  }

  /**
   * A column of the table.
   *
   * @throws Unfit when its values are not to be kept
   */
  StoredColumn column(TableColumns of, Column column) throws IOException {
    return column.type() == ColumnType.STRING
        ? texts(of, name(column.name()))
        : numbers(of, column, name(column.name()));
  }

  private StoredColumn numbers(TableColumns of, Column column, String name) throws IOException {
    long[] range = {0, -1};
    each(
        "min(" + name + "), max(" + name + ")",
        batch -> {
          if (!batch.getVector(0).isNull(0)) {
            range[0] = Numbers.of(batch.getVector(0), 0);
            range[1] = Numbers.of(batch.getVector(1), 0);
          }
        });
    long largest = span(range[0], range[1]);
    Numbers numbers = new Numbers(column.type(), range[0], range[1]);
    Codes codes = Codes.of(scratch, of.rows(), largest);
    values(
        of,
        name,
        (row, vector, i) -> codes.set(row, numbers.code(Numbers.of(vector, i))),
        row -> {});
    return new CodedColumn(codes, numbers, largest);
  }

  private static long span(long least, long most) {
    try {
      return Math.addExact(Math.subtractExact(most, least), 1);
    } catch (ArithmeticException e) {
      throw new Unfit("numbers too far apart");
    }
  }

  /** What is asked of texts before they are laid out. */
  private record Facts(long bytes, long different, boolean ids) {}

  private StoredColumn texts(TableColumns of, String name) throws IOException {
    Facts facts = facts(name);
    if (facts.ids) {
      IdColumn ids = IdColumn.of(scratch, of.rows());
      values(of, name, (row, texts, i) -> ids.set(row, ((VarCharVector) texts).get(i)), row -> {});
      return ids;
    }
    Optional<Map<Text, Integer>> words = facts.different <= most ? words(name) : Optional.empty();
    if (words.isPresent()) {
      return coded(of, name, words.get());
    }
    Texts all = Texts.of(scratch, of.rows(), facts.bytes);
    values(
        of, name, (row, texts, i) -> all.add(((VarCharVector) texts).get(i)), row -> all.addNull());
    return new TextColumn(all);
  }

  private Facts facts(String name) throws IOException {
    Facts[] facts = new Facts[1];
    each(
        "coalesce(sum(strlen(%1$s)), 0)::BIGINT, approx_count_distinct(%1$s), coalesce(bool_and(CASE WHEN %1$s IS NULL THEN NULL WHEN strlen(%1$s) = 36 THEN coalesce(TRY_CAST(%1$s AS UUID)::VARCHAR = %1$s AND %1$s <> '00000000-0000-0000-0000-000000000000', false) ELSE false END), false)"
            .formatted(name),
        batch ->
            facts[0] =
                new Facts(
                    ((BigIntVector) batch.getVector(0)).get(0),
                    ((BigIntVector) batch.getVector(1)).get(0),
                    ((BitVector) batch.getVector(2)).get(0) == 1));
    return facts[0];
  }

  /** Bytes as the key of a map. */
  private record Text(byte[] bytes) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Text text && Arrays.equals(bytes, text.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  /** The different texts with their codes; empty when they are too many after all. */
  private Optional<Map<Text, Integer>> words(String name) throws IOException {
    Map<Text, Integer> words = new HashMap<>();
    each(
        "DISTINCT " + name,
        " WHERE " + name + " IS NOT NULL ORDER BY 1 LIMIT " + (most + 1L),
        batch -> {
          VarCharVector texts = (VarCharVector) batch.getVector(0);
          for (int i = 0; i < batch.getRowCount(); i++) {
            words.put(new Text(texts.get(i)), words.size() + 1);
          }
        });
    return words.size() > most ? Optional.empty() : Optional.of(words);
  }

  private StoredColumn coded(TableColumns of, String name, Map<Text, Integer> words)
      throws IOException {
    Codes codes = Codes.of(scratch, of.rows(), words.size());
    values(
        of,
        name,
        (row, texts, i) -> codes.set(row, words.get(new Text(((VarCharVector) texts).get(i)))),
        row -> {});
    List<byte[]> sorted =
        words.entrySet().stream()
            .sorted(Map.Entry.comparingByValue())
            .map(word -> word.getKey().bytes)
            .collect(Collectors.toList());
    Texts texts =
        Texts.of(scratch, sorted.size(), sorted.stream().mapToLong(word -> word.length).sum());
    sorted.forEach(texts::add);
    return new CodedColumn(codes, new Words(texts), words.size());
  }

  private interface Value {
    void put(int row, FieldVector vector, int at);
  }

  /** Every value of a column in its row; the rows come in the order of their positions. */
  private void values(TableColumns of, String name, Value value, IntConsumer none)
      throws IOException {
    int[] next = {0};
    each(
        DataVersion.POSITION + ", " + name,
        batch -> {
          BigIntVector position = (BigIntVector) batch.getVector(0);
          FieldVector vector = batch.getVector(1);
          for (int i = 0; i < batch.getRowCount(); i++) {
            int row = next[0]++;
            if (row >= of.rows() || position.get(i) != of.position(row)) {
              throw new Unfit("rows in another order");
            }
            if (vector.isNull(i)) {
              none.accept(row);
            } else {
              value.put(row, vector, i);
            }
          }
        });
    if (next[0] != of.rows()) {
      throw new Unfit("rows of another number");
    }
  }

  private void each(String what, Consumer<VectorSchemaRoot> batch) throws IOException {
    each(what, "", batch);
  }

  private void each(String what, String rest, Consumer<VectorSchemaRoot> batch) throws IOException {
    String from =
        version.path(table).stream().map(ColumnBuild::name).collect(Collectors.joining("."));
    try (Cursor cursor = store.open("SELECT " + what + " FROM " + from + rest, List.of())) {
      while (cursor.advance()) {
        batch.accept(cursor.batch());
      }
    }
  }

  private static String name(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
