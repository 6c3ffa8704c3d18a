package nl.ketendata.server.query;

import java.util.List;
import java.util.Locale;
import nl.ketendata.server.algebra.LanguagePage;

/** The SQL that every caller may write, for a page that tells it. */
public final class SqlGuide {
  /**
   * @param code what is written
   * @param text what is said of it; may be empty
   * @param meaning what it stands for, or what to write in its place; may be empty
   */
  public record Line(String code, String text, String meaning) {

    /** Whether nothing is said of it. */
    public boolean isName() {
      return text.isEmpty() && meaning.isEmpty();
    }
  }

  /** What belongs together. */
  public record Section(String title, List<Line> lines) {}

  private SqlGuide() {}

  /**
   * @param language Dutch, or English for any other
   */
  public static List<Section> sections(Locale language) {
    boolean dutch = language.getLanguage().equals("nl");
    return LanguagePage.sections().stream()
        .map(
            section ->
                new Section(
                    dutch ? section.dutch() : section.english(),
                    section.lines().stream().map(line -> line(line, dutch)).toList()))
        .toList();
  }

  private static Line line(LanguagePage.Line line, boolean dutch) {
    return new Line(line.code(), dutch ? line.dutch() : line.english(), line.meaning());
  }
}
