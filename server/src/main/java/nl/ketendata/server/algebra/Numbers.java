package nl.ketendata.server.algebra;

import java.util.Set;

/**
 * Which columns hold what is given out within a gemeente, so that another's means something else.
 */
final class Numbers {
  /** Last part of the names of numbers that somebody gives out within a gemeente. */
  private static final Set<String> NAMES =
      Set.of(
          "ToewijzingNummer",
          "ReferentieAanbieder",
          "BeschikkingNummer",
          "DeclaratieNummer",
          "ReferentieNummer",
          "VorigReferentieNummer",
          "Identificatie");

  private Numbers() {}

  /** Whether rows that are equal in these belong together within a gemeente only. */
  static boolean belong(Origin one, Origin other) {
    return isNumber(one) && isNumber(other) || isCode(one) || isCode(other);
  }

  /** Each gemeente has code lists of its own too, though they are all the same. */
  private static boolean isCode(Origin origin) {
    MountedTable mounted = origin.scan().getTable().unwrap(MountedTable.class);
    return mounted != null
        && mounted.snapshot().versions().size() > 1
        && CodeTables.list(mounted.table(), mounted.snapshot().codes()).isPresent();
  }

  static boolean isNumber(Origin origin) {
    MountedTable mounted = origin.scan().getTable().unwrap(MountedTable.class);
    if (mounted == null || mounted.snapshot().versions().size() == 1) {
      return false;
    }
    String name = origin.name();
    return name.equals(mounted.table().key())
        || mounted.snapshot().joins().stream()
            .anyMatch(join -> !join.isToCodes() && join.column().equals(name))
        || NAMES.contains(name.substring(name.lastIndexOf('_') + 1));
  }
}
