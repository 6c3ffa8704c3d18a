package nl.ketendata.server.generate.message;

import nl.ketendata.server.generate.contract.Offer;
import nl.ketendata.server.generate.sheet.Cell;
import nl.ketendata.server.generate.sheet.Sheet;

/** Fills the volume or the budget of a product. */
final class OmvangCells {
  private final Cell volume;
  private final Cell unit;
  private final Cell frequency;
  private final Cell budget;

  OmvangCells(Sheet sheet) {
    volume = sheet.cell("Omvang_Volume");
    unit = sheet.cell("Omvang_Eenheid");
    frequency = sheet.cell("Omvang_Frequentie");
    budget = sheet.cell("Budget");
  }

  void fill(Offer offer, int amount, int cents) {
    volume.numberUnlessZero(amount);
    unit.text(offer.unit());
    frequency.text(offer.frequency());
    budget.numberUnlessZero(cents);
  }
}
