package nl.ketendata.server.store;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.CodeList;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.schema.ServerTable;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;

/**
 * Looks whether the rows of a file are as the standard wants them: lengths, code lists, values that
 * must be there. All columns in one pass; only what is found is asked for an example.
 */
final class Findings {
  private final Connection connection;
  private final Catalogue catalogue;
  private final Gemeente gemeente;
  private final long delivery;

  private record Rule(String column, Code code, String text, String condition) {}

  Findings(Connection connection, Catalogue catalogue, Gemeente gemeente, long delivery) {
    this.connection = connection;
    this.catalogue = catalogue;
    this.gemeente = gemeente;
    this.delivery = delivery;
  }

  /**
   * Finds and keeps.
   *
   * @param place where the file's rows are, and no others
   */
  List<Finding> find(CsvFile file, String place) throws SQLException {
    List<Column> columns =
        file.targets().stream()
            .flatMap(Optional::stream)
            .flatMap(name -> file.table().column(name).stream())
            .toList();
    List<Rule> rules = new ArrayList<>();
    columns.forEach(column -> rules.addAll(rules(file, column)));
    catalogue
        .codeList(ProductCodes.LIST)
        .map(ProductCodes::new)
        .ifPresent(codes -> rules.addAll(rules(file, columns, codes)));
    List<Rule> broken = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    List<String> found = row("count(*)", rules, place);
    for (int i = 0; i < found.size(); i++) {
      long count = Long.parseLong(found.get(i));
      if (count > 0) {
        broken.add(rules.get(i));
        counts.add(count);
      }
    }
    List<String> keys = row("min(" + Sql.name(file.table().key()) + ")", broken, place);
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < broken.size(); i++) {
      Rule rule = broken.get(i);
      findings.add(new Finding(rule.column, rule.code.id(), rule.text, counts.get(i), keys.get(i)));
    }
    keep(file, findings);
    return findings;
  }

  private List<Rule> rules(CsvFile file, Column column) {
    List<Rule> rules = new ArrayList<>();
    String name = Sql.name(column.name());
    if (!column.nullable() && !column.name().equals(file.table().key())) {
      rules.add(rule(file, column, Code.VALUE_ABSENT, "", name + " IS NULL"));
    }
    column
        .length()
        .ifPresent(
            length ->
                longer(column, length)
                    .ifPresent(
                        condition ->
                            rules.add(
                                rule(
                                    file,
                                    column,
                                    Code.TOO_LONG,
                                    Integer.toString(length),
                                    condition))));
    codes(column)
        .ifPresent(
            list ->
                rules.add(
                    rule(
                        file,
                        column,
                        Code.NOT_IN_CODE_LIST,
                        list.id(),
                        name
                            + " NOT IN ("
                            + list.codes().stream().map(Sql::text).collect(Collectors.joining(", "))
                            + ")")));
    return rules;
  }

  private static List<Rule> rules(CsvFile file, List<Column> columns, ProductCodes codes) {
    List<Rule> rules = new ArrayList<>();
    String domain = file.table().product().domain();
    for (Column code : codes.code(columns, domain).stream().toList()) {
      rules.add(rule(file, code, Code.NOT_IN_CODE_LIST, ProductCodes.LIST, codes.unknown(code)));
      codes
          .category(columns)
          .ifPresent(
              category ->
                  rules.add(
                      rule(
                          file,
                          code,
                          Code.OTHER_CATEGORY,
                          ProductCodes.LIST,
                          codes.elsewhere(code, category))));
    }
    return rules;
  }

  private static Rule rule(
      CsvFile file, Column column, Code code, String allowed, String condition) {
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

  /** The gemeenten of a header are checked apart, and refuse the delivery. */
  private Optional<CodeList> codes(Column column) {
    return column
        .codeList()
        .filter(id -> column.type() == ColumnType.STRING)
        .filter(id -> !(id.equals("CBS_Gemeentecode") && column.name().startsWith("Header_")))
        .flatMap(catalogue::codeList);
  }

  private List<String> row(String aggregate, List<Rule> rules, String place) throws SQLException {
    if (rules.isEmpty()) {
      return List.of();
    }
    String selected =
        rules.stream()
            .map(rule -> "(%s FILTER (WHERE %s))::VARCHAR".formatted(aggregate, rule.condition))
            .collect(Collectors.joining(", "));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT " + selected + " FROM " + place)) {
      rows.next();
      List<String> values = new ArrayList<>();
      for (int i = 1; i <= rules.size(); i++) {
        values.add(rows.getString(i));
      }
      return values;
    }
  }

  private void keep(CsvFile file, List<Finding> findings) throws SQLException {
    if (findings.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO %s VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)"
                .formatted(Sql.name(ServerTable.BEVINDINGEN)))) {
      for (Finding finding : findings) {
        String table = file.table().name();
        insert.setString(
            1,
            String.join(
                "-",
                gemeente.code(),
                Long.toString(delivery),
                table,
                finding.column(),
                finding.code()));
        insert.setString(2, file.name());
        insert.setString(3, table);
        insert.setString(4, finding.column());
        insert.setString(5, finding.code());
        insert.setString(6, finding.text());
        insert.setLong(7, finding.rows());
        insert.setString(8, finding.key());
        insert.setString(9, gemeente.code());
        insert.setLong(10, delivery);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
