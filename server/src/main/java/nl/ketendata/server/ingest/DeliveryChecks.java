package nl.ketendata.server.ingest;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Table;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.store.BroughtRows;

/**
 * What makes a delivery refused as a whole, once its rows are loaded and before anyone sees them.
 */
final class DeliveryChecks {
  private final PlainBsns plainBsns = new PlainBsns();
  private final Set<String> ownCodes;
  private final double refusedShare;

  private DeliveryChecks(Set<String> ownCodes, double refusedShare) {
    this.ownCodes = ownCodes;
    this.refusedShare = refusedShare;
  }

  /** The checks for a gemeente: its own code, with those of its predecessors. */
  static DeliveryChecks of(IngestSettings settings, Gemeente gemeente) {
    Set<String> codes = new HashSet<>();
    codes.add(gemeente.code());
    codes.addAll(Predecessors.of(settings.data(), gemeente));
    return new DeliveryChecks(codes, settings.refusedShare());
  }

  /**
   * Checks the rows that the delivery brought to a table.
   *
   * @param unknown columns that the catalogue lacks
   * @throws Failure KD204 for another gemeente's code in a header, KD205 for a readable BSN in a
   *     hashed column, KD225 for those in another
   */
  void check(Table table, List<String> unknown, BroughtRows rows) {
    plainBsns.check(table, unknown, rows);
    for (Column column : table.columns()) {
      if (isGemeenteOfHeader(column)) {
        checkGemeente(table, column, rows);
      }
    }
  }

  private static boolean isGemeenteOfHeader(Column column) {
    return column.name().startsWith("Header_")
        && column.codeList().equals(Optional.of("CBS_Gemeentecode"));
  }

  private void checkGemeente(Table table, Column column, BroughtRows rows) {
    for (String code : rows.values(column.name(), ownCodes.size() + 1)) {
      if (!ownCodes.contains(code)) {
        throw Failure.of(
            Code.OTHER_GEMEENTE,
            table.name() + ".csv",
            column.name(),
            code,
            String.join(", ", ownCodes.stream().sorted().toList()));
      }
    }
  }

  /**
   * @throws Failure KD206 when a larger share of the rows was refused than is allowed
   */
  void checkShare(Report report) {
    if (report.rowsRefused() > report.rowsRead() * refusedShare) {
      throw Failure.of(
          Code.TOO_MANY_REFUSED,
          report.levering(),
          Long.toString(report.rowsRefused()),
          Long.toString(report.rowsRead()),
          String.format(Locale.ROOT, "%.0f%%", refusedShare * 100));
    }
  }
}
