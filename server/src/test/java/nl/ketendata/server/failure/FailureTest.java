package nl.ketendata.server.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FailureTest {
  private static final Pattern PLACE = Pattern.compile("\\{\\d+\\}");

  private static ResourceBundle texts(String language) {
    return ResourceBundle.getBundle(
        "nl.ketendata.server.failure.failures", Locale.forLanguageTag(language));
  }

  @Test
  void saysTheSameThingsInBothLanguages() {
    ResourceBundle dutch = texts("nl");
    ResourceBundle english = texts("en");
    assertThat(new TreeSet<>(dutch.keySet())).isEqualTo(new TreeSet<>(english.keySet()));
    for (String key : dutch.keySet()) {
      assertThat(places(english.getString(key))).as(key).isEqualTo(places(dutch.getString(key)));
    }
  }

  private static List<String> places(String text) {
    return PLACE.matcher(text).results().map(MatchResult::group).distinct().sorted().toList();
  }

  @Test
  void writesNumbersWithoutTheMarksOfOneLanguage() {
    Failure failure = Failure.of(Code.TOO_LARGE, "$batch", 12_000, 1_000L);
    assertThat(failure.message(Failure.DUTCH)).contains("12000", "1000");
    assertThat(failure.message(Locale.ENGLISH)).contains("12000", "1000");
  }

  @Test
  void hasATextForEachCodeAndACodeForEachText() {
    TreeSet<String> codes = new TreeSet<>(Arrays.stream(Code.values()).map(Code::id).toList());
    assertThat(codes).hasSize(Code.values().length);
    TreeSet<String> texts = new TreeSet<>(texts("nl").keySet());
    texts.remove("hint");
    assertThat(texts).isEqualTo(codes);
  }

  @Test
  void speaksDutchUnlessEnglishIsAsked() {
    Failure failure = Failure.of(Code.UNKNOWN_TABLE, "JW30l").meaning("JW301");
    assertThat(failure.getMessage()).isEqualTo("Tabel JW30l bestaat niet. Bedoelde u JW301?");
    assertThat(failure.message(Locale.ENGLISH))
        .isEqualTo("Table JW30l does not exist. Did you mean JW301?");
    assertThat(failure.message(Locale.FRENCH)).isEqualTo(failure.getMessage());
  }

  @Test
  void findsTheNearestNameOrNone() {
    List<String> names = List.of("Dagtekening", "Bericht_Id", "Client_Bsn");
    assertThat(Nearest.to("dagteekening", names)).contains("Dagtekening");
    assertThat(Nearest.to("Postcode", names)).isEmpty();
  }

  @Test
  void keepsTheCauseOfAFaultOfOursFromTheCaller() {
    Failure failure = Failure.internal(new IllegalStateException("/geheim/pad"));
    assertThat(failure.getMessage()).doesNotContain("geheim");
    assertThat(failure.getCause()).hasMessage("/geheim/pad");
  }
}
