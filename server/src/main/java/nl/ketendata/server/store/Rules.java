package nl.ketendata.server.store;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.CodeList;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * What the standard asks of the values of a file besides their type: lengths, code lists, values
 * that must be there.
 */
final class Rules {
  private final Catalogue catalogue;
  private final CsvFile file;

  /**
   * A rule.
   *
   * @param condition SQL that is true for a row that breaks it
   */
  record Rule(String column, Code code, String text, String condition) {}

  Rules(Catalogue catalogue, CsvFile file) {
    this.catalogue = catalogue;
    this.file = file;
  }

  /** All rules for the columns that the file has. */
  List<Rule> all() {
    Stream<Rule> ofProducts =
        catalogue.codeList(ProductCodes.LIST).map(ProductCodes::new).stream()
            .flatMap(codes -> rules(codes).stream());
    return Stream.concat(columns().flatMap(column -> rules(column).stream()), ofProducts).toList();
  }

  /**
   * SQL that is true for a row that breaks a rule, or has a hash that is as short as a BSN: rows
   * for which it is not need not be looked at again.
   */
  String anyBroken() {
    Stream<String> hashes =
        columns().filter(Column::hashed).map(column -> BroughtRows.longAsBsn(column.name()));
    return Stream.concat(all().stream().map(Rule::condition), hashes)
        .map(condition -> "(" + condition + ")")
        .reduce((one, other) -> one + " OR " + other)
        .orElse("false");
  }

  private Stream<Column> columns() {
    return file.targets().stream()
        .flatMap(Optional::stream)
        .flatMap(name -> file.table().column(name).stream());
  }

  private List<Rule> rules(Column column) {
    List<Rule> rules = new ArrayList<>();
    if (!column.nullable() && !column.name().equals(file.table().key())) {
      rules.add(rule(column, Code.VALUE_ABSENT, "", Sql.name(column.name()) + " IS NULL"));
    }
    if (column.length().isPresent()) {
      int length = column.length().getAsInt();
      longer(column, length)
          .map(condition -> rule(column, Code.TOO_LONG, Integer.toString(length), condition))
          .ifPresent(rules::add);
    }
    codes(column)
        .map(list -> rule(column, Code.NOT_IN_CODE_LIST, list.id(), notIn(column, list)))
        .ifPresent(rules::add);
    return rules;
  }

  private List<Rule> rules(ProductCodes codes) {
    List<Rule> rules = new ArrayList<>();
    List<Column> columns = columns().toList();
    String list = ProductCodes.LIST;
    for (Column code : codes.code(columns, file.table().product().domain()).stream().toList()) {
      rules.add(rule(code, Code.NOT_IN_CODE_LIST, list, codes.unknown(code)));
      codes
          .category(columns)
          .map(category -> rule(code, Code.OTHER_CATEGORY, list, codes.elsewhere(code, category)))
          .ifPresent(rules::add);
    }
    return rules;
  }

  private Rule rule(Column column, Code code, String allowed, String condition) {
    String text = Failure.of(code, file.table().name(), column.name(), allowed).getMessage();
    return new Rule(column.name(), code, text, condition);
  }

  private static Optional<String> longer(Column column, int length) {
    String name = Sql.name(column.name());
    if (column.type() == ColumnType.STRING && !column.hashed()) {
      // Bytes first: they are at hand, and no fewer than the characters.
      return Optional.of("strlen(%1$s) > %2$d AND length(%1$s) > %2$d".formatted(name, length));
    }
    if (column.type() == ColumnType.INTEGER && length < 18) {
      return Optional.of("abs(%s) >= %s".formatted(name, BigInteger.TEN.pow(length)));
    }
    return Optional.empty();
  }

  /** The engine looks for a value in an enumeration at once, in a list code by code. */
  private static String notIn(Column column, CodeList list) {
    String codes = list.codes().stream().map(Sql::text).collect(Collectors.joining(", "));
    return "%1$s IS NOT NULL AND TRY_CAST(%1$s AS ENUM(%2$s)) IS NULL"
        .formatted(Sql.name(column.name()), codes);
  }

  /** The gemeenten of a header are checked apart, and refuse the delivery. */
  private Optional<CodeList> codes(Column column) {
    return column
        .codeList()
        .filter(id -> column.type() == ColumnType.STRING)
        .filter(id -> !(id.equals("CBS_Gemeentecode") && column.name().startsWith("Header_")))
        .flatMap(catalogue::codeList);
  }
}
