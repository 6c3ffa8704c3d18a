package nl.ketendata.server.generate.message;

import nl.ketendata.server.generate.contract.Assignment;
import nl.ketendata.server.generate.sheet.Cell;
import nl.ketendata.server.generate.sheet.Sheet;
import nl.ketendata.server.generate.world.World;

/** Fills the assignment and product that a start or stop is about. */
final class ProductCells {
  private final World world;
  private final Cell number;
  private final Cell category;
  private final Cell code;
  private final Cell assigned;

  ProductCells(World world, Sheet sheet) {
    this.world = world;
    number = sheet.cell("ToewijzingNummer");
    category = sheet.cell("Product_Categorie");
    code = sheet.cell("Product_Code");
    assigned = sheet.cell("ToewijzingIngangsdatum");
  }

  void fill(Assignment assignment) {
    category.text(assignment.offer().category());
    code.text(assignment.offer().code());
    if (assignment.number() != 0) {
      number.text(world.pseudonyms().assignment(assignment.number()));
      assigned.day(assignment.start());
    }
  }
}
