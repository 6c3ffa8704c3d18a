package nl.ketendata.server.lookup;

import java.util.List;
import nl.ketendata.server.lookup.Lookup.By;
import nl.ketendata.server.store.DataVersion;

/** The order of rows by one criterion after the other, and at last as they lie. */
final class RowOrder {
  private RowOrder() {}

  static Best.Order of(TableColumns table, List<By> criteria) {
    Best.Order order = new AsTheyLie(false);
    for (int i = criteria.size() - 1; i >= 0; i--) {
      order = new Then(criterion(table, criteria.get(i)), order);
    }
    return order;
  }

  private static Best.Order criterion(TableColumns table, By by) {
    return by.column().equals(DataVersion.POSITION)
        ? new AsTheyLie(by.descending())
        : new Criterion(table.column(by.column()), by.descending(), by.nullsFirst());
  }

  private record AsTheyLie(boolean descending) implements Best.Order {
    @Override
    public long rank(int row) {
      return descending ? -row : row;
    }

    @Override
    public int compare(int a, int b) {
      return descending ? Integer.compare(b, a) : Integer.compare(a, b);
    }
  }

  private record Criterion(StoredColumn column, boolean descending, boolean nullsFirst)
      implements Best.Order {
    @Override
    public long rank(int row) {
      if (column.isNull(row)) {
        return nullsFirst ? Long.MIN_VALUE : Long.MAX_VALUE;
      }
      return descending ? ~column.rank(row) : column.rank(row);
    }

    @Override
    public int compare(int a, int b) {
      boolean none = column.isNull(a);
      boolean other = column.isNull(b);
      if (none || other) {
        return Boolean.compare(none, other) * (nullsFirst ? -1 : 1);
      }
      return (descending ? -1 : 1) * Integer.signum(column.compare(a, b));
    }
  }

  private record Then(Best.Order first, Best.Order next) implements Best.Order {
    @Override
    public long rank(int row) {
      return first.rank(row);
    }

    @Override
    public int compare(int a, int b) {
      int result = first.compare(a, b);
      return result != 0 ? result : next.compare(a, b);
    }
  }
}
