package nl.ketendata.server.generate.message;

import java.util.List;
import java.util.Optional;
import nl.ketendata.server.generate.contract.Assignment;
import nl.ketendata.server.generate.contract.Dossier;
import nl.ketendata.server.generate.contract.Offer;
import nl.ketendata.server.generate.sheet.Cell;
import nl.ketendata.server.generate.sheet.Days;
import nl.ketendata.server.generate.sheet.Sheet;
import nl.ketendata.server.generate.sheet.Sheets;
import nl.ketendata.server.generate.world.Address;
import nl.ketendata.server.generate.world.Dice;
import nl.ketendata.server.generate.world.Moment;
import nl.ketendata.server.generate.world.Remarks;
import nl.ketendata.server.generate.world.World;

/** Writes 301: assignments. */
public final class AssignmentMessages {
  private static final double SECOND_CONTACT = 0.25;
  private static final double RELATION_CONTACT = 0.7;

  /** Now and then the category is one of the other product. */
  private static final int ROWS_PER_MISTAKE = 4_000;

  private static final int MOVED_FROM = Days.day(2020, 1, 1);

  private final World world;
  private final Outgoing outgoing;
  private final ClientCells client;
  private final Outgoing.Child contact;
  private final ContactCells contactCells;
  private final RelationCells relations;
  private final Outgoing.Child product;
  private final Cell number;
  private final Cell reference;
  private final Cell category;
  private final Cell code;
  private final Cell decidedDay;
  private final Cell decidedTime;
  private final Cell start;
  private final Cell end;
  private final Cell reason;
  private final OmvangCells omvang;
  private final Cell remark;
  private int rowsSinceMistake;

  public AssignmentMessages(World world, Sheets sheets) {
    this.world = world;
    outgoing = new Outgoing(world, sheets, "301", "302", "ToegewezenProduct");
    client = new ClientCells(world, outgoing.main());
    contact = outgoing.child("ClientContact");
    contactCells = new ContactCells(contact.sheet());
    relations = new RelationCells(world, outgoing, RELATION_CONTACT);
    product = outgoing.child("ToegewezenProduct");
    Sheet sheet = product.sheet();
    number = sheet.cell("ToewijzingNummer");
    reference = sheet.cell("ReferentieAanbieder");
    category = sheet.cell("Product_Categorie");
    code = sheet.cell("Product_Code");
    decidedDay = sheet.cell("Toewijzingsdatum");
    decidedTime = sheet.cell("Toewijzingstijd");
    start = sheet.cell("Ingangsdatum");
    end = sheet.cell("Einddatum");
    reason = sheet.cell("RedenWijziging");
    omvang = new OmvangCells(sheet);
    remark = sheet.cell("Commentaar");
  }

  /** Sends assignments of one client with one provider. */
  public Optional<Verdict> send(Moment now, Dossier dossier, List<Assignment> assignments) {
    outgoing.begin(now, world.gemeente(), dossier.provider().code());
    client.fill(dossier.client());
    Dice home = world.people().dice(dossier.client(), 3);
    contactCells.fill("01", Address.draw(home, world.gemeenteName()), Days.OPEN);
    outgoing.add(contact);
    if (home.chance(SECOND_CONTACT)) {
      String kind = "0" + home.between(2, 4);
      contactCells.fill(
          kind, Address.draw(home, world.gemeenteName()), MOVED_FROM + home.below(360));
      outgoing.add(contact);
    }
    relations.add(dossier.client());
    assignments.forEach(assignment -> add(dossier, assignment));
    return outgoing.send(now);
  }

  private void add(Dossier dossier, Assignment assignment) {
    number.text(world.pseudonyms().assignment(assignment.number()));
    if (assignment.reference() != 0) {
      String provider = dossier.provider().code();
      reference.text(world.pseudonyms().reference(provider, assignment.reference()));
      assignment.forgetReference();
    }
    category.text(category(assignment.offer()));
    code.text(assignment.offer().code());
    decidedDay.day(assignment.decidedDay());
    decidedTime.text(Days.time(assignment.decidedSecond()));
    start.day(assignment.start());
    end.dayUnlessOpen(assignment.end());
    reason.text(assignment.reason());
    omvang.fill(assignment.offer(), assignment.volume(), assignment.budget());
    remark.text(Remarks.draw(world.dice()));
    outgoing.add(product);
  }

  private String category(Offer offer) {
    if (++rowsSinceMistake < ROWS_PER_MISTAKE || offer.category().isEmpty()) {
      return offer.category();
    }
    rowsSinceMistake = 0;
    return world.isYouth() ? "02" : "45";
  }
}
