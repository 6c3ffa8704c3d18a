package nl.ketendata.server.algebra;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operator, function and cast. */
class ParityTest {
  private static Comparison comparison;

  static List<String> files() {
    return Comparison.EXPRESSIONS;
  }

  @BeforeAll
  static void open() throws SQLException {
    comparison = new Comparison();
  }

  @AfterAll
  static void close() throws SQLException {
    comparison.close();
  }

  @ParameterizedTest
  @MethodSource("files")
  void givesTheSameValuesAndTypesAsCalcite(String file) throws IOException {
    comparison.holds(file);
  }
}
