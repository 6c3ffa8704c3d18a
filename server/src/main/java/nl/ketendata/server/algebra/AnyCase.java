package nl.ketendata.server.algebra;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlNameMatchers;

/**
 * Names in any case. Calcite goes through a row for every name; this remembers the row, and counts
 * how often it is asked.
 */
final class AnyCase implements SqlNameMatcher {
  private static final SqlNameMatcher CALCITES = SqlNameMatchers.withCaseSensitive(false);

  private final Effort effort;
  private final Map<RelDataType, Map<String, RelDataTypeField>> rows = new IdentityHashMap<>();

  AnyCase(Effort effort) {
    this.effort = effort;
  }

  @Override
  public boolean isCaseSensitive() {
    return false;
  }

  @Override
  public boolean matches(String string, String name) {
    effort.spend(1);
    return CALCITES.matches(string, name);
  }

  @Override
  public <K extends List<String>, V> V get(Map<K, V> map, List<String> prefix, List<String> names) {
    return CALCITES.get(map, prefix, names);
  }

  @Override
  public String bestString() {
    return CALCITES.bestString();
  }

  @Override
  public RelDataTypeField field(RelDataType row, String name) {
    effort.spend(1);
    return rows.computeIfAbsent(row, this::byName).get(name.toLowerCase(Locale.ROOT));
  }

  private Map<String, RelDataTypeField> byName(RelDataType row) {
    effort.spendRow(row.getFieldCount());
    Map<String, RelDataTypeField> fields = new HashMap<>();
    row.getFieldList()
        .forEach(field -> fields.putIfAbsent(field.getName().toLowerCase(Locale.ROOT), field));
    return fields;
  }

  @Override
  public int frequency(Iterable<String> names, String name) {
    effort.spend(1);
    return CALCITES.frequency(names, name);
  }

  @Override
  public Set<String> createSet() {
    return CALCITES.createSet();
  }

  @Override
  public int indexOf(Iterable<String> names, String name) {
    effort.spend(1);
    return CALCITES.indexOf(names, name);
  }
}
