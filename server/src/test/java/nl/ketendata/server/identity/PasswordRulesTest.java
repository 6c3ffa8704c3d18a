package nl.ketendata.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
  private static final List<String> CONTEXT = List.of("j.jansen@zuidrand.nl", "GM9030");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aaaaaaaaaaaaaaaaaaaaaaa",
        "123456789012345",
        "98765432109876543210",
        "abcdefghijklmnopqrst",
        "qwertyuiopasdfghjkl",
        "asdfghjklasdfghjkl1!",
        "passwordpassword",
        "P@ssw0rd12345678",
        "P@$$w0rdP@$$w0rd2024",
        "wachtwoordwachtwoord",
        "W@chtw00rdW@chtw00rd",
        "Welkom2026Welkom2026!",
        "Zomer2024!Zomer2024!",
        "januari2025februari",
        "Amsterdam1234567890",
        "ikhouvanjou123456",
        "iloveyouiloveyou1",
        "ketendataketendata!!",
        "GemeenteGM9030!!!",
        "jansenzuidrand2025",
        "J.Jansen@zuidrand.nl!1",
        "administrator2024!!",
        "welkom welkom welkom"
      })
  void refusesWhatAnybodyWouldTry(String password) {
    assertThatThrownBy(() -> PasswordRules.check(password, CONTEXT))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(Code.COMMON_PASSWORD);
              assertThat(failure.getMessage()).doesNotContain(password);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "een lang wachtwoord é",
        "correct horse battery staple",
        "kruiwagen mosterd lantaarn bel",
        "t9#vQ2!mZx7&Lp4",
        "ウェブサーバーの長い合言葉です今日",
        "        met spaties eromheen  "
      })
  void takesAnyCharactersThatAreNotEasilyGuessed(String password) {
    assertThatCode(() -> PasswordRules.check(password, CONTEXT)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"14,WEAK_PASSWORD", "1025,LONG_PASSWORD"})
  void refusesWhatIsTooShortOrTooLong(int length, Code code) {
    String password = "kzT4 wq9B!x7Lm".repeat(100).substring(0, length);
    assertThatThrownBy(() -> PasswordRules.check(password, CONTEXT))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  @Test
  void takesAThousandCharactersAndEveryOneTimePassword() {
    SecureRandom random = new SecureRandom();
    StringBuilder text = new StringBuilder();
    while (text.length() < PasswordRules.LONGEST) {
      text.append((char) ('!' + random.nextInt(90)));
    }
    PasswordRules.check(text.toString(), CONTEXT);
    for (int i = 0; i < 1_000; i++) {
      PasswordRules.check(OneTimePassword.next(random), CONTEXT);
    }
  }
}
