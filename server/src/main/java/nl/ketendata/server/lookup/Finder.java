package nl.ketendata.server.lookup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import nl.ketendata.server.lookup.Lookup.By;
import nl.ketendata.server.lookup.Lookup.Comparison;
import nl.ketendata.server.lookup.Lookup.Condition;

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
    if (lookup.order().isEmpty()) {
      RowList found = new RowList(most());
      return sift(found) ? Optional.of(found.from(lookup.skip())) : Optional.empty();
    }
    Best best = new Best(RowOrder.of(table, lookup.order()), most());
    return sift(best) ? Optional.of(skipped(best.sorted())) : Optional.empty();
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
    Optional<Sieve> sieve = tests().map(Sieve::new);
    if (sieve.isEmpty()) {
      return Optional.empty();
    }
    Postings postings = table.postings(lookup.order().get(0).column());
    Best.Order within = RowOrder.of(table, lookup.order().subList(1, lookup.order().size()));
    RowList rows = new RowList(most());
    int left = most();
    int looked = 0;
    for (int code : codes(postings.codes().orElseThrow()).toArray()) {
      looked += postings.mostOf(code);
      if (looked > LOOKED_AT) {
        return Optional.empty();
      }
      Best best = new Best(within, left);
      sieve.get().sift(postings.rowsOf(code), best);
      int[] sorted = best.sorted();
      rows.add(sorted);
      left -= sorted.length;
      if (left == 0) {
        break;
      }
    }
    return Optional.of(rows.from(lookup.skip()));
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
    if (lookup.conditions().isEmpty()) {
      return Optional.of((long) table.rows());
    }
    AtomicLong counted = new AtomicLong();
    boolean found =
        sift(
            (rows, count) -> {
              counted.addAndGet(count);
              return true;
            });
    return found ? Optional.of(counted.get()) : Optional.empty();
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
    Optional<Sieve> sieve = tests().map(Sieve::new);
    if (sieve.isEmpty()) {
      return Optional.empty();
    }
    StoredColumn key = outer.column(belongs.key());
    StoredColumn own = table.column(belongs.own());
    Postings postings = table.postings(belongs.own());
    Best.Order order = RowOrder.of(table, lookup.order());
    RowList rows = new RowList(LOOKED_AT);
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
      RowTest same = own.test(Comparison.EQUAL, value).orElseThrow();
      Best best = new Best(order, most);
      sieve.get().sift(postings.rows(value), same, best);
      long ordinal = belongs.numbered() ? i + 1L : outer.position(outerRows[i]);
      int[] sorted = best.sorted();
      rows.add(sorted);
      for (int n = 0; n < sorted.length; n++) {
        ordinals.add(ordinal);
      }
    }
    return Optional.of(new Found(rows.from(0), ordinals.build().toArray()));
  }

  private Optional<List<RowTest>> tests() {
    List<RowTest> tests = new ArrayList<>();
    for (Condition condition : lookup.conditions()) {
      Optional<RowTest> test =
          table.column(condition.column()).test(condition.comparison(), condition.value(values));
      if (test.isEmpty()) {
        return Optional.empty();
      }
      tests.add(test.get());
    }
    return Optional.of(tests);
  }

  /** Has all rows for which the conditions hold come out; false when those are the engine's. */
  private boolean sift(Sieve.Sink sink) {
    Optional<Sieve> sieve = tests().map(Sieve::new);
    if (sieve.isEmpty()) {
      return false;
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
      return false;
    }
    Rows candidates =
        narrowest
            .map(by -> table.postings(by.column()).rows(by.value(values)))
            .orElseGet(() -> Rows.upTo(table.rows()));
    sieve.get().sift(candidates, sink);
    return true;
  }
}
