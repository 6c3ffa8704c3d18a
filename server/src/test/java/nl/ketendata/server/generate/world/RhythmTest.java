package nl.ketendata.server.generate.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import nl.ketendata.server.generate.sheet.Days;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RhythmTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 59, 1_000, 123_457, 10_000_000})
  void theDaysShareAllMessagesAmongThem(long messages) {
    Rhythm rhythm = new Rhythm(messages);
    long sum = IntStream.range(rhythm.first(), rhythm.last()).mapToLong(rhythm::quota).sum();
    assertThat(sum).isEqualTo(messages);
  }

  @Test
  void sundaysAreQuiet() {
    Rhythm rhythm = new Rhythm(1_000_000);
    int monday = (int) LocalDate.of(2025, 6, 16).toEpochDay();
    assertThat(rhythm.quota(monday - 1)).isLessThan(rhythm.quota(monday) / 10);
  }

  @Test
  void momentsOfOneDayDiffer() {
    Rhythm rhythm = new Rhythm(1);
    Dice dice = new Dice(new SplittableRandom(1));
    Moment[] moments = rhythm.moments(rhythm.first(), 50_000, dice);
    for (int i = 1; i < moments.length; i++) {
      assertThat(moments[i].epochMillis()).isGreaterThan(moments[i - 1].epochMillis());
    }
  }

  @Test
  void workingDaysSkipTheWeekend() {
    int friday = Days.day(2025, 6, 13);
    assertThat(Days.plusWorkdays(friday, 1)).isEqualTo(Days.day(2025, 6, 16));
    assertThat(Days.plusWorkdays(friday + 1, 0)).isEqualTo(Days.day(2025, 6, 16));
    assertThat(Days.plusWorkdays(friday, 0)).isEqualTo(friday);
  }
}
