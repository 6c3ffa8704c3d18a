package nl.ketendata.server.ingest;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** Finds weeks without a delivery: deliveries come every Sunday (Handleiding Ketendata v1). */
final class Gaps {
  private static final Duration WEEK = Duration.ofDays(8);

  private Gaps() {}

  /**
   * @param timestamps moments of all deliveries, ascending
   */
  static List<Report.Gap> between(List<LocalDateTime> timestamps) {
    List<Report.Gap> gaps = new ArrayList<>();
    for (int i = 1; i < timestamps.size(); i++) {
      LocalDateTime before = timestamps.get(i - 1);
      LocalDateTime after = timestamps.get(i);
      if (Duration.between(before, after).compareTo(WEEK) > 0) {
        gaps.add(new Report.Gap(before.toLocalDate(), after.toLocalDate()));
      }
    }
    return gaps;
  }
}
