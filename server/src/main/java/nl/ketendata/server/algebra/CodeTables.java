package nl.ketendata.server.algebra;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.ketendata.schema.CodeList;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.schema.Join;
import nl.ketendata.schema.Privacy;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Table;
import nl.ketendata.server.store.DataVersion;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.util.TimestampString;

/**
 * The code lists that a product's columns name, as tables such as {@code Codelijst_WJ756}: with
 * their meanings, so that a report shows words. They stand in no file; a scan becomes their rows.
 */
final class CodeTables {
  private CodeTables() {}

  /** Of every list that a column of these tables names. */
  static List<Table> of(Product product, List<Table> tables, Map<String, CodeList> codes) {
    return tables.stream()
        .flatMap(table -> table.columns().stream())
        .flatMap(column -> column.codeList().stream())
        .distinct()
        .sorted()
        .flatMap(id -> Optional.ofNullable(codes.get(id)).stream())
        .map(list -> table(product, list))
        .toList();
  }

  /** From every column that holds codes to the table of its list. */
  static List<Join> joins(List<Table> tables) {
    Map<String, Table> byName =
        tables.stream().collect(Collectors.toMap(Table::name, Function.identity()));
    List<Join> joins = new ArrayList<>();
    for (Table table : tables) {
      for (Column column : table.columns()) {
        column
            .codeList()
            .map(id -> byName.get(CodeList.TABLE + id))
            .ifPresent(list -> joins.add(Join.toCodes(table, column, list)));
      }
    }
    return joins;
  }

  /** The list that a table shows; empty when it shows none. */
  static Optional<CodeList> list(Table table, Map<String, CodeList> codes) {
    return table.name().startsWith(CodeList.TABLE)
        ? Optional.ofNullable(codes.get(table.name().substring(CodeList.TABLE.length())))
        : Optional.empty();
  }

  private static Table table(Product product, CodeList list) {
    List<Column> columns =
        list.fields().stream().map(field -> column(name(field), list.name())).toList();
    return new Table(
        CodeList.TABLE + list.id(),
        product,
        "standard",
        columns.get(0).name(),
        columns,
        list.name() + ".");
  }

  /**
   * {@code reden_wijziging} is {@code RedenWijziging}; {@code since} and {@code until} are Dutch.
   */
  private static String name(String field) {
    return switch (field) {
      case "since" -> "GeldigVanaf";
      case "until" -> "GeldigTot";
      default ->
          Arrays.stream(field.split("_"))
              .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
              .collect(Collectors.joining());
    };
  }

  private static Column column(String name, String list) {
    return new Column(
        name,
        ColumnType.STRING,
        OptionalInt.empty(),
        Optional.empty(),
        true,
        false,
        false,
        Privacy.GEEN,
        new Column.Origin("", "", "", "", "", "", "standard", "standard"),
        name + " van de codelijst " + list + ".");
  }

  /**
   * The rows of a list for one gemeente.
   *
   * @param row the type that a scan has, with the position at the end or without
   * @param from position of the first row
   */
  static RelNode rows(
      RelOptCluster cluster, CodeList list, DataVersion version, RelDataType row, long from) {
    List<List<Object>> rows = new ArrayList<>();
    long position = from;
    for (List<String> entry : list.entries()) {
      List<Object> values = new ArrayList<>(entry);
      values.add(version.gemeente().code());
      values.add(version.number());
      values.add(moment(version.publishedAt()));
      values.add(position++);
      rows.add(values);
    }
    return ListedTable.values(cluster, row, rows);
  }

  private static TimestampString moment(Instant at) {
    LocalDateTime utc = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
    return new TimestampString(
            utc.getYear(),
            utc.getMonthValue(),
            utc.getDayOfMonth(),
            utc.getHour(),
            utc.getMinute(),
            utc.getSecond())
        .withNanos(utc.getNano() / 1_000 * 1_000);
  }
}
