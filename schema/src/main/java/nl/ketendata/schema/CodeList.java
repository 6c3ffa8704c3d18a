package nl.ketendata.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A code list of the standard.
 *
 * @param id such as {@code WJ756}
 * @param name the list's name in Dutch
 * @param dataType the standard's data type that uses it
 * @param domains domains in which it holds
 * @param remark what to know about it
 * @param fields names of the fields; the first is the code, the second its meaning
 * @param entries the entries, each with one value per field
 */
public record CodeList(
    String id,
    String name,
    String dataType,
    List<String> domains,
    String remark,
    List<String> fields,
    List<List<String>> entries) {

  /** What the name of a table that shows a code list begins with; the list's id follows. */
  public static final String TABLE = "Codelijst_";

  /** The codes, in the list's order. */
  public Set<String> codes() {
    return meanings().keySet();
  }

  /** Meaning per code, in the list's order. */
  public Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    entries.forEach(entry -> meanings.put(entry.get(0), entry.get(1)));
    return meanings;
  }

  /** The meaning of a code. */
  public Optional<String> meaning(String code) {
    return Optional.ofNullable(meanings().get(code));
  }
}
