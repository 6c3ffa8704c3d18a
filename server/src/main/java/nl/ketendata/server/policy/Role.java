package nl.ketendata.server.policy;

import java.util.Arrays;
import java.util.Locale;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/** What a user is to an organisation; what that allows is told by {@link Policy}. */
public enum Role {
  /** Reads the data. */
  ANALIST,
  /** Reads totals of groups that are not small, without what points at a person. */
  ANALIST_BEPERKT,
  /** Reads the data, hands in deliveries and manages the users of the own organisation. */
  BEHEERDER,
  /** Manages the organisations of the installation; sees no data. */
  FUNCTIONEEL_BEHEERDER,
  /** Hands in deliveries and does nothing else. */
  LEVERANCIER;

  /** The name in files and on the command line: {@code analist-beperkt}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @throws Failure KD605 when there is no such role
   */
  public static Role parse(String text) {
    return Arrays.stream(values())
        .filter(role -> role.id().equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.of(
                    Code.UNKNOWN_ROLE,
                    text,
                    String.join(", ", Arrays.stream(values()).map(Role::id).toList())));
  }
}
