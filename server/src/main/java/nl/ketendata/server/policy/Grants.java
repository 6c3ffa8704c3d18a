package nl.ketendata.server.policy;

import java.util.EnumSet;
import java.util.Set;

/** Which roles somebody may give and take, and so whose accounts are his to manage. */
public final class Grants {
  private static final Set<Role> OF_ORGANISATION =
      EnumSet.of(Role.ANALIST, Role.ANALIST_BEPERKT, Role.BEHEERDER, Role.LEVERANCIER);

  private Grants() {}

  /** Within the organisation that somebody in this role belongs to. */
  public static Set<Role> own(Role role) {
    return Policy.allows(role, Action.MANAGE_USERS, Reach.OWN)
        ? EnumSet.copyOf(OF_ORGANISATION)
        : EnumSet.noneOf(Role.class);
  }

  /** In any organisation, by somebody in this role who belongs to none. */
  public static Set<Role> anywhere(Role role) {
    return Policy.allows(role, Action.APPOINT, Reach.INSTALLATION)
        ? EnumSet.of(Role.BEHEERDER)
        : EnumSet.noneOf(Role.class);
  }

  /** Of the installation itself. */
  public static Set<Role> installation(Role role) {
    return Policy.allows(role, Action.MANAGE_USERS, Reach.INSTALLATION)
        ? EnumSet.of(Role.FUNCTIONEEL_BEHEERDER)
        : EnumSet.noneOf(Role.class);
  }
}
