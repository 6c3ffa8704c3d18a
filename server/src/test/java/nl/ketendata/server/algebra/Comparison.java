package nl.ketendata.server.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nl.ketendata.server.failure.Failure;
import org.assertj.core.api.SoftAssertions;

/**
 * What SQL users can reach means on the store what it means in Calcite, by value and by type.
 *
 * <p>The files hold an expression over the sample table or a query on each line. {@code !} marks
 * what must be refused; {@code = a :: b} that {@code a} means what {@code b} means in Calcite;
 * {@code ? answer ::} gives the answer where Calcite's own is at fault, after a line that says why.
 */
final class Comparison implements AutoCloseable {
  static final List<String> EXPRESSIONS =
      List.of("numbers", "text", "logic", "moments", "casts", "habits");
  static final List<String> QUERIES = List.of("queries");

  /** Calcite compiles each statement, which costs it more than what is in it. */
  private static final int TOGETHER = 12;

  private final Roads roads;
  private final Map<String, Outcome> known = new HashMap<>();

  Comparison() throws SQLException {
    roads = Roads.overSample();
  }

  void holds(String file) throws IOException {
    List<String> lines = lines(file);
    askTogether(lines.stream().filter(Comparison::isExpression).toList());
    SoftAssertions softly = new SoftAssertions();
    for (String line : lines) {
      softly.assertThatCode(() -> lineHolds(line)).as(line).doesNotThrowAnyException();
    }
    softly.assertAll();
  }

  static List<String> lines(String file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    Comparison.class.getResourceAsStream("parity/" + file + ".txt")),
                StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }
  }

  private static boolean isExpression(String line) {
    return !line.matches("[!=?] .*") && !isQuery(line);
  }

  private static boolean isQuery(String line) {
    return line.matches("(?i)^(select|with|values)\\b.*");
  }

  /** Calcite's answers to many expressions; where one of them fails each is asked by itself. */
  private void askTogether(List<String> expressions) {
    for (int from = 0; from < expressions.size(); from += TOGETHER) {
      List<String> some = expressions.subList(from, Math.min(from + TOGETHER, expressions.size()));
      List<String> columns = new ArrayList<>(List.of("id"));
      some.forEach(each -> columns.add(each + " as v" + columns.size()));
      try {
        Outcome all = roads.oracle("select " + String.join(", ", columns) + " from t order by id");
        for (int i = 0; i < some.size(); i++) {
          known.put(query(some.get(i)), all.only(0, i + 1));
        }
      } catch (SQLException e) {
        // Which of them it was is seen when they are asked alone.
        known.keySet().removeAll(some.stream().map(Comparison::query).toList());
      }
    }
  }

  private Outcome oracle(String query) throws SQLException {
    Outcome before = known.get(query);
    return before == null ? roads.oracle(query) : before;
  }

  private void lineHolds(String line) throws SQLException {
    if (line.startsWith("! ")) {
      refuses(query(line.substring(2)));
    } else if (line.startsWith("= ")) {
      int end = line.indexOf(" :: ");
      equals(query(line.substring(2, end).strip()), query(line.substring(end + 4).strip()));
    } else if (line.startsWith("? ")) {
      int end = line.indexOf(" :: ");
      answers(query(line.substring(end + 4).strip()), line.substring(2, end).strip());
    } else {
      agrees(query(line));
    }
  }

  private static String query(String line) {
    return isQuery(line) ? line : "select id, " + line + " as v from t order by id";
  }

  private void refuses(String query) {
    assertThatThrownBy(() -> roads.plan(query)).as(query).isInstanceOf(Failure.class);
  }

  private void answers(String query, String answer) throws SQLException {
    Plan plan = roads.plan(query);
    Outcome ours = roads.ours(plan);
    assertThat(String.join(" ; ", ours.rows())).as(query).isEqualTo(answer);
    assertThat(ours.types()).as(query).isEqualTo(Roads.declared(plan));
  }

  private void equals(String habit, String standard) throws SQLException {
    Outcome ours = roads.ours(habit);
    assertThat(ours.rows()).as(habit).isEqualTo(oracle(standard).rows());
    assertThat(ours.types()).as(habit).isEqualTo(roads.ours(standard).types());
  }

  private void agrees(String query) throws SQLException {
    Plan plan = roads.plan(query);
    Outcome ours = roads.ours(plan);
    Outcome oracle = oracle(query);
    assertThat(ours.rows()).as(query).isEqualTo(oracle.rows());
    assertThat(ours.types()).as(query).isEqualTo(Roads.declared(plan));
    assertThat(ours.types().stream().map(Comparison::whole).toList())
        .as(query)
        .isEqualTo(oracle.types().stream().map(Comparison::whole).toList());
  }

  /** The oracle adds whole numbers as BIGINT, having no DECIMAL(38, 0). */
  private static String whole(String type) {
    return type.equals("DECIMAL(38, 0)") ? "BIGINT" : type;
  }

  @Override
  public void close() throws SQLException {
    roads.close();
  }
}
