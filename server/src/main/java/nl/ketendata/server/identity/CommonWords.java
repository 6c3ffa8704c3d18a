package nl.ketendata.server.identity;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words that passwords are made of in the Netherlands, in small letters; our own list. */
final class CommonWords {
  private static final String WORDS =
      """
      wachtwoord wachtwoorden password passwords passwort passphrase wachtzin welkom welkom! welcome
      geheim geheimpje secret hallo hello hoi login inloggen aanmelden toegang access sleutel key
      admin administrator beheer beheerder functioneel gebruiker user root test tester testen proef
      demo gast guest tijdelijk temporary nieuw new oud eenmalig verander changeme veranderen reset
      standaard default
      ketendata keten data gegevens gemeente gemeenten analist analyse beperkt leverancier levering
      zorg jeugd jeugdzorg jeugdwet wmo iwmo ijw ijz sociaal domein bericht berichten toewijzing
      server database powerbi power excel office microsoft windows google azure linux java
      januari februari maart april mei juni juli augustus september oktober november december
      january february march may june july august october
      lente voorjaar zomer herfst najaar winter spring summer autumn
      maandag dinsdag woensdag donderdag vrijdag zaterdag zondag monday friday sunday vandaag
      amsterdam rotterdam denhaag utrecht eindhoven groningen tilburg almere breda nijmegen arnhem
      haarlem enschede zwolle leiden maastricht delft dordrecht amersfoort apeldoorn nederland
      holland netherlands dutch europa brabant limburg zeeland friesland drenthe gelderland
      overijssel flevoland
      ajax feyenoord psv voetbal football baseball soccer hockey schaatsen formule verstappen
      oranje rood blauw groen geel zwart wit orange blue green
      liefde love iloveyou loveyou ikhouvanjou houvan jou schatje lief liefje baby princess prinses
      sunshine zonnetje zon maan ster star sterren engel angel monkey aap dragon draak tiger tijger
      hond kat poes paard vogel bloem bloemen flower vlinder panda beer muis olifant
      mama papa moeder vader oma opa familie kind kinderen zoon dochter vriend vriendin
      jan piet klaas anna maria peter thomas daniel michael jessica lisa emma sophie lucas sem
      michelle ashley jordan charlie robert master superman batman starwars pokemon mustang shadow
      ninja freedom vrijheid whatever trustno letmein qwerty azerty qwertz asdf zxcv qazwsx
      huis thuis werk kantoor school auto fiets computer laptop internet telefoon mobiel wifi
      koffie thee bier wijn kaas appel apple banaan chocolade
      goed goede morgen goedemorgen dag fijne vakantie kerst kerstmis sinterklaas pasen nieuwjaar
      leuk mooi groot klein super top cool hoera gefeliciteerd geluk happy
      abc xyz een twee drie vier vijf one two three
      """;

  private CommonWords() {}

  static Set<String> all() {
    return Stream.of(WORDS.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
  }
}
