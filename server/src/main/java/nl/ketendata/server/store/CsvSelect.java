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
 * fit becomes null and marks the row as flawed.
 */
final class CsvSelect {
  static final String FLAWED = "_Gebrekkig";
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

  /** The query; the columns of {@link #columns()}, then those of {@link #provenance}. */
  String query(String gemeente, long number) {
    List<String> flaws = new ArrayList<>();
    List<String> selected = new ArrayList<>();
    for (String column : columns()) {
      int field = field(column);
      if (field < 0) {
        selected.add("CAST(NULL AS " + type(column) + ")");
        continue;
      }
      String raw = "c" + field;
      String value = cast(raw, column);
      selected.add(value);
      if (!value.equals(raw)) {
        flaws.add("(" + raw + " IS NOT NULL AND (" + value + ") IS NULL)");
      }
    }
    selected.add(Sql.text(gemeente));
    selected.add(Long.toString(number));
    selected.add(Long.toString(number));
    selected.add(flaws.isEmpty() ? "false" : String.join(" OR ", flaws));
    List<String> names = new ArrayList<>(columns());
    names.addAll(provenance());
    return "SELECT "
        + IntStream.range(0, names.size())
            .mapToObj(i -> selected.get(i) + " AS " + Sql.name(names.get(i)))
            .collect(Collectors.joining(", "))
        + " FROM "
        + source();
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
            .mapToObj(i -> "'c" + i + "':'VARCHAR'")
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
