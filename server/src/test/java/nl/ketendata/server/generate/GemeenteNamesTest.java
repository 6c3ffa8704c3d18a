package nl.ketendata.server.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import nl.ketendata.server.policy.Gemeente;
import org.junit.jupiter.api.Test;

class GemeenteNamesTest {
  private final List<String> names =
      IntStream.range(0, 10_000)
          .mapToObj(code -> Generator.nameOf(new Gemeente("%04d".formatted(code))))
          .toList();

  @Test
  void theHandbooksGemeenteHasTheHandbooksName() {
    assertThat(Generator.nameOf(Gemeente.parse("GM9030"))).isEqualTo("Test-aan-Zee");
  }

  @Test
  void everyCodeHasNameOfItsOwn() {
    assertThat(names).doesNotHaveDuplicates();
  }

  @Test
  void namesHaveLettersAndHyphensOnly() {
    assertThat(names).allMatch(name -> name.matches("[A-Za-z]+(-[A-Za-z]+)*"));
  }

  @Test
  void noNameIsThatOfAnExistingGemeente() {
    assertThat(names)
        .doesNotContainAnyElementsOf(
            Delivered.CATALOGUE.codeList("CBS_Gemeentecode").orElseThrow().meanings().values());
  }
}
