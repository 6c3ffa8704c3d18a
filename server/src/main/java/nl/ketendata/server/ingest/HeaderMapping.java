package nl.ketendata.server.ingest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Table;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Words;

/**
 * Where each field of a file goes.
 *
 * @param targets for each field the column; a name of its own for one that the catalogue lacks
 * @param unknown the columns that the catalogue lacks
 * @param missing the columns that the file lacks
 */
record HeaderMapping(List<Optional<String>> targets, List<String> unknown, List<String> missing) {
  private static final int MOST_UNKNOWN = 100;

  /**
   * @param names the header's, as found in the file
   * @throws Failure KD201 when the row key is missing, or a column is empty or occurs twice
   */
  static HeaderMapping of(String file, Table table, List<String> names, Aliases aliases) {
    List<Optional<String>> targets = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (String name : names) {
      if (name.isEmpty()) {
        throw wrong(
            file,
            table,
            "kolom " + (targets.size() + 1) + " heeft geen naam",
            "column " + (targets.size() + 1) + " has no name");
      }
      String ours = aliases.column(table.name(), name);
      Optional<Column> column =
          table.columns().stream().filter(c -> c.name().equalsIgnoreCase(ours)).findFirst();
      String target = column.map(Column::name).orElseGet(() -> identifier(ours));
      if (!taken.add(target.toLowerCase(Locale.ROOT))) {
        throw wrong(
            file,
            table,
            "kolom " + name + " staat er twee keer",
            "column " + name + " is there twice");
      }
      if (column.isEmpty()) {
        unknown.add(target);
      }
      targets.add(Optional.of(target));
    }
    if (!taken.contains(table.key().toLowerCase(Locale.ROOT))) {
      throw wrong(
          file,
          table,
          "rijsleutel " + table.key() + " ontbreekt in " + shown(names),
          "row key " + table.key() + " is missing in " + shown(names));
    }
    if (unknown.size() > MOST_UNKNOWN) {
      throw wrong(
          file,
          table,
          unknown.size() + " onbekende kolommen, toegestaan is " + MOST_UNKNOWN,
          unknown.size() + " unknown columns, allowed are " + MOST_UNKNOWN);
    }
    List<String> missing =
        table.columns().stream()
            .map(Column::name)
            .filter(name -> !taken.contains(name.toLowerCase(Locale.ROOT)))
            .toList();
    return new HeaderMapping(targets, unknown, missing);
  }

  /** How many names of a header the table knows. */
  static int known(Table table, List<String> names, Aliases aliases) {
    return (int)
        names.stream()
            .filter(name -> table.column(aliases.column(table.name(), name)).isPresent())
            .count();
  }

  /** A column that we do not know must still be a name in OData and SQL, and not one of ours. */
  private static String identifier(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
    String shortened = plain.substring(0, Math.min(100, plain.length()));
    boolean reserved =
        !shortened.matches("[A-Za-z].*")
            || shortened.equalsIgnoreCase("rowid")
            || shortened.toLowerCase(Locale.ROOT).startsWith("levering_");
    return reserved ? "Extra_" + shortened : shortened;
  }

  private static Failure wrong(String file, Table table, String dutch, String english) {
    return Failure.of(
        Code.WRONG_HEADER,
        file,
        new Words(dutch, english),
        String.join(", ", table.columns().stream().map(Column::name).limit(8).toList())
            + (table.columns().size() > 8 ? ", …" : ""));
  }

  private static String shown(List<String> names) {
    String all = String.join(", ", names);
    return "\"" + (all.length() > 120 ? all.substring(0, 120) + "…" : all) + "\"";
  }
}
