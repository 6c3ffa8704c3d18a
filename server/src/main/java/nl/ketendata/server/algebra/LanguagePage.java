package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What {@link Language} has, to be read: made of the lists themselves, so that it cannot lag. */
public final class LanguagePage {
  /**
   * @param code what is written; may be empty
   * @param dutch what is said of it; may be empty
   * @param english the same in English
   * @param meaning what it stands for, or what to write in its place; may be empty
   */
  public record Line(String code, String dutch, String english, String meaning) {}

  /**
   * @param dutch title
   * @param english title
   */
  public record Section(String dutch, String english, List<Line> lines) {}

  private static final List<Line> CONSTRUCTS =
      List.of(
          code("JOIN: INNER, LEFT, RIGHT, FULL, CROSS, NATURAL, USING, LATERAL"),
          code("IN, EXISTS, SOME, ALL, (SELECT …)"),
          code("WITH, VALUES, UNION, INTERSECT, EXCEPT, UNION ALL, INTERSECT ALL, EXCEPT ALL"),
          new Line(
              "WITH RECURSIVE",
              "het herhaalde deel noemt zijn eigen naam één keer, in FROM of JOIN; met UNION ALL"
                  + " hoogstens 10.000 stappen",
              "the repeated part names itself once, in FROM or JOIN; at most 10,000 steps with"
                  + " UNION ALL",
              ""),
          code("GROUP BY, ROLLUP, CUBE, GROUPING SETS, HAVING, FILTER (WHERE …)"),
          code("OVER (PARTITION BY … ORDER BY … ROWS/RANGE … EXCLUDE …), WINDOW, QUALIFY"),
          code("ORDER BY, NULLS FIRST, NULLS LAST, LIMIT, OFFSET, FETCH FIRST, TOP 5"),
          code("SELECT * EXCLUDE (a, b), x::type, PIVOT, UNPIVOT"),
          code("x ~ 'a', x ~* 'a', x !~ 'a', x !~* 'a'"),
          code("DATE '2024-12-31', TIMESTAMP '2024-12-31 12:00:00'"),
          code("x + INTERVAL '1' MONTH, x + INTERVAL '30 days', FLOOR(x TO MONTH)"),
          new Line("DATE + 1, DATE - 1, DATE - DATE", "in dagen", "in days", ""),
          code("'a' + 'b', [naam], ?, EXPLAIN PLAN FOR, --, /* */"));

  private LanguagePage() {}

  private static Line code(String code) {
    return new Line(code, "", "", "");
  }

  /** All of it. */
  public static List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("Opbouw", "Constructs", CONSTRUCTS));
    for (Language.Group group : Language.GROUPS) {
      List<Line> lines = group.operators().stream().map(LanguagePage::code).toList();
      sections.add(new Section(group.title(), group.english(), lines));
    }
    sections.add(
        new Section(
            "Gewoonten van PostgreSQL en SQL Server",
            "Habits of PostgreSQL and SQL Server",
            lines(Language.HABITS, "is", "is")));
    Map<String, String> ways = new TreeMap<>(OtherWays.WAYS);
    ForeignForms.ALL.forEach(form -> ways.put(form.title(), form.way()));
    sections.add(new Section("Schrijf anders", "Write otherwise", lines(ways, "schrijf", "write")));
    return sections;
  }

  private static List<Line> lines(Map<String, String> meanings, String dutch, String english) {
    return meanings.entrySet().stream()
        .map(each -> new Line(each.getKey(), dutch, english, each.getValue()))
        .toList();
  }

  /** The same in Markdown, in Dutch. */
  public static String markdown() {
    StringBuilder text = new StringBuilder("# SQL\n");
    for (Section section : sections()) {
      text.append("\n## ").append(section.dutch).append("\n\n");
      boolean bare = section.lines.stream().allMatch(line -> line.dutch.isEmpty());
      String lines =
          section.lines.stream()
              .map(LanguagePage::markdown)
              .map(line -> bare ? line : "- " + line)
              .collect(Collectors.joining(bare ? ", " : "\n"));
      text.append(lines).append('\n');
    }
    return text.toString();
  }

  private static String markdown(Line line) {
    String meaning = line.meaning.isEmpty() ? "" : "`" + line.meaning + "`";
    return ("`" + line.code + "` " + line.dutch + " " + meaning).strip();
  }
}
