package nl.ketendata.server.generate.sheet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.schema.Standard;
import nl.ketendata.schema.Table;

/** The CSV files of a delivery, in the catalogue's order. */
public final class Sheets {
  private final String prefix;
  private final Map<String, Sheet> byName = new LinkedHashMap<>();

  public Sheets(Standard standard) {
    prefix = standard.product().prefix();
    standard.tables().forEach(table -> byName.put(table.name(), new Sheet(table)));
  }

  public List<Sheet> all() {
    return List.copyOf(byName.values());
  }

  /** The main file of a message, given its number: {@code 301}. */
  public Sheet main(String number) {
    return sheet(prefix + number);
  }

  public Sheet child(String number, String dataClass) {
    return sheet(prefix + number + "_" + dataClass);
  }

  /** A child file that only one of the products has. */
  public Optional<Sheet> childIfAny(String number, String dataClass) {
    return Optional.ofNullable(byName.get(prefix + number + "_" + dataClass));
  }

  /** The child files of a message. */
  public List<Sheet> children(String number) {
    return byName.values().stream()
        .filter(sheet -> sheet.table().message().equals(prefix + number))
        .filter(sheet -> sheet.table().dataClass().isPresent())
        .toList();
  }

  private Sheet sheet(String name) {
    return Optional.ofNullable(byName.get(name))
        .orElseThrow(() -> new IllegalArgumentException("the catalogue lacks " + name));
  }

  /** The name of a data class's table in the catalogue. */
  public static String dataClass(Table table) {
    return table.dataClass().orElseThrow();
  }
}
