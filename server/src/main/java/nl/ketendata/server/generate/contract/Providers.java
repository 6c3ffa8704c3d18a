package nl.ketendata.server.generate.contract;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import nl.ketendata.server.generate.sheet.Digits;
import nl.ketendata.server.generate.world.Dice;
import nl.ketendata.server.generate.world.World;

/** The providers with whom the gemeente has a contract: a few have most of the clients. */
public final class Providers {
  private static final int FEWEST = 15;
  private static final int MOST = 60;
  private static final int MESSAGES_PER_PROVIDER = 20_000;
  private static final List<String> KINDS = List.of("06", "22", "41", "42", "65", "73", "79", "98");

  /**
   * Providers of the region: the gemeenten and products of one seed have some of them in common.
   */
  private static final int IN_REGION = 150;

  private final List<Provider> providers = new ArrayList<>();
  private final Dice dice;

  public Providers(World world) {
    dice = world.dice();
    Offers offers = new Offers(world);
    long wanted = FEWEST + world.messages() / MESSAGES_PER_PROVIDER;
    List<String> region = codes(world.region());
    while (providers.size() < Math.min(MOST, wanted)) {
      String code = region.remove(dice.below(region.size()));
      providers.add(new Provider(code, offers.draw()));
    }
  }

  private static List<String> codes(Dice regional) {
    Set<String> codes = new LinkedHashSet<>();
    while (codes.size() < IN_REGION) {
      codes.add(regional.pick(KINDS) + Digits.padded(regional.between(1, 999_999), 6));
    }
    return new ArrayList<>(codes);
  }

  public List<Provider> all() {
    return providers;
  }

  public Provider draw() {
    double share = dice.share();
    return providers.get((int) (share * share * providers.size()));
  }
}
