package nl.ketendata.server.policy;

import java.util.Arrays;
import java.util.Locale;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/** What a user is to an organisation. */
public enum Role {
  /** Reads the data. */
  ANALIST,
  /** Reads the data and hands in deliveries. */
  BEHEERDER;

  public String id() {
    return name().toLowerCase(Locale.ROOT);
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
