package nl.ketendata.server.generate.message;

import nl.ketendata.server.generate.sheet.Cell;
import nl.ketendata.server.generate.sheet.Days;
import nl.ketendata.server.generate.sheet.Sheet;
import nl.ketendata.server.generate.world.Address;

/** Fills a row of contact data. */
final class ContactCells {
  private final Cell kind;
  private final Cell number;
  private final Cell letter;
  private final Cell addition;
  private final Cell postcode;
  private final Cell street;
  private final Cell town;
  private final Cell country;
  private final Cell phone;
  private final Cell phoneCountry;
  private final Cell mail;
  private final Cell begin;

  ContactCells(Sheet sheet) {
    kind = sheet.cell("Soort");
    number = sheet.cell("Adres_Huis_Huisnummer");
    letter = sheet.cell("Adres_Huis_Huisletter");
    addition = sheet.cell("Adres_Huis_HuisnummerToevoeging");
    postcode = sheet.cell("Adres_Postcode");
    street = sheet.cell("Adres_Straatnaam");
    town = sheet.cell("Adres_Plaatsnaam");
    country = sheet.cell("Adres_LandCode");
    phone = sheet.cell("Telefoon_Telefoon01_Telefoonnummer");
    phoneCountry = sheet.cell("Telefoon_Telefoon01_Landnummer");
    mail = sheet.cell("Emailadres");
    begin = sheet.cell("Periode_Begindatum");
  }

  /**
   * Fills the row.
   *
   * @param soort kind of address (COD757)
   * @param since first day, {@link Days#OPEN} when not said
   */
  void fill(String soort, Address address, int since) {
    kind.text(soort);
    number.number(address.number());
    letter.text(address.letter());
    addition.text(address.addition());
    postcode.text(address.postcode());
    street.text(address.street());
    town.text(address.town());
    country.text("NL");
    phone.text(address.phone());
    phoneCountry.text(address.phone().isEmpty() ? "" : "0031");
    mail.text(address.mail());
    begin.dayUnlessOpen(since);
  }
}
