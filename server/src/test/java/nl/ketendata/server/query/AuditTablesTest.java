package nl.ketendata.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.ServerTable;
import nl.ketendata.schema.Table;
import nl.ketendata.server.audit.AuditLog;
import nl.ketendata.server.store.Batches;
import nl.ketendata.server.store.LogTables;
import nl.ketendata.server.testing.TestServer;
import org.apache.arrow.vector.BigIntVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that is longer than what is kept of it in the engine. */
class AuditTablesTest {
  private static final long MOST = 12_000;
  private static final long OF_MONTH = 202_611L * 1_000_000_000L;
  private static final Table TABLE = TestServer.CATALOGUE.auditlog(Product.IJW);

  @TempDir private Path data;
  private TestServer server;
  private AuditTables tables;
  private long written;

  @BeforeEach
  void open() {
    server = new TestServer(data);
    AuditLog log = new AuditLog(data, Clock.systemUTC(), broken -> {});
    tables = new AuditTables(log, new LogTables(server.store()), MOST);
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** Lines about two gemeenten in turn; the second one has as many. */
  private void write(int lines) throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      for (String gemeente : List.of("GM9030", "GM9031")) {
        text.append("{\"tijd\":\"2026-11-01T00:00:00Z\",\"wat\":\"GELEZEN\",\"wie\":\"anna\"")
            .append(",\"organisatie\":\"" + gemeente + "\",\"vanaf\":\"\",\"object\":\"x\"")
            .append(",\"uitkomst\":\"goed\",\"rijen\":1,\"vorige\":\"\"}\n");
      }
    }
    Path file = data.resolve("audit").resolve("2026-11.jsonl");
    Files.createDirectories(file.getParent());
    byte[] before = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    Files.write(file, (new String(before, StandardCharsets.UTF_8) + text).getBytes());
    written += lines;
  }

  private List<Long> numbers() {
    String sql =
        "SELECT count(*), min(%1$s), max(%1$s) FROM %2$s"
            .formatted(ServerTable.AUDIT_NUMMER, String.join(".", LogTables.path("GM9030")));
    try (Batches rows = server.store().open(sql, List.of())) {
      rows.advance();
      return rows.batch().getFieldVectors().stream()
          .map(vector -> ((BigIntVector) vector).get(0))
          .toList();
    }
  }

  @Test
  void theNewestLinesAreThereAndNoMoreThanThoseAndAFew() throws Exception {
    write(41_000);
    assertThat(tables.fill("GM9030", TABLE)).isEqualTo(OF_MONTH + written);
    assertThat(numbers()).containsExactly(MOST, OF_MONTH + written - MOST + 1, OF_MONTH + written);

    write(500);
    assertThat(tables.fill("GM9030", TABLE)).isEqualTo(OF_MONTH + written);
    assertThat(numbers())
        .containsExactly(MOST + 500, OF_MONTH + written - MOST - 499, OF_MONTH + written);
  }

  @Test
  void aLineIsReadOnce() throws Exception {
    for (int i = 0; i < 40; i++) {
      write(20);
      tables.fill("GM9030", TABLE);
      tables.fill("GM9030", TABLE);
      assertThat(numbers()).containsExactly(written, OF_MONTH + 1, OF_MONTH + written);
    }
  }
}
