package nl.ketendata.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements that stay prepared: used again, never with something left of the run before. */
class KeptStatementsTest {
  private static final String NUMBERS = "SELECT i FROM range(20000) t(i) WHERE i >= ?";

  private final KeptStatements kept = new KeptStatements();
  private final BufferAllocator allocator = new RootAllocator();
  private DuckDBConnection root;
  private HikariDataSource pool;

  @BeforeEach
  void open() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("jdbc_stream_results", "true");
    root = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
    HikariConfig one = new HikariConfig();
    one.setDataSource(new DuplicatingDataSource(root));
    one.setMaximumPoolSize(1);
    pool = new HikariDataSource(one);
  }

  @AfterEach
  void close() throws SQLException {
    pool.close();
    root.close();
    allocator.close();
  }

  private PreparedStatement run(String sql) throws SQLException {
    PreparedStatement statement = kept.take(root, sql);
    kept.keep(root, sql, statement);
    kept.release(root);
    return statement;
  }

  @Test
  void usesAStatementAgainForTheSameText() throws SQLException {
    PreparedStatement first = run("SELECT 1");

    assertThat(run("SELECT 2")).isNotSameAs(first);
    assertThat(run("SELECT 1")).isSameAs(first);
  }

  @Test
  void closesTheOldestOfTooMany() throws SQLException {
    PreparedStatement first = run("SELECT 0");
    for (int i = 1; i <= 16; i++) {
      assertThat(first.isClosed()).isFalse();
      run("SELECT " + i);
    }
    assertThat(first.isClosed()).isTrue();
  }

  @Test
  void closesWhatReadsAVersionThatGoes() throws SQLException {
    try (Statement statement = root.createStatement()) {
      statement.execute("ATTACH ':memory:' AS \"een\"");
      statement.execute("ATTACH ':memory:' AS \"twee\"");
      statement.execute("CREATE TABLE \"een\".t (i INT)");
      statement.execute("CREATE TABLE \"twee\".t (i INT)");
    }
    PreparedStatement one = run("SELECT * FROM \"een\".t");
    PreparedStatement two = run("SELECT * FROM \"twee\".t");
    kept.forget("\"een\"");
    assertThat(one.isClosed()).isTrue();
    assertThat(two.isClosed()).isFalse();

    PreparedStatement running = kept.take(root, "SELECT * FROM \"twee\".t");
    kept.forget("\"twee\"");
    assertThat(running.isClosed()).isFalse();
    kept.keep(root, "SELECT * FROM \"twee\".t", running);
    kept.release(root);
    assertThat(running.isClosed()).isTrue();
  }

  @Test
  void givesEveryRowAfterARunThatWasLeftHalfRead() throws SQLException {
    assertThat(read(5, 1)).isEqualTo(4096);
    assertThat(read(19_990, 99)).isEqualTo(10);
    assertThat(read(0, 99)).isEqualTo(20_000);
  }

  @Test
  void keepsNothingOfARunThatFailed() throws SQLException {
    String sql = "SELECT CAST(? AS INTEGER)";
    try (Cursor cursor = cursor(sql, "twaalf")) {
      assertThat(catchThrowable(cursor::advance)).isNotNull();
    }
    try (Cursor cursor = cursor(sql, "12")) {
      assertThat(cursor.advance()).isTrue();
    }
  }

  private int read(int from, int batches) throws SQLException {
    int rows = 0;
    try (Cursor cursor = cursor(NUMBERS, from)) {
      for (int i = 0; i < batches && cursor.advance(); i++) {
        rows += cursor.batch().getRowCount();
      }
    }
    return rows;
  }

  private Cursor cursor(String sql, Object parameter) throws SQLException {
    return Cursor.open(
        pool.getConnection(),
        kept,
        allocator.newChildAllocator("rows", 0, Long.MAX_VALUE),
        sql,
        List.of(parameter),
        e -> {});
  }
}
