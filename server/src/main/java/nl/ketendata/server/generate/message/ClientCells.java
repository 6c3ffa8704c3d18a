package nl.ketendata.server.generate.message;

import java.util.List;
import java.util.Optional;
import nl.ketendata.server.generate.sheet.Cell;
import nl.ketendata.server.generate.sheet.Sheet;
import nl.ketendata.server.generate.world.Dice;
import nl.ketendata.server.generate.world.Person;
import nl.ketendata.server.generate.world.Remarks;
import nl.ketendata.server.generate.world.World;

/** Fills the client in a main file. Some messages say more about the client than others. */
final class ClientCells {
  private static final List<String> LANGUAGES = List.of("Pools", "Arabisch", "Tigrinya", "Zweeds");
  private static final List<String> LEGAL_STATUS = List.of("01", "04", "04", "05", "12");
  private static final List<String> REPRESENTATION = List.of("06", "07", "08", "09", "10");

  private final World world;
  private final Cell bsn;
  private final Cell birthday;
  private final Cell birthdayUse;
  private final Cell sex;
  private final Cell surname;
  private final Cell prefix;
  private final Cell firstNames;
  private final Cell initials;
  private final Optional<Cell> partnerName;
  private final Optional<Cell> partnerPrefix;
  private final Optional<Cell> nameUse;
  private final Optional<Cell> communication;
  private final Optional<Cell> language;
  private final Optional<Cell> legalStatus;
  private final Optional<Cell> representation;
  private final Optional<Cell> guardianKnown;
  private final Optional<Cell> remark;

  ClientCells(World world, Sheet main) {
    this.world = world;
    bsn = main.cell("Client_Bsn");
    birthday = main.cell("Client_Geboortedatum_Datum");
    birthdayUse = main.cell("Client_Geboortedatum_DatumGebruik");
    sex = main.cell("Client_Geslacht");
    surname = main.cell("Client_Naam_Geslachtsnaam_Achternaam");
    prefix = main.cell("Client_Naam_Geslachtsnaam_Voorvoegsel");
    firstNames = main.cell("Client_Naam_Voornamen");
    initials = main.cell("Client_Naam_Voorletters");
    partnerName = main.cellIfAny("Client_Naam_Partnernaam_Achternaam");
    partnerPrefix = main.cellIfAny("Client_Naam_Partnernaam_Voorvoegsel");
    nameUse = main.cellIfAny("Client_Naam_NaamGebruik");
    communication = main.cellIfAny("Client_Communicatie_Vorm");
    language = main.cellIfAny("Client_Communicatie_Taal");
    legalStatus = main.cellIfAny("Client_JuridischeStatus");
    representation = main.cellIfAny("Client_WettelijkeVertegenwoordiging");
    guardianKnown = main.cellIfAny("Client_GezagsdragerBekend");
    remark = main.cellIfAny("Client_Commentaar");
  }

  void fill(int client) {
    Person person = world.people().client(client);
    bsn.text(world.pseudonyms().bsn(client));
    birthday.day(person.birthday());
    birthdayUse.text(person.birthdayUse());
    sex.text(person.sex());
    surname.text(person.surname());
    prefix.text(person.prefix());
    firstNames.text(person.firstNames());
    initials.text(person.initials());
    partnerName.ifPresent(cell -> cell.text(person.partnerName()));
    partnerPrefix.ifPresent(cell -> cell.text(person.partnerPrefix()));
    nameUse.ifPresent(cell -> cell.text(person.nameUse()));
    fillSituation(world.people().dice(client, 2));
    guardianKnown.ifPresent(cell -> cell.text(world.dice().chance(0.7) ? "1" : "2"));
    remark.ifPresent(cell -> cell.text(Remarks.draw(world.dice())));
  }

  private void fillSituation(Dice dice) {
    boolean interpreter = dice.chance(0.05);
    String status = world.isYouth() && dice.chance(0.08) ? dice.pick(LEGAL_STATUS) : "";
    String represented = dice.chance(0.05) ? dice.pick(REPRESENTATION) : "";
    String spoken = interpreter ? dice.pick(LANGUAGES) : "";
    communication.ifPresent(cell -> cell.text(interpreter ? "1" : ""));
    language.ifPresent(cell -> cell.text(spoken));
    legalStatus.ifPresent(cell -> cell.text(status));
    representation.ifPresent(cell -> cell.text(represented));
  }
}
