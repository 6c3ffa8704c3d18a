package nl.ketendata.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One file of a delivery, and the table that it becomes.
 *
 * @param name the file's name without {@code .csv}, such as {@code JW301_ToegewezenProduct}
 * @param product the product it belongs to
 * @param status how certain it is that the real delivery has this file
 * @param key name of the row key
 * @param columns the columns of the file, in the file's order, without the added ones
 * @param description what the rows are, in Dutch; empty for a file of the standard, whose message
 *     says it
 */
public record Table(
    String name,
    Product product,
    String status,
    String key,
    List<Column> columns,
    String description) {

  /** Name of the added column with the 4-digit code of the gemeente whose delivery it is. */
  public static final String GEMEENTE = "Levering_Gemeente";

  /** Name of the added column with the number of the delivery that brought the row. */
  public static final String NUMMER = "Levering_Nummer";

  /** Name of the added column with the moment, in UTC, of that delivery's publication. */
  public static final String GELADEN_OP = "Levering_GeladenOp";

  /** What the name of a child file with the columns of its message beside it ends in. */
  public static final String WIDE = "_Breed";

  /** The columns that every table has besides the file's own. */
  public static final List<Column> ADDED =
      List.of(
          Column.added(
              GEMEENTE,
              ColumnType.STRING,
              "Code (CBS, 4 cijfers) van de gemeente waarvan de levering is."),
          Column.added(
              NUMMER,
              ColumnType.INTEGER,
              "Nummer van de levering die de rij bracht zoals zij nu is."),
          Column.added(
              GELADEN_OP,
              ColumnType.INSTANT,
              "Tijdstip (UTC) waarop die levering is gepubliceerd."));

  public Table {
    columns = List.copyOf(columns);
  }

  /** The message that the file belongs to: {@code JW301} for {@code JW301_Relatie}. */
  public String message() {
    int underscore = name.indexOf('_');
    return underscore < 0 ? name : name.substring(0, underscore);
  }

  /** The data class of a child file, such as {@code Relatie}; empty for a main file. */
  public Optional<String> dataClass() {
    int underscore = name.indexOf('_');
    return underscore < 0 ? Optional.empty() : Optional.of(name.substring(underscore + 1));
  }

  /** Whether it holds no rows of its own, but shows those of two others side by side. */
  public boolean isWide() {
    return name.endsWith(WIDE);
  }

  /** Name of the row key as SQL's metadata tells it. */
  public String primaryKey() {
    return "PK_" + name;
  }

  /** The file's columns followed by the added ones: what a reader of the table sees. */
  public List<Column> allColumns() {
    List<Column> all = new ArrayList<>(columns);
    all.addAll(ADDED);
    return all;
  }

  /** The column with this name, in any case, among {@link #allColumns()}. */
  public Optional<Column> column(String wanted) {
    return allColumns().stream().filter(c -> c.name().equalsIgnoreCase(wanted)).findFirst();
  }

  /** This table with columns behind its own that a delivery brought and the catalogue lacks. */
  public Table with(List<Column> unknown) {
    List<Column> wider = new ArrayList<>(columns);
    wider.addAll(unknown);
    return new Table(name, product, status, key, wider, description);
  }

  /** This table without the columns of its own that do not pass. */
  public Table showing(Predicate<Column> shown) {
    List<Column> kept = columns.stream().filter(shown).toList();
    return kept.size() == columns.size()
        ? this
        : new Table(name, product, status, key, kept, description);
  }

  static Map<String, Table> byName(List<Table> tables) {
    return tables.stream()
        .collect(
            Collectors.toUnmodifiableMap(
                table -> table.name().toLowerCase(Locale.ROOT), Function.identity()));
  }
}
