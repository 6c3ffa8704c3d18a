package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.store.DateForm;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine and the careful reader judge every value alike: no value is lost without a word. */
class ValueRulesTest {
  private static final Caller CALLER = TestServer.caller("GM9030");
  private static final String ALPHABET = "0123456789-:T Z+.x/";
  private static final List<String> COLUMNS =
      List.of("Header_BerichtVersie", "Client_Geboortedatum_Datum", "Uitwisseling_OntvangenGGk");

  @TempDir private Path data;

  private static String day(Random random, DateForm form) {
    int year = 1990 + random.nextInt(40);
    int month = 1 + random.nextInt(12);
    int day = 1 + random.nextInt(31);
    return switch (form) {
      case ISO -> "%04d-%02d-%02d".formatted(year, month, day);
      case DUTCH -> "%02d-%02d-%04d".formatted(day, month, year);
      case COMPACT -> "%04d%02d%02d".formatted(year, month, day);
    };
  }

  private static String moment(Random random, DateForm form) {
    String time = "%02d:%02d".formatted(random.nextInt(25), random.nextInt(61));
    List<String> ends =
        List.of("", ":00", ":59", ":60", ":30.5", ":30Z", ":30+02:00", ":30.123456-0100");
    return day(random, form)
        + (random.nextBoolean() ? "T" : " ")
        + time
        + ends.get(random.nextInt(ends.size()));
  }

  private static String number(Random random) {
    List<String> signs = List.of("", "", "+", "-");
    List<String> ends = List.of("", "", ".0", ".00", ".000", ".5", "e3");
    return signs.get(random.nextInt(4))
        + random.nextLong(1L << (1 + random.nextInt(62)))
        + ends.get(random.nextInt(7));
  }

  private static String spoilt(Random random, String value) {
    if (random.nextInt(3) > 0) {
      return value;
    }
    StringBuilder text = new StringBuilder(value);
    int at = random.nextInt(text.length());
    text.setCharAt(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    return text.toString();
  }

  private static String file(Random random, DateForm dates, DateForm moments) {
    StringBuilder text = new StringBuilder("Bericht_Id," + String.join(",", COLUMNS) + "\n");
    for (int i = 0; i < 1500; i++) {
      String midnight = random.nextInt(10) == 0 ? " 00:00:00" : "";
      text.append('r').append(i).append(',').append(spoilt(random, number(random)));
      text.append(',').append(spoilt(random, day(random, dates) + midnight));
      text.append(',').append(spoilt(random, moment(random, moments))).append('\n');
    }
    return text.toString();
  }

  @Test
  void refuseExactlyTheValuesThatTheEngineDoesNotTake() {
    Random random = new Random(203);
    for (DateForm form : DateForm.values()) {
      DateForm moments = DateForm.values()[(form.ordinal() + 1) % 3];
      try (TestServer server = new TestServer(data.resolve(form.name()))) {
        data.resolve(form.name()).toFile().mkdirs();
        Report report =
            server.take(
                "GM9030",
                "Ketendata-IJW-Test-20240107060000.zip",
                Map.of("JW301.csv", file(random, form, moments)));
        for (String column : COLUMNS) {
          Set<String> absent =
              keys(server, "select Bericht_Id from JW301 where " + column + " is null");
          Set<String> refused =
              keys(
                  server,
                  "select Rijsleutel from Geweigerde_Waarden where Kolom = '" + column + "'");
          Set<String> all = new HashSet<>(absent);
          all.addAll(refused);
          assertThat(differences(server, column, all, absent, refused))
              .as("%s %s", form, column)
              .isEmpty();
          assertThat(absent).as(column).hasSizeBetween(20, 1480);
        }
        assertThat(report.rowsRefused()).isZero();
      }
    }
  }

  private static Set<String> keys(TestServer server, String question) {
    return new HashSet<>(server.sql(CALLER, question));
  }

  private static List<String> differences(
      TestServer server, String column, Set<String> all, Set<String> absent, Set<String> refused) {
    List<String> differences = new ArrayList<>();
    for (String key : all) {
      if (absent.contains(key) != refused.contains(key)) {
        String how = absent.contains(key) ? "absent, not told: " : "told, not absent: ";
        differences.add(
            how
                + server.sql(
                    CALLER,
                    "select Bericht_Id, cast("
                        + column
                        + " as varchar) from JW301 where Bericht_Id = '"
                        + key
                        + "'"));
      }
    }
    return differences;
  }
}
