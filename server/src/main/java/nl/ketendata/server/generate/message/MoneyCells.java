package nl.ketendata.server.generate.message;

import nl.ketendata.server.generate.sheet.Cell;
import nl.ketendata.server.generate.sheet.Sheet;

/** Fills an amount without a sign and the code that tells debit from credit (COD043). */
final class MoneyCells {
  private final Cell amount;
  private final Cell side;

  /**
   * @param amountColumn name of the column with the amount
   * @param group what the name of the column with the code begins with
   */
  MoneyCells(Sheet sheet, String amountColumn, String group) {
    amount = sheet.cell(amountColumn);
    side = sheet.cell(group + "_DebetCredit");
  }

  /** Fills a balance: credit when it is negative. */
  void fill(long cents) {
    fill(Math.abs(cents), cents < 0);
  }

  void fill(long cents, boolean credit) {
    amount.number(cents);
    side.text(credit ? "C" : "D");
  }
}
