package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.testing.Deliveries;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
  private static final String NAME = "Ketendata-IJW-Test-aan-Zee-20240107060000.zip";
  private static final int ROWS = 1_500_000;

  /** It looks ten times a second: on some machine the file may be read between two looks. */
  private static final int TIMES = 6;

  @TempDir private Path folder;

  /** What was told, in order. */
  private static final class Told implements Progress {
    private final List<Long> bytes = new CopyOnWriteArrayList<>();
    private final List<Long> rows = new CopyOnWriteArrayList<>();
    private volatile long total;

    @Override
    public void at(String step, long done, long of) {
      bytes.add(done);
      total = of;
    }

    @Override
    public void rows(long read) {
      rows.add(read);
    }
  }

  /** One file may be most of a delivery, and take minutes. */
  @Test
  void tellsHowFarItIsWithinAFile() {
    StringBuilder text = new StringBuilder("Bericht_Id,Header_Afzender\n");
    for (int i = 0; i < ROWS; i++) {
      text.append(Integer.toString(i * 7919, 36)).append("-0123456,9030\n");
    }
    Path zip = Deliveries.zip(folder, NAME, Map.of("JW301.csv", text.toString()));
    boolean within = false;
    for (int i = 0; i < TIMES && !within; i++) {
      Told told = told(zip, folder.resolve("data" + i));
      assertThat(told.total).isEqualTo(text.length());
      assertThat(told.bytes).isSorted().startsWith(0L).endsWith(told.total);
      assertThat(told.rows).endsWith((long) ROWS);
      within = told.bytes.stream().anyMatch(done -> done > 0 && done < told.total);
    }
    assertThat(within).isTrue();
  }

  private static Told told(Path zip, Path data) {
    Told told = new Told();
    try (TestServer server = new TestServer(data)) {
      IngestOrder order =
          new IngestOrder(
              zip, Gemeente.parse("GM9030"), Optional.empty(), Optional.empty(), false, "test");
      server.ingest().take(order, told);
    }
    return told;
  }
}
