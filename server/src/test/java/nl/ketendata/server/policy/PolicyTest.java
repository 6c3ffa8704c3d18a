package nl.ketendata.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.junit.jupiter.api.Test;

/** Every role, every action, everything that it may be done with. */
class PolicyTest {
  /** A letter per role that may: a(nalist), p (analist-beperkt), b(eheerder), f, l(everancier). */
  private static final String ALLOWED =
      """
      DESCRIBE              OWN  apb
      READ_ROWS             OWN  ab
      READ_AGGREGATES       OWN  apb
      HAND_IN               OWN  bl
      SEE_DELIVERIES        OWN  ab
      MANAGE_USERS          OWN  b
      SEE_AUDIT             OWN  b
      MANAGE_USERS          INSTALLATION  f
      APPOINT               INSTALLATION  f
      MANAGE_ORGANISATIONS  INSTALLATION  f
      SEE_AUDIT             INSTALLATION  f
      """;

  private static final Map<Role, String> LETTERS =
      Map.of(
          Role.ANALIST, "a",
          Role.ANALIST_BEPERKT, "p",
          Role.BEHEERDER, "b",
          Role.FUNCTIONEEL_BEHEERDER, "f",
          Role.LEVERANCIER, "l");

  private static final Organisation HOME = Organisation.of(new Gemeente("9030"));

  private static Caller caller(Role role, Organisation organisation) {
    return new Caller("anna", Map.of(organisation.id(), organisation), role);
  }

  @Test
  void allowsWhatTheTableSaysAndNothingElse() {
    List<String> allowed = ALLOWED.lines().map(line -> line.replaceAll(" +", " ")).toList();
    List<String> wrong = new ArrayList<>();
    for (Role role : Role.values()) {
      for (Action action : Action.values()) {
        for (Reach reach : Reach.values()) {
          boolean expected =
              allowed.stream()
                  .anyMatch(
                      line ->
                          line.startsWith(action + " " + reach + " ")
                              && line.substring(line.lastIndexOf(' ')).contains(LETTERS.get(role)));
          if (Policy.allows(role, action, reach) != expected) {
            wrong.add(role + " " + action + " " + reach + " should be " + expected);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Nobody makes somebody who may more than he may himself, but for who appoints. */
  @Test
  void givesRolesByThisTable() {
    for (Role role : Role.values()) {
      boolean beheerder = role == Role.BEHEERDER;
      boolean functioneel = role == Role.FUNCTIONEEL_BEHEERDER;
      assertThat(Grants.own(role))
          .isEqualTo(
              beheerder
                  ? EnumSet.complementOf(EnumSet.of(Role.FUNCTIONEEL_BEHEERDER))
                  : EnumSet.noneOf(Role.class));
      assertThat(Grants.anywhere(role))
          .isEqualTo(functioneel ? EnumSet.of(Role.BEHEERDER) : EnumSet.noneOf(Role.class));
      assertThat(Grants.installation(role))
          .isEqualTo(
              functioneel ? EnumSet.of(Role.FUNCTIONEEL_BEHEERDER) : EnumSet.noneOf(Role.class));
    }
  }

  @Test
  void nobodyMayDoAnythingWithAnotherOrganisation() {
    for (Role role : Role.values()) {
      for (Action action : Action.values()) {
        assertThat(caller(role, HOME).may(action, "GM9031")).isFalse();
      }
    }
  }

  @Test
  void tellsNotAllowedApartOnlyForTheOwnOrganisation() {
    Caller supplier = caller(Role.LEVERANCIER, HOME);
    assertThat(supplier.require(Action.HAND_IN, "gm9030")).isEqualTo(HOME);
    refuses(Code.NOT_ALLOWED, () -> supplier.require(Action.READ_ROWS, "GM9030"));
    refuses(Code.UNKNOWN_ORGANISATION, () -> supplier.require(Action.HAND_IN, "GM9031"));
    refuses(Code.UNKNOWN_ORGANISATION, () -> supplier.require(Action.READ_ROWS, "GM9031"));
  }

  @Test
  void viewsAreEqualForThoseWhoSeeTheSame() {
    String analyst = caller(Role.ANALIST, HOME).view("GM9030");
    assertThat(caller(Role.BEHEERDER, HOME).view("gm9030")).isEqualTo(analyst);
    assertThat(caller(Role.ANALIST_BEPERKT, HOME).view("GM9030")).isNotEqualTo(analyst);
    assertThat(caller(Role.LEVERANCIER, HOME).view("GM9030")).isNotEqualTo(analyst);
    Organisation other =
        new Organisation(
            "GM9030", List.of(new Gemeente("9030"), new Gemeente("9031"))); // after a merger
    assertThat(caller(Role.ANALIST, other).view("GM9030")).isNotEqualTo(analyst);
    Organisation less =
        new Organisation("GM9030", Map.of(Product.IJW, List.of(new Gemeente("9030"))));
    assertThat(caller(Role.ANALIST, less).view("GM9030")).isNotEqualTo(analyst);
  }

  @Test
  void rolesHaveTheNamesOfTheCommandLine() {
    assertThat(Arrays.stream(Role.values()).map(Role::id))
        .containsExactly(
            "analist", "analist-beperkt", "beheerder", "functioneel-beheerder", "leverancier");
    assertThat(Role.parse("Analist-Beperkt")).isEqualTo(Role.ANALIST_BEPERKT);
    refuses(Code.UNKNOWN_ROLE, () -> Role.parse("baas"));
  }

  private static void refuses(Code code, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
