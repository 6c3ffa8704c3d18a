package nl.ketendata.server.policy;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who may do what. What is not stated here is not allowed.
 *
 * @param smallestGroup {@code policy.smallest-group}: a group of fewer is left out of what an
 *     analist-beperkt reads
 */
public record Policy(int smallestGroup) {
  public static final Policy STANDARD = new Policy(5);

  private static final Set<Action> ANALIST =
      EnumSet.of(Action.DESCRIBE, Action.READ_ROWS, Action.READ_AGGREGATES, Action.SEE_DELIVERIES);
  private static final Set<Action> ANALIST_BEPERKT =
      EnumSet.of(Action.DESCRIBE, Action.READ_AGGREGATES);
  private static final Set<Action> BEHEERDER =
      EnumSet.of(
          Action.DESCRIBE,
          Action.READ_ROWS,
          Action.READ_AGGREGATES,
          Action.HAND_IN,
          Action.SEE_DELIVERIES,
          Action.MANAGE_USERS,
          Action.SEE_AUDIT);
  private static final Set<Action> LEVERANCIER = EnumSet.of(Action.HAND_IN);
  private static final Set<Action> FUNCTIONEEL_BEHEERDER =
      EnumSet.of(
          Action.MANAGE_USERS, Action.APPOINT, Action.MANAGE_ORGANISATIONS, Action.SEE_AUDIT);

  /** Whether somebody in this role may do this with what lies within this reach. */
  public static boolean allows(Role role, Action action, Reach reach) {
    return switch (reach) {
      case OWN -> own(role).contains(action);
      case INSTALLATION ->
          role == Role.FUNCTIONEEL_BEHEERDER && FUNCTIONEEL_BEHEERDER.contains(action);
      case OTHER -> false;
    };
  }

  private static Set<Action> own(Role role) {
    return switch (role) {
      case ANALIST -> ANALIST;
      case ANALIST_BEPERKT -> ANALIST_BEPERKT;
      case BEHEERDER -> BEHEERDER;
      case LEVERANCIER -> LEVERANCIER;
      case FUNCTIONEEL_BEHEERDER -> EnumSet.noneOf(Action.class);
    };
  }

  /** How somebody in this role reads the data of the own organisation; nothing when not at all. */
  public Optional<Reading> reading(Role role) {
    if (allows(role, Action.READ_ROWS, Reach.OWN)) {
      return Optional.of(Reading.WHOLE);
    }
    return allows(role, Action.READ_AGGREGATES, Reach.OWN)
        ? Optional.of(new Reading.Grouped(smallestGroup))
        : Optional.empty();
  }
}
