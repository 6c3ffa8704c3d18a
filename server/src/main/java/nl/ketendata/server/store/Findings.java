package nl.ketendata.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.ServerTable;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.store.Rules.Rule;

/**
 * Looks whether the rows of a file are as the standard wants them, by {@link Rules}. Only rows that
 * were marked while they were loaded are looked at, all columns in one pass; only what is found is
 * asked for an example.
 */
final class Findings {
  private final Connection connection;
  private final Catalogue catalogue;
  private final Gemeente gemeente;
  private final long delivery;

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
    List<Rule> rules = new Rules(catalogue, file).all();
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
      findings.add(
          new Finding(rule.column(), rule.code().id(), rule.text(), counts.get(i), keys.get(i)));
    }
    keep(file, findings);
    return findings;
  }

  private List<String> row(String aggregate, List<Rule> rules, String place) throws SQLException {
    if (rules.isEmpty()) {
      return List.of();
    }
    String selected =
        rules.stream()
            .map(rule -> "(%s FILTER (WHERE %s))::VARCHAR".formatted(aggregate, rule.condition()))
            .collect(Collectors.joining(", "));
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT " + selected + " FROM " + place + " WHERE " + CsvSelect.LOOKED_AT)) {
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
