package nl.ketendata.server.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Table;
import org.apache.commons.csv.CSVRecord;

/**
 * The rows of a table by row key, with each value in one spelling of its own type, so that what
 * different roads bring can be compared. Reading fails on a value that is not of its type.
 */
public final class TableRows {
  private static final ZoneId DUTCH = ZoneId.of("Europe/Amsterdam");
  private static final String NULL = "(null)";

  private TableRows() {}

  /** The file's columns and the added ones. */
  public static List<Column> columns(Table table) {
    return Stream.concat(table.columns().stream(), Table.ADDED.stream()).toList();
  }

  /** From the entities of an OData answer. */
  public static SortedMap<String, List<String>> ofOData(
      Table table, List<Column> columns, List<JsonNode> entities) {
    SortedMap<String, List<String>> rows = new TreeMap<>();
    for (JsonNode entity : entities) {
      add(rows, table, columns, column -> value(column, property(entity, column)));
    }
    return rows;
  }

  private static JsonNode property(JsonNode entity, Column column) {
    JsonNode property = entity.get(column.name());
    if (property == null) {
      throw new AssertionError("no " + column.name() + " in " + entity);
    }
    return property;
  }

  private static Optional<String> value(Column column, JsonNode node) {
    if (node.isNull()) {
      return Optional.empty();
    }
    boolean number = column.type() == nl.ketendata.schema.ColumnType.INTEGER;
    if (number != node.isIntegralNumber() || !number && !node.isTextual()) {
      throw new AssertionError(column.name() + " is written as " + node);
    }
    String text = node.asText();
    return Optional.of(
        switch (column.type()) {
          case STRING -> text;
          case INTEGER -> Long.toString(node.longValue());
          case DATE -> LocalDate.parse(text).toString();
          case TIME -> LocalTime.parse(text).toString();
          case DATETIME -> dutch(text).toString();
          case INSTANT -> Instant.parse(text).toString();
        });
  }

  private static LocalDateTime dutch(String text) {
    OffsetDateTime moment = OffsetDateTime.parse(text);
    LocalDateTime local = moment.toLocalDateTime();
    if (!moment.atZoneSameInstant(DUTCH).toLocalDateTime().equals(local)) {
      throw new AssertionError(text + " has not the Dutch offset of that moment");
    }
    return local;
  }

  /** From a query; the columns by name. */
  public static SortedMap<String, List<String>> ofSql(
      Table table, List<Column> columns, Connection connection, String sql) throws SQLException {
    SortedMap<String, List<String>> rows = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> texts = new ArrayList<>();
        String key = result.getString(table.key());
        for (Column column : columns) {
          texts.add(column.name() + "=" + value(column, result).orElse(NULL));
        }
        put(rows, key, texts);
      }
    }
    return rows;
  }

  private static Optional<String> value(Column column, ResultSet result) throws SQLException {
    String name = column.name();
    if (result.getObject(name) == null) {
      return Optional.empty();
    }
    return Optional.of(
        switch (column.type()) {
          case STRING -> result.getString(name);
          case INTEGER -> Long.toString(result.getLong(name));
          case DATE -> result.getDate(name).toLocalDate().toString();
          case TIME -> result.getTime(name).toLocalTime().toString();
          case DATETIME -> result.getTimestamp(name).toLocalDateTime().toString();
          case INSTANT ->
              result.getTimestamp(name).toLocalDateTime().toInstant(ZoneOffset.UTC).toString();
        });
  }

  /**
   * From the records of a CSV file as delivered; values that are no value of their type are null.
   */
  public static SortedMap<String, List<String>> ofCsv(
      Table table, List<Column> columns, List<CSVRecord> records) {
    SortedMap<String, List<String>> rows = new TreeMap<>();
    for (CSVRecord record : records) {
      add(rows, table, columns, column -> value(column, record.get(column.name())));
    }
    return rows;
  }

  private static Optional<String> value(Column column, String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          switch (column.type()) {
            case STRING -> text;
            case INTEGER -> Long.toString(Long.parseLong(text));
            case DATE -> LocalDate.parse(text).toString();
            case TIME -> LocalTime.parse(text).toString();
            case DATETIME -> LocalDateTime.parse(text).toString();
            case INSTANT -> Instant.parse(text).toString();
          });
    } catch (java.time.DateTimeException | NumberFormatException notOfItsType) {
      return Optional.empty();
    }
  }

  private static void add(
      SortedMap<String, List<String>> rows,
      Table table,
      List<Column> columns,
      Function<Column, Optional<String>> value) {
    Column key = table.column(table.key()).orElseThrow();
    put(
        rows,
        value.apply(key).orElseThrow(),
        columns.stream().map(c -> c.name() + "=" + value.apply(c).orElse(NULL)).toList());
  }

  private static void put(SortedMap<String, List<String>> rows, String key, List<String> texts) {
    if (rows.put(key, texts) != null) {
      throw new AssertionError("row key " + key + " occurs twice");
    }
  }
}
