package nl.ketendata.server.generate.contract;

import nl.ketendata.server.generate.world.Dice;

/** Usual volumes and prices. Amounts are in eurocent. */
final class Volumes {
  private Volumes() {}

  /** A usual assigned volume in a unit per frequency. */
  static int assigned(String unit, String frequency, Dice dice) {
    int weekly =
        switch (unit) {
          case "01" -> dice.between(6, 60) * 10;
          case "04" -> dice.between(1, 10);
          case "14" -> dice.between(1, 7);
          case "16" -> dice.between(1, 8);
          case "83" -> dice.between(30, 600) * 100;
          default -> dice.between(1, 4);
        };
    return switch (frequency) {
      case Variant.DAY -> Math.max(1, weekly / 5);
      case Variant.WEEK -> weekly;
      case Variant.MONTH -> weekly * 4;
      default -> weekly * 40;
    };
  }

  /** What an assigned volume comes to in a month. */
  static int monthly(int volume, String frequency) {
    return Math.max(
        1,
        switch (frequency) {
          case Variant.DAY -> volume * 21;
          case Variant.WEEK -> volume * 13 / 3;
          case Variant.MONTH -> volume;
          default -> volume / 10;
        });
  }

  static int tariff(String unit, Dice dice) {
    return switch (unit) {
      case "01" -> dice.between(85, 190);
      case "04" -> dice.between(5_200, 11_800);
      case "14" -> dice.between(8_900, 41_000);
      case "16" -> dice.between(4_100, 9_400);
      case "82" -> dice.between(12_000, 95_000);
      default -> dice.between(3_500, 15_000);
    };
  }
}
