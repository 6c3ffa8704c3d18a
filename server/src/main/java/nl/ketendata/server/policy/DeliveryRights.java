package nl.ketendata.server.policy;

import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/** Whose deliveries somebody may hand in or see: those of one gemeente at a time. */
public final class DeliveryRights {
  private DeliveryRights() {}

  /**
   * The gemeente that this stands for, when the caller may do this with its deliveries. They are of
   * one gemeente, never of a hoofdorganisatie.
   *
   * @throws Failure KD603, alike for unknown and not the caller's; KD602 when the caller's role
   *     does not allow it
   */
  public static Gemeente require(Caller caller, Action action, String id) {
    Organisation organisation = caller.require(action, id);
    if (organisation.gemeenten().size() != 1) {
      throw Failure.of(Code.UNKNOWN_ORGANISATION, id);
    }
    return organisation.gemeenten().get(0);
  }
}
