package nl.ketendata.server.generate.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nl.ketendata.schema.CodeList;
import nl.ketendata.server.generate.sheet.Digits;
import nl.ketendata.server.generate.world.Dice;
import nl.ketendata.server.generate.world.World;

/** Draws what providers deliver, from the combinations that the standard allows. */
public final class Offers {
  private static final String MINUTE = "01";
  private static final String HOUR = "04";
  private static final String PIECE = "82";
  private static final String EURO = "83";

  /** Categories as often as they occur: the first ones more. */
  private static final List<String> YOUTH =
      List.of(
          "45", "45", "45", "54", "54", "43", "44", "41", "46", "48", "47", "40", "42", "50", "51",
          "52", "53", "55", "49");

  private static final List<String> SUPPORT =
      List.of(
          "01", "01", "01", "02", "02", "02", "07", "07", "03", "04", "08", "11", "11", "12", "13",
          "15", "16", "05", "06", "10", "14");

  private final List<Variant> variants = Variant.read();

  /** An aid is bought or rented: counted in pieces or paid in euro. */
  private final List<Variant> ofAids =
      variants.stream().filter(variant -> Set.of(PIECE, EURO).contains(variant.unit())).toList();

  private final List<String> categories;
  private final List<String> aids;
  private final Dice dice;

  public Offers(World world) {
    dice = world.dice();
    String list = world.isYouth() ? "JZ020" : "WMO020";
    Set<String> known = codeList(world, list).codes();
    categories = (world.isYouth() ? YOUTH : SUPPORT).stream().filter(known::contains).toList();
    aids = world.isYouth() ? List.of() : List.copyOf(codeList(world, "PRODUCTCODE").codes());
  }

  private static CodeList codeList(World world, String id) {
    return world
        .catalogue()
        .codeList(id)
        .orElseThrow(() -> new IllegalArgumentException("the catalogue lacks " + id));
  }

  /** The offers of one provider, which works in a few categories. */
  public List<Offer> draw() {
    List<String> own = List.of(dice.pick(categories), dice.pick(categories), dice.pick(categories));
    List<Offer> offers = new ArrayList<>();
    int count = dice.between(6, 12);
    while (offers.size() < count) {
      offers.add(offer(dice.pick(own)));
    }
    return List.copyOf(offers);
  }

  private Offer offer(String category) {
    List<String> national = aids.stream().filter(aid -> aid.startsWith(category)).toList();
    Variant variant = dice.pick(national.isEmpty() ? variants : ofAids);
    String code = national.isEmpty() ? local(category) : dice.pick(national);
    String unit = variant.unit().isEmpty() ? dice.pick(List.of(HOUR, "16", "84")) : variant.unit();
    int volume = Volumes.assigned(unit, variant.frequency(), dice);
    int monthly =
        variant.hasVolume()
            ? Volumes.monthly(volume, variant.frequency())
            : Volumes.assigned(unit, Variant.MONTH, dice);
    return new Offer(
        variant.hasCategory() ? category : "",
        variant.hasCode() ? code : "",
        variant.unit(),
        variant.frequency(),
        variant.hasVolume() ? volume : 0,
        variant.hasBudget() ? dice.between(20, 400) * 10_000 : 0,
        variant.mustEnd(),
        declared(category, code, unit, monthly));
  }

  /** Hours may be declared in minutes: whoever adds volumes must look at the unit. */
  private Offer.Declared declared(String category, String code, String unit, int monthly) {
    if (unit.equals(EURO)) {
      return new Offer.Declared(category, code, unit, 0, monthly);
    }
    if (unit.equals(HOUR) && dice.chance(0.2)) {
      int tariff = Volumes.tariff(MINUTE, dice);
      return new Offer.Declared(category, code, MINUTE, tariff, monthly * 60);
    }
    return new Offer.Declared(category, code, unit, Volumes.tariff(unit, dice), monthly);
  }

  private String local(String category) {
    return category + (char) dice.between('A', 'F') + Digits.padded(dice.between(1, 40), 2);
  }
}
