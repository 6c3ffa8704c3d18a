package nl.ketendata.server.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import nl.ketendata.server.failure.Failure;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What SQL users can reach means on the store what it means in Calcite, by value and by type.
 *
 * <p>The files hold an expression over the sample table or a query on each line. {@code !} marks
 * what must be refused; {@code = a :: b} that {@code a} means what {@code b} means in Calcite;
 * {@code ? answer ::} gives the answer where Calcite's own is at fault, after a line that says why.
 */
class ParityTest {
  static final List<String> FILES =
      List.of("numbers", "text", "logic", "moments", "queries", "habits");
  private static Roads roads;

  static List<String> files() {
    return FILES;
  }

  @BeforeAll
  static void open() throws SQLException {
    roads = Roads.overSample();
  }

  @AfterAll
  static void close() throws SQLException {
    roads.close();
  }

  @ParameterizedTest
  @MethodSource("files")
  void givesTheSameValuesAndTypesAsCalcite(String file) throws Exception {
    SoftAssertions softly = new SoftAssertions();
    for (String line : lines(file)) {
      softly.assertThatCode(() -> holds(line)).as(line).doesNotThrowAnyException();
    }
    softly.assertAll();
  }

  private static void holds(String line) throws SQLException {
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

  static List<String> lines(String file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    ParityTest.class.getResourceAsStream("parity/" + file + ".txt")),
                StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }
  }

  private static String query(String line) {
    return line.matches("(?i)^(select|with|values)\\b.*")
        ? line
        : "select id, " + line + " as v from t order by id";
  }

  private static void refuses(String query) {
    assertThatThrownBy(() -> roads.plan(query)).as(query).isInstanceOf(Failure.class);
  }

  private static void answers(String query, String answer) throws SQLException {
    Outcome ours = roads.ours(query);
    assertThat(String.join(" ; ", ours.rows())).as(query).isEqualTo(answer);
    assertThat(ours.types()).as(query).isEqualTo(Roads.declared(roads.plan(query)));
  }

  private static void equals(String habit, String standard) throws SQLException {
    Outcome ours = roads.ours(habit);
    assertThat(ours.rows()).as(habit).isEqualTo(roads.oracle(standard).rows());
    assertThat(ours.types()).as(habit).isEqualTo(roads.ours(standard).types());
  }

  private static void agrees(String query) throws SQLException {
    Outcome ours = roads.ours(query);
    Outcome oracle = roads.oracle(query);
    assertThat(ours.rows()).as(query).isEqualTo(oracle.rows());
    assertThat(ours.types()).as(query).isEqualTo(Roads.declared(roads.plan(query)));
    assertThat(ours.types().stream().map(ParityTest::whole).toList())
        .as(query)
        .isEqualTo(oracle.types().stream().map(ParityTest::whole).toList());
  }

  /** The oracle adds whole numbers as BIGINT, having no DECIMAL(38, 0). */
  private static String whole(String type) {
    return type.equals("DECIMAL(38, 0)") ? "BIGINT" : type;
  }
}
