package nl.ketendata.server.policy;

import java.util.Locale;
import java.util.Map;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * Who asks, and for which organisations.
 *
 * @param name the user's name; for log and audit, never for a decision
 * @param organisations what the caller may see, by identifier in upper case
 * @param role what the caller is to them
 */
public record Caller(String name, Map<String, Organisation> organisations, Role role) {
  public Caller {
    organisations = Map.copyOf(organisations);
  }

  /**
   * Names all that decides what the caller sees of an organisation's data: two callers with equal
   * views get equal answers to equal questions. What a policy looks at belongs here.
   *
   * @throws Failure KD603, alike for unknown and not allowed
   */
  public String view(String id) {
    Organisation organisation = organisation(id);
    return String.join("|", organisation.id(), organisation.gemeenten().toString(), role.id());
  }

  /**
   * The organisation with this identifier, in any case, or nothing to tell that it exists when the
   * caller may not see it.
   *
   * @throws Failure KD603, alike for unknown and not allowed
   */
  public Organisation organisation(String id) {
    Organisation organisation = organisations.get(id.toUpperCase(Locale.ROOT));
    if (organisation == null) {
      throw Failure.of(Code.UNKNOWN_ORGANISATION, id);
    }
    return organisation;
  }
}
