package nl.ketendata.server.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.junit.jupiter.api.Test;

class LanguageTest {
  private static String compared() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.addAll(Comparison.lines("queries"));
    for (String file : Comparison.EXPRESSIONS) {
      lines.addAll(Comparison.lines(file));
    }
    lines.removeIf(line -> line.startsWith("! "));
    return String.join("\n", lines).toUpperCase(Locale.ROOT);
  }

  @Test
  void hasACaseForEveryOperatorOnTheList() throws IOException {
    String compared = compared();
    List<String> missing = new ArrayList<>();
    for (Language.Group group : Language.GROUPS) {
      for (String operator : group.operators()) {
        String word =
            operator.matches("[A-Z].*") ? "\\b" + operator + "\\b" : Pattern.quote(operator);
        if (!Pattern.compile(word).matcher(compared).find()) {
          missing.add(operator);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void hasACaseForEveryHabit() throws IOException {
    String compared = compared();
    for (String habit : Language.HABITS.keySet()) {
      for (String each : habit.split("\\) ")) {
        String function = each.substring(0, each.indexOf('(') + 1);
        assertThat(compared).contains(function);
      }
    }
  }

  @Test
  void tellsOnThePageAllThatIsOnTheList() {
    String page = LanguagePage.markdown();
    Language.GROUPS.stream()
        .flatMap(group -> group.operators().stream())
        .forEach(operator -> assertThat(page).contains("`" + operator + "`"));
    OtherWays.WAYS.forEach(
        (other, way) -> assertThat(page).contains("`" + other + "`").contains(way));
  }

  @Test
  void tellsTheWayThatWorks() throws Exception {
    try (Roads roads = Roads.overSample()) {
      for (String function : OtherWays.WAYS.keySet()) {
        String arguments = function.equals("FIRST") || function.equals("LAST") ? "(s)" : "(s, 'x')";
        assertThatThrownBy(() -> roads.plan("select " + function + arguments + " from t"))
            .as(function)
            .isInstanceOfSatisfying(
                Failure.class, failure -> assertThat(failure.code()).isEqualTo(Code.OTHER_WAY))
            .hasMessageContaining(OtherWays.WAYS.get(function));
      }
      for (ForeignForms.Form form : ForeignForms.ALL) {
        String words = String.join(" ", form.words()).replace("?", "5");
        assertThatThrownBy(() -> roads.plan("select id from t " + words))
            .as(words)
            .isInstanceOfSatisfying(
                Failure.class, failure -> assertThat(failure.code()).isEqualTo(Code.OTHER_WAY))
            .hasMessageContaining(form.way());
      }
    }
  }
}
