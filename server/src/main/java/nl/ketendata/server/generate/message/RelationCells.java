package nl.ketendata.server.generate.message;

import java.util.List;
import nl.ketendata.server.generate.sheet.Cell;
import nl.ketendata.server.generate.sheet.Days;
import nl.ketendata.server.generate.sheet.Sheet;
import nl.ketendata.server.generate.world.Address;
import nl.ketendata.server.generate.world.Dice;
import nl.ketendata.server.generate.world.Person;
import nl.ketendata.server.generate.world.World;

/** Adds the people around a client to a 301. */
final class RelationCells {
  private static final double NONE = 0.7;
  private static final List<String> AROUND_YOUTH = List.of("10", "10", "10", "11", "13", "18");
  private static final List<String> AROUND_ADULTS = List.of("12", "12", "16", "16", "14", "19");

  private final World world;
  private final Outgoing outgoing;
  private final double contactShare;
  private final Outgoing.Child relation;
  private final Outgoing.Child contact;
  private final ContactCells contactCells;
  private final Cell parent;
  private final Cell number;
  private final Cell order;
  private final Cell kind;
  private final Cell birthday;
  private final Cell birthdayUse;
  private final Cell sex;
  private final Cell surname;
  private final Cell prefix;
  private final Cell partnerName;
  private final Cell partnerPrefix;
  private final Cell firstNames;
  private final Cell initials;
  private final Cell nameUse;

  RelationCells(World world, Outgoing outgoing, double contactShare) {
    this.world = world;
    this.outgoing = outgoing;
    this.contactShare = contactShare;
    relation = outgoing.child("Relatie");
    contact = outgoing.child("RelatieContact");
    contactCells = new ContactCells(contact.sheet());
    parent = contact.sheet().cell("Relatie_Id");
    Sheet sheet = relation.sheet();
    number = sheet.cell("Nummer");
    order = sheet.cell("Volgorde");
    kind = sheet.cell("Soort");
    birthday = sheet.cell("Geboortedatum_Datum");
    birthdayUse = sheet.cell("Geboortedatum_DatumGebruik");
    sex = sheet.cell("Geslacht");
    surname = sheet.cell("Naam_Geslachtsnaam_Achternaam");
    prefix = sheet.cell("Naam_Geslachtsnaam_Voorvoegsel");
    partnerName = sheet.cell("Naam_Partnernaam_Achternaam");
    partnerPrefix = sheet.cell("Naam_Partnernaam_Voorvoegsel");
    firstNames = sheet.cell("Naam_Voornamen");
    initials = sheet.cell("Naam_Voorletters");
    nameUse = sheet.cell("Naam_NaamGebruik");
  }

  void add(int client) {
    Dice dice = world.people().dice(client, 4);
    int count = dice.chance(NONE) ? 0 : dice.between(1, 2);
    for (int i = 1; i <= count; i++) {
      fill(dice, i, world.people().relation(client, i));
      String id = outgoing.add(relation);
      if (dice.chance(contactShare)) {
        contactCells.fill("03", Address.draw(dice, world.gemeenteName()), Days.OPEN);
        parent.text(id);
        outgoing.add(contact);
      }
    }
  }

  private void fill(Dice dice, int sequence, Person person) {
    number.number(sequence);
    order.number(sequence);
    kind.text(dice.pick(world.isYouth() ? AROUND_YOUTH : AROUND_ADULTS));
    birthday.day(person.birthday());
    birthdayUse.text(person.birthdayUse());
    sex.text(person.sex());
    surname.text(person.surname());
    prefix.text(person.prefix());
    partnerName.text(person.partnerName());
    partnerPrefix.text(person.partnerPrefix());
    firstNames.text(person.firstNames());
    initials.text(person.initials());
    nameUse.text(person.nameUse());
  }
}
