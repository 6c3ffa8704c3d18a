package nl.ketendata.server.generate.world;

import java.util.List;

/** Free text, with all that makes a CSV file hard to read. */
public final class Remarks {
  private static final List<String> TEXTS =
      List.of(
          "Graag contact opnemen met de ouders, bij voorkeur na 16.00 uur",
          "Cliënt noemt het \"de dinsdagclub\"",
          "Volgens afspraak 12-3",
          "Let op: sleutel bij de buren,\nachterdeur gebruiken",
          "Zie verslag keukentafelgesprek; geïndiceerd voor 3 dagdelen",
          "\"Spoed\", aldus de huisarts",
          "coördinatie door het wijkteam",
          "Eerst bellen\nDaarna langsgaan\nNiet op maandag");

  private Remarks() {}

  /** Mostly empty. */
  public static String draw(Dice dice) {
    return dice.chance(0.06) ? dice.pick(TEXTS) : "";
  }
}
