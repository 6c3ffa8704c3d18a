package nl.ketendata.server.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.testing.SetClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrganisationsTest {
  private static final Gemeente A = new Gemeente("9030");
  private static final Gemeente B = new Gemeente("9031");
  private static final Gemeente OLD = new Gemeente("9029");

  /** Half an hour before the Dutch new year. */
  private final SetClock clock = new SetClock(Instant.parse("2025-12-31T22:30:00Z"));

  @TempDir Path data;
  private RegisterFile file;
  private Organisations organisations;

  @BeforeEach
  void open() {
    file = new RegisterFile(data);
    organisations = new Organisations(file, () -> List.of(A, B), clock);
  }

  @Test
  void aGemeenteOfWhichNothingIsStatedIsServedWhole() {
    assertThat(organisations.find("gm9030").orElseThrow().gemeenten(Product.IWMO))
        .containsExactly(A);
    assertThat(organisations.find("GM1234")).isEmpty();
    assertThat(organisations.find("REGIO")).isEmpty();
    assertThat(organisations.find("GM90300")).isEmpty();
  }

  @Test
  void aProductThatIsNotActivatedIsNotThere() {
    file.change(register -> register.with(A, served -> served.with(EnumSet.of(Product.IJW))));

    assertThat(organisations.find("GM9030").orElseThrow().gemeenten(Product.IWMO)).isEmpty();
    assertThat(organisations.find("GM9030").orElseThrow().gemeenten(Product.IJW))
        .containsExactly(A);
  }

  @Test
  void aHoofdorganisatieShowsThoseWhoBelongToItToday() {
    file.change(
        register ->
            register.with(
                "REGIO",
                List.of(
                    Membership.parse("GM9030=2024-01-01/2026-01-01"),
                    Membership.parse("gm9031=2026-01-01"))));

    assertThat(organisations.find("regio").orElseThrow().gemeenten()).containsExactly(A);
    clock.forward(Duration.ofHours(1));
    assertThat(organisations.find("REGIO").orElseThrow().gemeenten()).containsExactly(B);
  }

  @Test
  void aSuccessorShowsItsPredecessorsAlsoThroughAHoofdorganisatie() {
    file.change(register -> register.with(A, served -> served.after(OLD)));
    file.change(register -> register.with("REGIO", List.of(Membership.parse("GM9030"))));

    assertThat(organisations.find("GM9030").orElseThrow().gemeenten()).containsExactly(A, OLD);
    assertThat(organisations.find("REGIO").orElseThrow().gemeenten()).containsExactly(A, OLD);
    assertThat(organisations.find("GM9031").orElseThrow().gemeenten()).containsExactly(B);
  }

  @Test
  void anotherProcessIsSeenAtTheNextQuestion() {
    assertThat(organisations.find("REGIO")).isEmpty();
    new RegisterFile(data)
        .change(register -> register.with("REGIO", List.of(Membership.parse("GM9030"))));
    assertThat(organisations.find("REGIO")).isPresent();
    new RegisterFile(data).change(register -> register.without("REGIO"));
    assertThat(organisations.find("REGIO")).isEmpty();
    assertThat(organisations.all()).extracting("id").containsExactly("GM9030", "GM9031");
  }

  @Test
  void readsWhatItWrote() {
    Register register =
        Register.EMPTY
            .with(A, served -> served.with(EnumSet.noneOf(Product.class)).after(OLD).after(B))
            .with(B, served -> served)
            .with(
                "REGIO",
                List.of(
                    Membership.parse("GM9030"),
                    Membership.parse("GM9031=/2026-01-01"),
                    Membership.parse("GM9029=2020-02-29")));
    assertThat(RegisterText.read(RegisterText.write(register))).isEqualTo(register);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[gemeenten.GM9030]\nproducten = [\"ijwmo\"]\n",
        "[gemeenten.GM9030]\nproduct = [\"ijw\"]\n",
        "[gemeente.GM9030]\n",
        "[hoofdorganisaties.REGIO\n",
        "x = ",
      })
  void aBrokenFileLetsNobodyIn(String text) throws IOException {
    Files.writeString(data.resolve("organisaties.toml"), text);
    refuses(Code.ORGANISATION_FILE, () -> organisations.find("GM9030"));
    refuses(Code.ORGANISATION_FILE, () -> organisations.all());
  }

  @Test
  void refusesNamesAndPeriodsThatCannotBe() {
    refuses(Code.PERIOD, () -> Membership.parse("GM9030=2024-13-01"));
    refuses(Code.PERIOD, () -> Membership.parse("GM9030=2025-01-01/2024-01-01"));
    refuses(Code.GEMEENTE_CODE, () -> Membership.parse("9030"));
    for (String name : List.of("GM9030", "ijw", "a b", "../x", "", "-x", "x".repeat(64), "a.b")) {
      refuses(Code.ORGANISATION_NAME, () -> Register.group(name));
    }
    assertThat(Register.group("Regio-Zuid")).isEqualTo("REGIO-ZUID");
  }

  private static void refuses(Code code, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
