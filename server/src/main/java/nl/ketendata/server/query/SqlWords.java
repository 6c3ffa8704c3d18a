package nl.ketendata.server.query;

import java.util.List;
import java.util.Map;
import nl.ketendata.server.algebra.Language;

/**
 * The words of our SQL, as drivers ask for them: tools colour and complete with them. Made of the
 * list that statements are checked against.
 *
 * @param numeric functions of numbers
 * @param text functions of texts
 * @param moments functions of dates and times
 * @param others all other functions, for which JDBC knows no kind: they travel as system functions
 * @param keywords words that are reserved here and not in SQL:2003
 */
public record SqlWords(
    List<String> numeric,
    List<String> text,
    List<String> moments,
    List<String> others,
    List<String> keywords) {
  private static final String NUMERIC = "Rekenen";
  private static final String TEXT = "Tekst";
  private static final String MOMENTS = "Datum en tijd";

  /** What every statement may use. */
  public static final SqlWords STANDARD = of(Language.functions());

  private static SqlWords of(Map<String, List<String>> functions) {
    return new SqlWords(
        functions.get(NUMERIC),
        functions.get(TEXT),
        functions.get(MOMENTS),
        functions.entrySet().stream()
            .filter(group -> !List.of(NUMERIC, TEXT, MOMENTS).contains(group.getKey()))
            .flatMap(group -> group.getValue().stream())
            .toList(),
        List.of("EXCLUDE", "ILIKE", "LIMIT", "QUALIFY"));
  }
}
