package nl.ketendata.server.generate;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;

/** What everybody in the simulation shares. */
final class World {
  /** Bits that make another source for keys than for all that happens. */
  private static final long KEYS = 0x6B65_7973L;

  /** Share of adults' care that goes to people who are also known as young. */
  private static final double BOTH_PRODUCTS = 0.04;

  private final Catalogue catalogue;
  private final GenerateOrder order;
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

  World(Catalogue catalogue, GenerateOrder order, Rhythm rhythm) {
    this.catalogue = catalogue;
    this.order = order;
    this.rhythm = rhythm;
    String gemeente = order.gemeente().code();
    long seed = order.seed() * 31 + gemeente.hashCode();
    long own = seed * 31 + order.product().ordinal();
    this.dice = new Dice(new SplittableRandom(own));
    this.keys = new RowKeys(new Dice(new SplittableRandom(own ^ KEYS)));
    this.pseudonyms = new Pseudonyms(order.seed(), gemeente, order.product().id());
    this.people = new People(seed);
    this.editions =
        catalogue.releases().stream()
            .map(Edition::of)
            .sorted(Comparator.comparing(Edition::firstDay).reversed())
            .toList();
    this.agenda = new Agenda(rhythm.first(), rhythm.last());
  }

  Catalogue catalogue() {
    return catalogue;
  }

  Product product() {
    return order.product();
  }

  boolean isYouth() {
    return order.product() == Product.IJW;
  }

  /** The code of the gemeente, four digits. */
  String gemeente() {
    return order.gemeente().code();
  }

  String gemeenteName() {
    return GemeenteNames.of(order.gemeente());
  }

  long messages() {
    return order.messages();
  }

  /** A source that all gemeenten and both products of a seed share. */
  Dice region() {
    return new Dice(new SplittableRandom(order.seed()));
  }

  Rhythm rhythm() {
    return rhythm;
  }

  Dice dice() {
    return dice;
  }

  RowKeys keys() {
    return keys;
  }

  Pseudonyms pseudonyms() {
    return pseudonyms;
  }

  People people() {
    return people;
  }

  Agenda agenda() {
    return agenda;
  }

  /** The release in force. */
  Edition edition(int day) {
    return editions.stream()
        .filter(edition -> edition.firstDay() <= day)
        .findFirst()
        .orElse(editions.get(editions.size() - 1));
  }

  /** The next identification of a sender for a kind of message: senders share numbers. */
  String identification(String sender, String kind) {
    return Digits.padded(identifications.merge(sender + "/" + kind, 1, Integer::sum), 9);
  }

  /** The number of a client that is new in this product. */
  int newClient() {
    int number = clients++;
    if (isYouth()) {
      return 2 * number;
    }
    return dice.chance(BOTH_PRODUCTS) ? 2 * dice.below(number + 1) : 2 * number + 1;
  }

  int newDecision() {
    return ++decisions;
  }
}
