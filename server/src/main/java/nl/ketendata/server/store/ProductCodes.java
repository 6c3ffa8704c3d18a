package nl.ketendata.server.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.ketendata.schema.CodeList;
import nl.ketendata.schema.Column;

/**
 * What can be told of product codes. Only a part of them is public: the aids of the Wmo, whose
 * codes begin with their category and an X, such as {@code 11X00} in category 11. A gemeente may
 * have codes of its own, so a code of another shape says nothing.
 *
 * @param list the part that is public
 */
record ProductCodes(CodeList list) {
  static final String LIST = "PRODUCTCODE";
  private static final String CODE = "LDT_ProductCode";
  private static final String CATEGORY = "LDT_ProductCategorie";
  private static final int SHAPE = 3;
  private static final int LENGTH_CATEGORY = 2;

  /** The column with product codes, if these are of the list's domain. */
  Optional<Column> code(List<Column> columns, String domain) {
    return list.domains().contains(domain) ? of(columns, CODE) : Optional.empty();
  }

  /** The column with the category of the same product. */
  Optional<Column> category(List<Column> columns) {
    return of(columns, CATEGORY);
  }

  private static Optional<Column> of(List<Column> columns, String dataType) {
    return columns.stream()
        .filter(column -> column.origin().dataType().equals(dataType))
        .findFirst();
  }

  /** Holds for a code that looks like one of the list and is none. */
  String unknown(Column code) {
    Set<String> shapes =
        list.codes().stream().map(each -> each.substring(0, SHAPE)).collect(Collectors.toSet());
    String name = Sql.name(code.name());
    return "substr(%1$s, 1, %2$d) IN (%3$s) AND %1$s NOT IN (%4$s)"
        .formatted(name, SHAPE, texts(shapes), texts(list.codes()));
  }

  /** Holds for a code of the list that stands with another category than its own. */
  String elsewhere(Column code, Column category) {
    return "%1$s IN (%2$s) AND substr(%1$s, 1, %3$d) <> %4$s"
        .formatted(
            Sql.name(code.name()), texts(list.codes()), LENGTH_CATEGORY, Sql.name(category.name()));
  }

  private static String texts(Set<String> values) {
    return values.stream().sorted().map(Sql::text).collect(Collectors.joining(", "));
  }
}
