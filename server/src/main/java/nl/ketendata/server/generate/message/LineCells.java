package nl.ketendata.server.generate.message;

import nl.ketendata.server.generate.contract.Assignment;
import nl.ketendata.server.generate.contract.DeclaredLine;
import nl.ketendata.server.generate.contract.Offer;
import nl.ketendata.server.generate.sheet.Cell;
import nl.ketendata.server.generate.sheet.Digits;
import nl.ketendata.server.generate.sheet.Sheet;
import nl.ketendata.server.generate.world.World;

/** Writes lines of declarations and of their answers, which look the same. */
final class LineCells {
  private final World world;
  private final Sheet sheet;
  private final Cell key;
  private final Cell message;
  private final Cell parent;
  private final Cell bsn;
  private final Cell number;
  private final Cell previous;
  private final Cell assigned;
  private final Cell category;
  private final Cell code;
  private final Cell from;
  private final Cell to;
  private final Cell volume;
  private final Cell unit;
  private final Cell tariff;
  private final MoneyCells amount;

  /**
   * @param parentColumn name of the key of the declaration or answer
   */
  LineCells(World world, Sheet sheet, String parentColumn) {
    this.world = world;
    this.sheet = sheet;
    key = sheet.key();
    message = sheet.cell("Bericht_Id");
    parent = sheet.cell(parentColumn);
    bsn = sheet.cell("Client_Bsn");
    number = sheet.cell("ProductReferentie_ReferentieNummer");
    previous = sheet.cell("ProductReferentie_VorigReferentieNummer");
    assigned = sheet.cell("ToewijzingNummer");
    category = sheet.cell("ProductCategorie");
    code = sheet.cell("ProductCode");
    from = sheet.cell("ProductPeriode_Begindatum");
    to = sheet.cell("ProductPeriode_Einddatum");
    volume = sheet.cell("GeleverdVolume");
    unit = sheet.cell("Eenheid");
    tariff = sheet.cell("ProductTarief");
    amount = new MoneyCells(sheet, "IngediendBedrag_Bedrag", "IngediendBedrag");
  }

  /**
   * Writes a line.
   *
   * @return its row key
   */
  String write(String messageId, String parentId, Assignment assignment, DeclaredLine line) {
    Offer.Declared declared = assignment.offer().declared();
    String id = world.keys().next();
    key.text(id);
    message.text(messageId);
    parent.text(parentId);
    bsn.text(world.pseudonyms().bsn(assignment.dossier().client()));
    number.text(reference(line.number()));
    previous.text(line.isCredit() ? reference(line.previous()) : "");
    assigned.text(world.pseudonyms().assignment(assignment.number()));
    category.text(declared.category());
    code.text(declared.code());
    from.day(line.from());
    to.day(line.to());
    volume.number(line.volume());
    unit.text(declared.unit());
    tariff.numberUnlessZero(declared.tariff());
    amount.fill(line.amount(), line.isCredit());
    sheet.write();
    return id;
  }

  private static String reference(int number) {
    return "R" + Digits.padded(number, 8);
  }
}
