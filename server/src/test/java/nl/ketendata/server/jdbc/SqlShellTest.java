package nl.ketendata.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import nl.ketendata.server.testing.FakeRows;
import nl.ketendata.server.testing.SqlShell;
import org.apache.arrow.vector.VarCharVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SqlShellTest {
  private Fixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new Fixture();
    fixture.door.answers("select name", names());
    fixture.door.answers("select name;", names());
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private static FakeRows names() {
    return FakeRows.of(3_000)
        .with(
            FakeRows.column("naam", Types.VARCHAR, "VARCHAR"),
            allocator -> new VarCharVector("naam", allocator),
            (vector, row, text) -> vector.setSafe(row, text),
            row -> ("naam" + row).getBytes(StandardCharsets.UTF_8));
  }

  private String run(String... commands) throws IOException {
    return SqlShell.run(fixture.server.url(), "anna", "geheim", commands);
  }

  @Test
  void printsRowsAsATable() throws IOException {
    assertThat(run("select name;")).contains("| naam0 ", "| naam2999 ", "3,000 rows selected");
  }

  @Test
  void printsRowsAsCsv() throws IOException {
    assertThat(run("!set outputFormat csv", "select name;"))
        .containsSubsequence("'naam'", "\n'naam0'\n", "\n'naam2999'\n");
  }

  @Test
  void listsTablesAndColumns() throws IOException {
    assertThat(run("!tables")).contains("JW301_ToegewezenProduct", "GM9030");
    assertThat(run("!columns JW301")).contains("Bericht_Id", "Levering_GeladenOp", "TIMESTAMP");
  }

  @Test
  void tellsWhatIsWrong() throws IOException {
    assertThat(run("select 1;")).contains("KD402").contains("42S02").doesNotContain("\tat ");
  }
}
