package nl.ketendata.server.policy;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Nearest;

/**
 * Who asks, and for which organisations.
 *
 * @param name the user's name; for log and audit, never for a decision
 * @param organisations what the caller belongs to, by identifier in upper case
 * @param role what the caller is to them
 */
public record Caller(String name, Map<String, Organisation> organisations, Role role) {
  public Caller {
    organisations = Map.copyOf(organisations);
  }

  /**
   * The organisation with this identifier, in any case, or nothing to tell that it exists when the
   * caller does not belong to it. A name that comes close to one of the caller's own is told.
   *
   * @throws Failure KD603, alike for unknown and not allowed
   */
  public Organisation organisation(String id) {
    Organisation organisation = organisations.get(id.toUpperCase(Locale.ROOT));
    if (organisation == null) {
      Failure failure = Failure.of(Code.UNKNOWN_ORGANISATION, id).about(id);
      throw Nearest.to(id, organisations.keySet()).map(failure::meaning).orElse(failure);
    }
    return organisation;
  }

  /** On whose share of the machine a question over all of the caller's organisations runs. */
  public String payer() {
    return organisations.keySet().stream().sorted().collect(Collectors.joining(" "));
  }

  /** Whether the caller may do this with what belongs to an organisation. */
  public boolean may(Action action, String organisation) {
    boolean own = organisations.containsKey(organisation.toUpperCase(Locale.ROOT));
    return Policy.allows(role, action, own ? Reach.OWN : Reach.OTHER);
  }

  /**
   * The organisation, when the caller may do this with what belongs to it.
   *
   * @throws Failure KD603 when it is not the caller's, alike for unknown and not allowed; KD602
   *     when it is, and the role does not allow it
   */
  public Organisation require(Action action, String id) {
    Organisation organisation = organisation(id);
    if (!may(action, id)) {
      throw Failure.of(Code.NOT_ALLOWED, role.id());
    }
    return organisation;
  }

  /**
   * Names everything of the caller that an answer on an organisation's data depends on: two callers
   * with the same view get the same answers from the same version, others need not. The key of
   * whatever keeps an answer.
   *
   * @throws Failure KD603 as {@link #organisation}
   */
  public String view(String organisation) {
    boolean rows = may(Action.READ_ROWS, organisation);
    return organisation(organisation).key() + "/" + (rows ? Reading.WHOLE.key() : role.id());
  }
}
