package nl.ketendata.server.lookup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import nl.ketendata.server.lookup.Lookup.By;
import nl.ketendata.server.lookup.Lookup.Comparison;
import nl.ketendata.server.lookup.Lookup.Condition;
import nl.ketendata.server.store.DataVersion;

/** Finds the rows of a question, when those are few to look at; many are better the engine's. */
final class Finder {
  /** Rows that are looked at: a millisecond's work. */
  private static final int LOOKED_AT = 200_000;

  /** Rows that are put in order. */
  private static final int SORTED = 50_000;

  private final TableColumns table;
  private final Lookup lookup;
  private final List<Object> values;

  /**
   * @param table has all that the question needs
   */
  Finder(TableColumns table, Lookup lookup, List<Object> values) {
    this.table = table;
    this.lookup = lookup;
    this.values = values;
  }

  /** The rows of the answer, in its order; empty when they are not to be found here. */
  Optional<int[]> rows() {
    if (lookup.conditions().isEmpty() && lookup.order().isEmpty()) {
      return Optional.of(window());
    }
    if (walks()) {
      return walk();
    }
    Optional<IntStream> found = found();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    if (lookup.order().isEmpty()) {
      return Optional.of(found.get().skip(lookup.skip()).limit(lookup.top()).toArray());
    }
    Best best = new Best(order(lookup.order()), most());
    found.get().forEach(best::offer);
    return Optional.of(skipped(best.sorted()));
  }

  private int[] skipped(int[] rows) {
    return Arrays.copyOfRange(rows, (int) Math.min(lookup.skip(), rows.length), rows.length);
  }

  /** How many rows are to be found, with those that are left out at the beginning. */
  private int most() {
    return (int) Math.min(LOOKED_AT, saturated(lookup.skip(), lookup.top()));
  }

  /** Whether nothing but the order leads to the rows. */
  private boolean walks() {
    return !lookup.order().isEmpty()
        && lookup.conditions().stream().noneMatch(by -> by.comparison() == Comparison.EQUAL)
        && table.hasPostings(lookup.order().get(0).column())
        && table.postings(lookup.order().get(0).column()).codes().isPresent();
  }

  /** Goes through the values of the first criterion in its order, until there are enough rows. */
  private Optional<int[]> walk() {
    Optional<List<IntPredicate>> tests = tests();
    if (tests.isEmpty()) {
      return Optional.empty();
    }
    Postings postings = table.postings(lookup.order().get(0).column());
    Best.Order within = order(lookup.order().subList(1, lookup.order().size()));
    IntStream.Builder rows = IntStream.builder();
    int left = most();
    int looked = 0;
    for (int code : codes(postings.codes().orElseThrow()).toArray()) {
      looked += postings.mostOf(code);
      if (looked > LOOKED_AT) {
        return Optional.empty();
      }
      Best best = new Best(within, left);
      postings.rowsOf(code).filter(row -> all(tests.get(), row)).forEach(best::offer);
      int[] sorted = best.sorted();
      for (int row : sorted) {
        rows.add(row);
      }
      left -= sorted.length;
      if (left == 0) {
        break;
      }
    }
    return Optional.of(skipped(rows.build().toArray()));
  }

  private IntStream codes(int largest) {
    By by = lookup.order().get(0);
    IntStream none = IntStream.of(0);
    IntStream values =
        IntStream.rangeClosed(1, largest).map(code -> by.descending() ? largest + 1 - code : code);
    return by.nullsFirst() ? IntStream.concat(none, values) : IntStream.concat(values, none);
  }

  /** The number of rows; empty when they are not to be counted here. */
  Optional<Long> count() {
    return lookup.conditions().isEmpty()
        ? Optional.of((long) table.rows())
        : found().map(IntStream::count);
  }

  private int[] window() {
    int first = (int) Math.min(lookup.skip(), table.rows());
    int end = (int) Math.min(saturated(first, lookup.top()), table.rows());
    return IntStream.range(first, end).toArray();
  }

  private static long saturated(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  /**
   * The rows that belong to each of others, one after the other.
   *
   * @param outer what those are, whose rows these are
   */
  Optional<Found> related(TableColumns outer, int[] outerRows) {
    Lookup.Outer belongs = lookup.outer().orElseThrow();
    Optional<List<IntPredicate>> tests = tests();
    if (tests.isEmpty()) {
      return Optional.empty();
    }
    StoredColumn key = outer.column(belongs.key());
    StoredColumn own = table.column(belongs.own());
    Postings postings = table.postings(belongs.own());
    Best.Order order = order(lookup.order());
    IntStream.Builder rows = IntStream.builder();
    LongStream.Builder ordinals = LongStream.builder();
    long looked = 0;
    for (int i = 0; i < outerRows.length; i++) {
      if (key.isNull(outerRows[i])) {
        continue;
      }
      String value = key.text(outerRows[i]);
      int most = postings.most(value);
      looked += most;
      if (looked > LOOKED_AT) {
        return Optional.empty();
      }
      IntPredicate same = own.test(Comparison.EQUAL, value).orElseThrow();
      Best best = new Best(order, most);
      postings.rows(value).filter(same).filter(row -> all(tests.get(), row)).forEach(best::offer);
      long ordinal = belongs.numbered() ? i + 1L : outer.position(outerRows[i]);
      for (int row : best.sorted()) {
        rows.add(row);
        ordinals.add(ordinal);
      }
    }
    return Optional.of(new Found(rows.build().toArray(), ordinals.build().toArray()));
  }

  private Optional<List<IntPredicate>> tests() {
    List<IntPredicate> tests = new ArrayList<>();
    for (Condition condition : lookup.conditions()) {
      Optional<IntPredicate> test =
          table.column(condition.column()).test(condition.comparison(), condition.value(values));
      if (test.isEmpty()) {
        return Optional.empty();
      }
      tests.add(test.get());
    }
    return Optional.of(tests);
  }

  private Optional<IntStream> found() {
    Optional<List<IntPredicate>> tests = tests();
    if (tests.isEmpty()) {
      return Optional.empty();
    }
    Optional<Condition> narrowest = Optional.empty();
    int fewest = table.rows();
    for (Condition condition : lookup.conditions()) {
      if (condition.comparison() == Comparison.EQUAL) {
        int most = table.postings(condition.column()).most(condition.value(values));
        if (narrowest.isEmpty() || most < fewest) {
          narrowest = Optional.of(condition);
          fewest = most;
        }
      }
    }
    if (fewest > (lookup.order().isEmpty() ? LOOKED_AT : SORTED)) {
      return Optional.empty();
    }
    IntStream candidates =
        narrowest
            .map(by -> table.postings(by.column()).rows(by.value(values)))
            .orElseGet(() -> IntStream.range(0, table.rows()));
    return Optional.of(candidates.filter(row -> all(tests.get(), row)));
  }

  private static boolean all(List<IntPredicate> tests, int row) {
    for (IntPredicate test : tests) {
      if (!test.test(row)) {
        return false;
      }
    }
    return true;
  }

  private Best.Order order(List<By> criteria) {
    Best.Order order = Integer::compare;
    for (int i = criteria.size() - 1; i >= 0; i--) {
      order = then(criterion(criteria.get(i)), order);
    }
    return order;
  }

  private static Best.Order then(Best.Order first, Best.Order next) {
    return (a, b) -> {
      int result = first.compare(a, b);
      return result != 0 ? result : next.compare(a, b);
    };
  }

  private Best.Order criterion(By by) {
    if (by.column().equals(DataVersion.POSITION)) {
      return by.descending() ? (a, b) -> Integer.compare(b, a) : Integer::compare;
    }
    StoredColumn column = table.column(by.column());
    int direction = by.descending() ? -1 : 1;
    int nulls = by.nullsFirst() ? -1 : 1;
    return (a, b) -> {
      boolean none = column.isNull(a);
      if (none || column.isNull(b)) {
        return none ? column.isNull(b) ? 0 : nulls : -nulls;
      }
      return direction * Integer.signum(column.compare(a, b));
    };
  }
}
