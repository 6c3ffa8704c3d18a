package nl.ketendata.server.intake;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Optional;
import nl.ketendata.server.delivery.DeliveryName;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * What may stand behind the address of a delivery that is handed in: what the command line says
 * with the options of the same names.
 *
 * @param moment {@code ?tijdstip=20261122060000}, for a name that does not tell it
 * @param replaces {@code ?vervang=ja}: the delivery makes all earlier ones void
 */
record HandInOptions(Optional<LocalDateTime> moment, boolean replaces) {
  private static final String ALLOWED = "tijdstip=jjjjMMddUUmmss, vervang=ja, vervang=nee";

  /**
   * @param query as sent, without the question mark
   * @throws Failure KD331 when there is anything else, or one twice
   */
  static HandInOptions parse(String query) {
    Optional<LocalDateTime> moment = Optional.empty();
    Optional<Boolean> replaces = Optional.empty();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      String value = parts.length < 2 ? "" : decoded(parts[1], pair);
      if (parts[0].equals("tijdstip") && moment.isEmpty()) {
        moment = Optional.of(DeliveryName.moment(value).orElseThrow(() -> wrong(pair)));
      } else if (parts[0].equals("vervang") && replaces.isEmpty()) {
        replaces = Optional.of(yes(value, pair));
      } else {
        throw wrong(pair);
      }
    }
    return new HandInOptions(moment, replaces.orElse(false));
  }

  private static boolean yes(String value, String pair) {
    return switch (value) {
      case "ja" -> true;
      case "nee" -> false;
      default -> throw wrong(pair);
    };
  }

  private static String decoded(String text, String pair) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw wrong(pair).causedBy(e);
    }
  }

  private static Failure wrong(String pair) {
    String shown = pair.replaceAll("[^\\p{Print}]", "?");
    return Failure.of(
        Code.HAND_IN_OPTION, shown.substring(0, Math.min(80, shown.length())), ALLOWED);
  }
}
