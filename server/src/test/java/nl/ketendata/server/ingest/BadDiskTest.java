package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.store.Leftovers;
import nl.ketendata.server.store.Steps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk fails while a delivery is taken in. */
class BadDiskTest {
  @TempDir private Path folder;

  /** Lets one step fail, in the words of the system. */
  private static final class BadDisk implements Steps {
    private final int at;
    private final String words;
    private int passed;

    BadDisk(int at, String words) {
      this.at = at;
      this.words = words;
    }

    @Override
    public void before(String what) throws IOException {
      if (passed++ == at) {
        throw new IOException(what + ": " + words);
      }
    }
  }

  private record Fault(String words, Code code) {}

  /** Every step of the road fails once, in one of the ways in which disks do. */
  private static Fault fault(int step) {
    return step % 4 < 2
        ? new Fault("No space left on device", Code.DISK_FULL)
        : new Fault(
            step % 4 == 2 ? "Input/output error" : "Read-only file system", Code.NOT_WRITABLE);
  }

  @Test
  void changesNothingAtWhicheverStepItFails() throws IOException, SQLException {
    List<CrashTest.Delivery> deliveries = CrashTest.deliveries(folder, 99, new Random(99));
    Path data = folder.resolve("vol");
    CrashTest.take(data, deliveries.get(0), Steps.NONE);
    Path before = CrashTest.current(data).orElseThrow();
    int step = 0;
    while (CrashTest.current(data).orElseThrow().equals(before)) {
      String about = "step " + step;
      Fault fault = fault(step);
      try {
        CrashTest.take(data, deliveries.get(1), new BadDisk(step, fault.words));
      } catch (Failure failure) {
        assertThat(failure.code()).as(about).isEqualTo(fault.code);
      }
      int ledger = CrashTest.replayed(data, deliveries, about).size();
      assertThat(data.resolve("gemeenten/GM9030/ijw/bouw/werk/versie.duckdb"))
          .as(about)
          .doesNotExist();
      new Leftovers(data, Steps.NONE).delete(CrashTest::fault);
      CrashTest.assertClean(data, ledger, about);
      step++;
    }
    assertThat(step).isGreaterThan(12);
  }

  @Test
  void saysThatTheDataFolderCannotBeWritten() throws IOException {
    Path data = Files.createDirectory(folder.resolve("dicht"));
    Files.writeString(data.resolve("gemeenten"), "a file where the folder should be");
    CrashTest.Delivery delivery = CrashTest.deliveries(folder, 1, new Random(1)).get(0);
    assertThatThrownBy(() -> CrashTest.take(data, delivery, Steps.NONE))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_WRITABLE));
  }
}
