package nl.ketendata.server.odata;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Documents, paging, addresses, expansion, batches and errors. */
class ConformanceTest extends Conformance {
  private static final int LEAST = 150;

  ConformanceTest() {
    super("ABCEFHI");
  }

  @Test
  void coversTheChecklist() {
    assertThat(lines()).hasSizeGreaterThanOrEqualTo(LEAST);
    assertThat(lines().map(line -> line.group().substring(0, 1)).distinct().sorted())
        .containsExactly("A", "B", "C", "D", "E", "F", "G", "H", "I");
  }
}
