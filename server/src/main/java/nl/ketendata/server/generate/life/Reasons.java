package nl.ketendata.server.generate.life;

import java.util.List;
import nl.ketendata.schema.CodeList;
import nl.ketendata.server.generate.world.World;

/** Reasons to end care and to change an assignment, as far as the release of the day has them. */
final class Reasons {
  /** Care pauses. */
  static final String TEMPORARY = "20";

  /** The gemeente ends it. */
  static final String BY_GEMEENTE = "36";

  static final String LONGER = "04";
  static final String SHORTER = "05";
  static final String ASKED_BY_PROVIDER = "12";

  private static final String OLD_CORRECTION = "01";
  private static final String DELETED = "13";
  private static final String CORRECTION = "14";
  private static final List<String> YOUTH = List.of("31", "32", "33", "34", "34", "35", "02");
  private static final List<String> SUPPORT = List.of("21", "21", "22", "23", "23", "31", "02");

  private final World world;
  private final CodeList stops;

  Reasons(World world) {
    this.world = world;
    stops = world.catalogue().codeList(world.isYouth() ? "JZ588" : "WMO588").orElseThrow();
  }

  /** Care ended as planned. */
  String planned() {
    return world.isYouth() ? "31" : "19";
  }

  /** Care ended before its time. */
  String early(int day) {
    if (world.edition(day).hasDeletionReason() && world.dice().chance(0.2)) {
      return world.dice().chance(0.5) ? "38" : "39";
    }
    return world.dice().pick(world.isYouth() ? YOUTH : SUPPORT);
  }

  /** The reason of change that belongs to a reason to end care. */
  String changeAfter(String stop) {
    int change = stops.fields().indexOf("reden_wijziging");
    return stops.entries().stream()
        .filter(entry -> entry.get(0).equals(stop))
        .map(entry -> entry.get(change))
        .filter(codes -> !codes.isEmpty())
        .map(codes -> codes.split(";")[0])
        .findFirst()
        .orElse(SHORTER);
  }

  String deletion(int day) {
    return world.edition(day).hasDeletionReason() ? DELETED : OLD_CORRECTION;
  }

  String correction(int day) {
    return world.edition(day).hasDeletionReason() ? CORRECTION : OLD_CORRECTION;
  }
}
