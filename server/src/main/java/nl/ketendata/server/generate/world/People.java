package nl.ketendata.server.generate.world;

import java.util.List;
import java.util.SplittableRandom;
import nl.ketendata.server.generate.sheet.Days;

/**
 * Invented people. A person follows from a number alone, the same in both products: nobody has to
 * be remembered.
 */
public final class People {
  private static final List<String> GIRLS =
      List.of(
          "Noëlle",
          "Fleur",
          "Sanne",
          "Zoë",
          "Aïsha",
          "Daniëlle",
          "Mirthe",
          "Yara",
          "Loïs",
          "Hanneke",
          "Joke",
          "Wilhelmina",
          "Geertruida",
          "Fatima",
          "Renée",
          "Chloé",
          "Tineke",
          "Roos",
          "Esmée",
          "Lieke");
  private static final List<String> BOYS =
      List.of(
          "Daan",
          "Sem",
          "Noah",
          "Raphaël",
          "Joël",
          "Teun",
          "Mohamed",
          "Cornelis",
          "Hendrik",
          "André",
          "Daniël",
          "Jurre",
          "Gijs",
          "Bram",
          "Michaël",
          "Thijs",
          "René",
          "Sjoerd",
          "Klaas",
          "Iljaas");
  private static final List<String> SURNAMES =
      List.of(
          "Proefman",
          "Wiersma-Zijlstra",
          "Oefenaar",
          "Kroë",
          "Testers",
          "Vlieger",
          "Zandloper",
          "Bröcker",
          "Waterdrager",
          "Cruÿsen",
          "Holderbos",
          "Peereboom",
          "Snijdewind",
          "Lindenhof",
          "Çelebi",
          "Ruïter",
          "Boëtius",
          "Kwakkelstein",
          "Zomerdijk",
          "Veldmuis",
          "Broeksma",
          "Hazelhoff",
          "Uylenspiegel",
          "Noordeloos",
          "O'Haring",
          "Spaargaren",
          "Tervoert",
          "Wouda",
          "Ypma",
          "Zeeuwsz");
  private static final List<String> PREFIXES =
      List.of("van", "de", "van der", "ter", "van den", "van 't", "den");
  private static final int YOUNG_FROM = Days.day(2004, 1, 1);
  private static final int YOUNG_TO = Days.day(2020, 6, 30);
  private static final int ADULT_FROM = Days.day(1929, 1, 1);
  private static final int ADULT_TO = Days.day(1998, 12, 31);
  private static final int UNKNOWN = Days.day(1900, 1, 1);

  private final long seed;

  public People(long seed) {
    this.seed = seed;
  }

  /** The draws that belong to a person. */
  public Dice dice(int person, int purpose) {
    long mixed = (seed * 31 + purpose) * 0x9E37_79B9_7F4A_7C15L + person;
    return new Dice(new SplittableRandom(mixed));
  }

  /** Even numbers are young, odd numbers adult. */
  public Person client(int person) {
    Dice dice = dice(person, 1);
    return person % 2 == 0
        ? person(dice, YOUNG_FROM, YOUNG_TO)
        : person(dice, ADULT_FROM, ADULT_TO);
  }

  /** Somebody around a client: the same every time. */
  public Person relation(int client, int number) {
    return person(dice(client, 10 + number), ADULT_FROM, ADULT_TO);
  }

  private static Person person(Dice dice, int from, int to) {
    boolean male = dice.chance(0.5);
    String first = dice.pick(male ? BOYS : GIRLS);
    String second = dice.chance(0.3) ? dice.pick(male ? BOYS : GIRLS) : "";
    boolean married = from == ADULT_FROM && dice.chance(0.35);
    int birthday = dice.between(from, to);
    int unknown = dice.below(400);
    return new Person(
        unknown == 0 ? UNKNOWN : birthday,
        unknown == 0 ? "3" : unknown == 1 ? "1" : "",
        dice.chance(0.004) ? "0" : male ? "1" : "2",
        dice.pick(SURNAMES),
        dice.chance(0.35) ? dice.pick(PREFIXES) : "",
        married ? dice.pick(SURNAMES) : "",
        married && dice.chance(0.3) ? dice.pick(PREFIXES) : "",
        second.isEmpty() ? first : first + " " + second,
        first.substring(0, 1) + (second.isEmpty() ? "" : second.substring(0, 1)),
        married ? Integer.toString(dice.between(1, 4)) : "1");
  }
}
