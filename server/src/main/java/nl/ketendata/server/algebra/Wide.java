package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Join;
import nl.ketendata.schema.Table;

/**
 * A child file with the columns of its message beside its own, such as {@code
 * JW301_ToegewezenProduct_Breed}. It holds what the two tables hold for this reader, so a column
 * that is hidden there is not here either.
 *
 * @param table as readers see it
 * @param child the child file
 * @param main the file of the message
 * @param join how the one belongs to the other
 * @param beside the columns of the message, in the order in which they stand behind the child's
 */
record Wide(Table table, Table child, Table main, Join join, List<Column> beside) {
  Wide {
    beside = List.copyOf(beside);
  }

  /** Of every child that is linked to its message. */
  static List<Table> tables(List<Table> tables, List<Join> joins) {
    List<Table> wide = new ArrayList<>();
    for (Table child : tables) {
      of(child, tables, joins).map(Wide::table).ifPresent(wide::add);
    }
    return wide;
  }

  /** What a table of this name is made of; empty when it is not a wide one. */
  static Optional<Wide> named(String name, List<Table> tables, List<Join> joins) {
    if (!name.endsWith(Table.WIDE)) {
      return Optional.empty();
    }
    String child = name.substring(0, name.length() - Table.WIDE.length());
    return tables.stream()
        .filter(table -> table.name().equals(child))
        .findFirst()
        .flatMap(table -> of(table, tables, joins));
  }

  private static Optional<Wide> of(Table child, List<Table> tables, List<Join> joins) {
    if (child.dataClass().isEmpty()) {
      return Optional.empty();
    }
    return joins.stream()
        .filter(join -> join.child().equals(child.name()))
        .filter(join -> join.parent().equals(child.message()))
        .filter(join -> child.column(join.column()).isPresent())
        .findFirst()
        .flatMap(
            join ->
                tables.stream()
                    .filter(table -> table.name().equals(join.parent()))
                    .findFirst()
                    .map(main -> of(child, main, join)));
  }

  private static Wide of(Table child, Table main, Join join) {
    Set<String> taken = new HashSet<>();
    child.allColumns().forEach(column -> taken.add(column.name().toLowerCase(Locale.ROOT)));
    List<Column> all = new ArrayList<>(child.columns());
    List<Column> beside = new ArrayList<>();
    for (Column column : main.columns()) {
      if (!column.name().equals(join.column())) {
        beside.add(column);
        all.add(column.beside(name(column, main, taken)));
      }
    }
    Table table =
        new Table(
            child.name() + Table.WIDE,
            child.product(),
            child.status(),
            child.key(),
            all,
            child.name() + " met de kolommen van " + main.name() + " ernaast.");
    return new Wide(table, child, main, join, beside);
  }

  /** A name that the child has too gets the class before it, or else the message. */
  private static String name(Column column, Table main, Set<String> taken) {
    String dataClass = column.origin().dataClass();
    for (String name :
        List.of(
            column.name(),
            (dataClass.isEmpty() ? main.name() : dataClass) + "_" + column.name(),
            main.name() + "_" + column.name())) {
      if (taken.add(name.toLowerCase(Locale.ROOT))) {
        return name;
      }
    }
    throw new IllegalStateException(main.name() + "." + column.name());
  }
}
