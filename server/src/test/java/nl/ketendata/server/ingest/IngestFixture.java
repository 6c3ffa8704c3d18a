package nl.ketendata.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A gemeente without deliveries, and short ways to hand in messages and to see what is there. */
abstract class IngestFixture {
  static final String FIRST = "Ketendata-IJW-Test-aan-Zee-20240107060000.zip";
  static final String SECOND = "Ketendata-IJW-Test-aan-Zee-20240114060000.zip";
  static final Caller CALLER = TestServer.caller("GM9030");

  @TempDir Path data;
  TestServer server;

  @BeforeEach
  void open() {
    server = new TestServer(data);
  }

  @AfterEach
  void close() {
    server.close();
  }

  static Map<String, String> messages(String... rows) {
    return Map.of(
        "JW301.csv",
        "Bericht_Id,Header_Ontvanger,Client_Geboortedatum_Datum\n"
            + String.join("\n", rows)
            + "\n");
  }

  List<String> rows() {
    return server.sql(
        CALLER,
        "select Bericht_Id, Header_Ontvanger, Client_Geboortedatum_Datum, Levering_Nummer from"
            + " JW301 order by 1");
  }

  void assertRefused(Code code, String name, Map<String, String> files) {
    assertThatThrownBy(() -> server.take("GM9030", name, files))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }
}
