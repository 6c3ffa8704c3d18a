package nl.ketendata.server.browse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikeTest {

  @ParameterizedTest
  @CsvSource({
    "JW301,jw301,true",
    "JW301,JW3011,false",
    "JW3%,JW301_Relatie,true",
    "%,JW301,true",
    "%%,JW301,true",
    "'',JW301,false",
    "'','',true",
    "JW30_,JW301,true",
    "JW30_,JW30,false",
    "JW301\\_%,JW301_Relatie,true",
    "JW301\\_%,JW301XRelatie,false",
    "%\\%,JW%,true",
    "%Relat%Contact,JW301_RelatieContact,true",
    "%a%b,xaxbx,false",
    "%.*,JW301,false",
    "[A-Z]%,JW301,false"
  })
  void matches(String pattern, String name, boolean expected) {
    assertThat(Like.names(Optional.of(pattern)).test(name)).isEqualTo(expected);
  }

  @Test
  void everyNameMatchesNoPattern() {
    assertThat(Like.names(Optional.empty()).test("JW301")).isTrue();
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void isQuickWithManyWildcards() {
    String pattern = "%a".repeat(200_000) + "b";
    assertThat(Like.names(Optional.of(pattern)).test("a".repeat(100))).isFalse();
  }
}
