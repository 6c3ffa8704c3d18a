package nl.ketendata.schema;

import static nl.ketendata.schema.ColumnType.DATETIME;
import static nl.ketendata.schema.ColumnType.INSTANT;
import static nl.ketendata.schema.ColumnType.INTEGER;
import static nl.ketendata.schema.ColumnType.STRING;
import static nl.ketendata.schema.Privacy.DIRECT;
import static nl.ketendata.schema.Privacy.GEEN;

import java.util.Arrays;
import java.util.List;

/**
 * The tables that this server adds to those of the standard: what was delivered, and what of it did
 * not fit. They are the same for every product, and there when they are empty.
 *
 * <p>{@code Levering_Nummer} is the delivery that a row is about; the row key starts with the
 * gemeente's code, so that it is unique for several gemeenten together.
 */
final class ServerTables {
  private ServerTables() {}

  static List<Table> of(Product product) {
    return List.of(
        table(
            product,
            ServerTable.LEVERINGEN,
            "Leveringen waaruit de gegevens bestaan, met wat er uit kwam.",
            key("Levering_Id"),
            text("Naam", "Bestandsnaam van de levering."),
            Column.own("Tijdstip", DATETIME, GEEN, "Tijdstip uit de naam van de levering."),
            number("Bytes", "Grootte van het bestand in bytes."),
            text("Sha256", "SHA-256 van het bestand, hexadecimaal."),
            text("Aangeleverd_Door", "Wie de levering aanbood."),
            text("Vervangt", "Of de levering alle eerdere vervangt: ja of nee."),
            number("Rijen_Gelezen", "Gelezen rijen, ook de geweigerde."),
            number("Rijen_Toegevoegd", "Rijen met een nieuwe sleutel."),
            number("Rijen_Bekend", "Rijen die er al waren, met dezelfde inhoud."),
            number("Rijen_Vervangen", "Rijen die oudere inhoud vervingen."),
            number("Rijen_Overstemd", "Rijen waarvan al nieuwere inhoud aanwezig was."),
            number("Rijen_Geweigerd", "Rijen die niet geplaatst konden worden."),
            number("Waarden_Geweigerd", "Waarden die niet in hun kolom pasten.")),
        table(
            product,
            ServerTable.BEVINDINGEN,
            "Wat aan geleverde rijen opvalt en geen reden is om ze te weigeren: lengte, codelijst,"
                + " verplichte waarde, ontbrekende ouder.",
            key("Bevinding_Id"),
            text("Bestand", "Bestand in de levering."),
            text("Tabel", "Tabel waarin de rijen staan."),
            text("Kolom", "Kolom waar het om gaat."),
            text("Code", "Code van de bevinding, KD…"),
            text("Omschrijving", "Wat er aan de hand is."),
            number("Aantal", "Aantal rijen."),
            text("Voorbeeld_Rijsleutel", "Rijsleutel van een van die rijen.")),
        table(
            product,
            ServerTable.GEWEIGERDE_RIJEN,
            "Geleverde rijen die niet geplaatst konden worden.",
            key("GeweigerdeRij_Id"),
            text("Bestand", "Bestand in de levering."),
            number("Regel", "Regel in het bestand waarop de rij begint, vanaf 1."),
            text("Code", "Code van de reden, KD…"),
            text("Reden", "Waarom de rij geweigerd is."),
            Column.own(
                "Tekst",
                STRING,
                DIRECT,
                "De rij zoals zij geleverd is; wat een BSN kan zijn en wat gehasht hoort te zijn,"
                    + " is onleesbaar gemaakt.")),
        table(
            product,
            ServerTable.GEWEIGERDE_WAARDEN,
            "Geleverde waarden die niet in hun kolom passen; de rij staat in haar tabel, zonder de"
                + " waarde.",
            key("GeweigerdeWaarde_Id"),
            text("Bestand", "Bestand in de levering."),
            text("Tabel", "Tabel waarin de rij staat."),
            number("Regel", "Regel in het bestand waarop de rij begint, vanaf 1."),
            text("Rijsleutel", "Sleutel van de rij."),
            text("Kolom", "Kolom waarin de waarde niet past."),
            Column.own("Waarde", STRING, DIRECT, "De waarde zoals zij geleverd is."),
            text("Code", "Code van de reden, KD…"),
            text("Reden", "Waarom de waarde geweigerd is.")),
        table(
            product,
            ServerTable.OVERSTEMDE_RIJEN,
            "Oudere inhoud van rijen die een andere levering met nieuwere inhoud bracht.",
            key("OverstemdeRij_Id"),
            text("Tabel", "Tabel waarin de rij staat."),
            text("Rijsleutel", "Sleutel van de rij."),
            number("Overstemd_Door", "Nummer van de levering met de inhoud die geldt."),
            Column.own("Inhoud", STRING, DIRECT, "De oudere inhoud, als JSON.")));
  }

  /** The audit log of an organisation. It stands in no version. */
  static Table auditlog(Product product) {
    return table(
        product,
        ServerTable.AUDITLOG,
        "Wat er met de gegevens van de organisatie gedaan is, door wie en wanneer; zonder waarden."
            + " Alleen voor de beheerder. Levering_Gemeente is de organisatie, Levering_GeladenOp"
            + " het tijdstip.",
        key("Audit_Id"),
        number(ServerTable.AUDIT_NUMMER, "Oplopend nummer: jaar, maand en plaats in die maand."),
        Column.own("Tijdstip", INSTANT, GEEN, "Tijdstip (UTC)."),
        text("Handeling", "Wat er gedaan is, zoals GELEZEN of AANMELDING_GEWEIGERD."),
        text("Wie", "Gebruikersnaam of naam van de sleutel; leeg als niemand bekend is."),
        text("Vanaf", "Adres waarvandaan; leeg bij de server zelf."),
        text("Object", "Waarmee het gedaan is: de vorm van een vraag, zonder waarden."),
        text("Uitkomst", "goed, of de code van de fout."),
        number("Rijen", "Gelezen rijen."));
  }

  private static Table table(Product product, String name, String description, Column... columns) {
    return new Table(
        name, product, "server", columns[0].name(), Arrays.asList(columns), description);
  }

  private static Column key(String name) {
    return text(name, "Rijsleutel.");
  }

  private static Column text(String name, String description) {
    return Column.own(name, STRING, GEEN, description);
  }

  private static Column number(String name, String description) {
    return Column.own(name, INTEGER, GEEN, description);
  }
}
