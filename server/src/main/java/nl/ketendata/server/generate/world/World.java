package nl.ketendata.server.generate.world;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import nl.ketendata.server.generate.sheet.Digits;

/** What everybody in the simulation shares. */
public final class World {
  /** Bits that make another source for keys than for all that happens. */
  private static final long KEYS = 0x6B65_7973L;

  /** Share of adults' care that goes to people who are also known as young. */
  private static final double BOTH_PRODUCTS = 0.04;

  private final Catalogue catalogue;
  private final Product product;
  private final String gemeente;
  private final String gemeenteName;
  private final long messages;
  private final long seed;
  private final Rhythm rhythm;
  private final Dice dice;
  private final RowKeys keys;
  private final Pseudonyms pseudonyms;
  private final People people;
  private final List<Edition> editions;
  private final Agenda agenda;
  private final Map<String, Integer> identifications = new HashMap<>();
  private int clients;
  private int decisions;

  /**
   * @param gemeente its code, four digits
   * @param gemeenteName its invented name
   * @param messages how many will be written
   */
  public World(
      Catalogue catalogue,
      Product product,
      String gemeente,
      String gemeenteName,
      long messages,
      long seed) {
    this.catalogue = catalogue;
    this.product = product;
    this.gemeente = gemeente;
    this.gemeenteName = gemeenteName;
    this.messages = messages;
    this.seed = seed;
    this.rhythm = new Rhythm(messages);
    long local = seed * 31 + gemeente.hashCode();
    long own = local * 31 + product.ordinal();
    this.dice = new Dice(new SplittableRandom(own));
    this.keys = new RowKeys(new Dice(new SplittableRandom(own ^ KEYS)));
    this.pseudonyms = new Pseudonyms(seed, gemeente, product.id());
    this.people = new People(local);
    this.editions =
        catalogue.releases().stream()
            .map(Edition::of)
            .sorted(Comparator.comparing(Edition::firstDay).reversed())
            .toList();
    this.agenda = new Agenda(rhythm.first(), rhythm.last());
  }

  public Catalogue catalogue() {
    return catalogue;
  }

  public boolean isYouth() {
    return product == Product.IJW;
  }

  /** The code of the gemeente, four digits. */
  public String gemeente() {
    return gemeente;
  }

  public String gemeenteName() {
    return gemeenteName;
  }

  public long messages() {
    return messages;
  }

  /** A source that all gemeenten and both products of a seed share. */
  public Dice region() {
    return new Dice(new SplittableRandom(seed));
  }

  public Rhythm rhythm() {
    return rhythm;
  }

  public Dice dice() {
    return dice;
  }

  public RowKeys keys() {
    return keys;
  }

  public Pseudonyms pseudonyms() {
    return pseudonyms;
  }

  public People people() {
    return people;
  }

  public Agenda agenda() {
    return agenda;
  }

  /** The release in force. */
  public Edition edition(int day) {
    return editions.stream()
        .filter(edition -> edition.firstDay() <= day)
        .findFirst()
        .orElse(editions.get(editions.size() - 1));
  }

  /** The next identification of a sender for a kind of message: senders share numbers. */
  public String identification(String sender, String kind) {
    return Digits.padded(identifications.merge(sender + "/" + kind, 1, Integer::sum), 9);
  }

  /** The number of a client that is new in this product. */
  public int newClient() {
    int number = clients++;
    if (isYouth()) {
      return 2 * number;
    }
    return dice.chance(BOTH_PRODUCTS) ? 2 * dice.below(number + 1) : 2 * number + 1;
  }

  public int newDecision() {
    return ++decisions;
  }
}
