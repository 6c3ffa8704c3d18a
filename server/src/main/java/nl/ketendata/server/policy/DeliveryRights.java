package nl.ketendata.server.policy;

import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/** Who may hand in deliveries, and who may see what was handed in. */
public final class DeliveryRights {
  private DeliveryRights() {}

  /**
   * The gemeente that this stands for, when the caller may hand in its deliveries.
   *
   * @throws Failure KD603, alike for unknown and not the caller's; KD342 when the caller's role
   *     does not hand in
   */
  public static Gemeente handIn(Caller caller, String id) {
    Gemeente gemeente = gemeente(caller, id);
    if (caller.role() == Role.ANALIST) {
      throw Failure.of(Code.MAY_NOT_HAND_IN, caller.role().id());
    }
    return gemeente;
  }

  /**
   * The gemeente that this stands for, when the caller may see its deliveries.
   *
   * @throws Failure KD603, alike for unknown and not the caller's
   */
  public static Gemeente see(Caller caller, String id) {
    return gemeente(caller, id);
  }

  /** A delivery is of one gemeente, never of a hoofdorganisatie. */
  private static Gemeente gemeente(Caller caller, String id) {
    Organisation organisation = caller.organisation(id);
    if (organisation.gemeenten().size() != 1) {
      throw Failure.of(Code.UNKNOWN_ORGANISATION, id);
    }
    return organisation.gemeenten().get(0);
  }
}
