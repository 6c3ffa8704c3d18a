package nl.ketendata.server.generate.world;

import java.util.List;

/**
 * An invented address with its contact data. Empty text is absent.
 *
 * @param street name of the street
 * @param number house number
 * @param letter house letter
 * @param addition addition to the house number
 * @param postcode four digits and two letters
 * @param town name of the town
 * @param phone phone number
 * @param mail mail address in a domain that cannot exist
 */
public record Address(
    String street,
    int number,
    String letter,
    String addition,
    String postcode,
    String town,
    String phone,
    String mail) {
  private static final List<String> STREETS =
      List.of(
          "Dorpsstraat",
          "Zeeweg",
          "Lange Wal",
          "Havenkade",
          "Proefpad",
          "Kerklaan",
          "Duinweg",
          "Oude Molenweg",
          "Lijsterbeslaan",
          "Burg. Oefenaarstraat",
          "Sluiskade",
          "Eikenlaan",
          "Prins Testplein",
          "Achterweg",
          "Noordeinde",
          "Reünistenlaan");
  private static final List<String> VILLAGES =
      List.of("Oosterproef", "Westertest", "Klein Model", "Sint Oefen", "De Schets");

  public static Address draw(Dice dice, String gemeente) {
    boolean mail = dice.chance(0.6);
    String postcode =
        dice.between(9990, 9999)
            + ""
            + (char) dice.between('A', 'Z')
            + (char) dice.between('A', 'Z');
    return new Address(
        dice.pick(STREETS),
        dice.between(1, 240),
        dice.chance(0.1) ? "B" : "",
        dice.chance(0.06) ? "bis" : "",
        postcode,
        dice.chance(0.7) ? gemeente : dice.pick(VILLAGES),
        dice.chance(0.8) ? "06" + dice.between(10_000_000, 99_999_999) : "",
        mail ? "contact" + dice.between(1, 99_999) + "@voorbeeld.example" : "");
  }
}
