package nl.ketendata.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Table;

/**
 * The query that reads a CSV file as rows of its table.
 *
 * <p>Every field is read as text and cast strictly, since the engine's own typed reading also takes
 * {@code 0x10}, {@code 1_000} and {@code epoch}; it costs no measurable time. A value that does not
 * fit becomes null and marks the row as flawed. Rows that are odd in another way are marked too:
 * that costs least while the values are at hand.
 */
final class CsvSelect {
  /** True for a row with a value that does not fit, null for one that is odd in another way. */
  static final String FLAWED = "_Gebrekkig";

  /** SQL for the rows in which anything may be found. */
  static final String LOOKED_AT = Sql.name(FLAWED) + " IS DISTINCT FROM false";

  static final String CONFIRMED = "_Bevestigd";

  private final CsvFile file;
  private final String rejects;
  private final List<String> brought;
  private final Casts casts;

  /**
   * @param brought columns of the table that earlier deliveries brought and the catalogue lacks
   * @param rejects name of the temporary table that gets the rows that cannot be read
   */
  CsvSelect(CsvFile file, List<String> brought, String rejects) {
    this.file = file;
    this.brought = brought;
    this.rejects = rejects;
    this.casts = new Casts(file.forms());
  }

  /** The columns of the result, in order, besides those of {@link #provenance}. */
  List<String> columns() {
    List<String> names =
        new ArrayList<>(file.table().columns().stream().map(Column::name).toList());
    names.addAll(brought);
    file.targets().stream()
        .flatMap(Optional::stream)
        .filter(target -> names.stream().noneMatch(target::equalsIgnoreCase))
        .forEach(names::add);
    return names;
  }

  /**
   * The query; the columns of {@link #columns()}, then those of {@link #provenance}.
   *
   * @param odd SQL over {@link #columns()} that is true for a row that must be looked at again
   */
  String query(String gemeente, long number, String odd) {
    List<String> selected = new ArrayList<>(columns().stream().map(Sql::name).toList());
    String mark = "CASE WHEN " + flaws() + " THEN true WHEN " + odd + " THEN NULL ELSE false END";
    List<String> origin =
        List.of(Sql.text(gemeente), Long.toString(number), Long.toString(number), mark);
    for (int i = 0; i < origin.size(); i++) {
      selected.add(origin.get(i) + " AS " + Sql.name(provenance().get(i)));
    }
    return "SELECT " + String.join(", ", selected) + " FROM (" + values() + ")";
  }

  /** The values, and beside them the texts that were cast: so each is cast once. */
  private String values() {
    List<String> selected = new ArrayList<>();
    for (String column : columns()) {
      int field = field(column);
      String value = field < 0 ? "CAST(NULL AS " + type(column) + ")" : cast(raw(field), column);
      selected.add(value + " AS " + Sql.name(column));
      if (field >= 0 && !value.equals(raw(field))) {
        selected.add(raw(field));
      }
    }
    return "SELECT " + String.join(", ", selected) + " FROM " + source();
  }

  private String flaws() {
    return columns().stream()
        .filter(column -> field(column) >= 0)
        .filter(column -> !cast(raw(field(column)), column).equals(raw(field(column))))
        .map(column -> raw(field(column)) + " IS NOT NULL AND " + Sql.name(column) + " IS NULL")
        .map(flaw -> "(" + flaw + ")")
        .reduce((one, other) -> one + " OR " + other)
        .orElse("false");
  }

  /** Begins as no column does. */
  private static String raw(int field) {
    return "_c" + field;
  }

  private String cast(String raw, String column) {
    return file.table().column(column).map(c -> casts.cast(raw, c.type())).orElse(raw);
  }

  private int field(String column) {
    for (int i = 0; i < file.targets().size(); i++) {
      if (file.targets().get(i).filter(column::equalsIgnoreCase).isPresent()) {
        return i;
      }
    }
    return -1;
  }

  private String type(String column) {
    return file.table().column(column).map(Column::type).map(Sql::type).orElse("VARCHAR");
  }

  /** The columns that say where a row is from; the moment is stamped when all is loaded. */
  static List<String> provenance() {
    return List.of(Table.GEMEENTE, Table.NUMMER, CONFIRMED, FLAWED);
  }

  private String source() {
    String columns =
        IntStream.range(0, file.targets().size())
            .mapToObj(i -> Sql.text(raw(i)) + ":'VARCHAR'")
            .collect(Collectors.joining(", ", "{", "}"));
    return "read_csv("
        + Sql.text(file.path().toString())
        + ", header=true, auto_detect=false, delim="
        + Sql.text(String.valueOf(file.delimiter()))
        + ", quote='\"', escape='\"', nullstr='', max_line_size=2097152, columns="
        + columns
        + ", store_rejects=true, rejects_limit=0, rejects_table="
        + Sql.text(rejects)
        + ", rejects_scan="
        + Sql.text(rejects + "_scan")
        + ")";
  }
}
