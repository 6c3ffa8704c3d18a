package nl.ketendata.server.organisation;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Organisation;

/** The organisations as they are today. */
public final class Organisations {
  private static final ZoneId DUTCH = ZoneId.of("Europe/Amsterdam");

  private final RegisterFile file;
  private final Supplier<List<Gemeente>> known;
  private final Clock clock;

  /**
   * @param known the gemeenten that have data
   * @param clock decides what day it is
   */
  public Organisations(RegisterFile file, Supplier<List<Gemeente>> known, Clock clock) {
    this.file = file;
    this.known = known;
    this.clock = clock;
  }

  /**
   * The organisation with this identifier, in any case.
   *
   * @throws Failure KD616 when the register cannot be read
   */
  public Optional<Organisation> find(String id) {
    Register register = file.read();
    String wanted = id.toUpperCase(Locale.ROOT);
    List<Membership> members = register.groups().get(wanted);
    if (members != null) {
      return Optional.of(group(register, wanted, members));
    }
    if (!wanted.matches("GM[0-9]{4}")) {
      return Optional.empty();
    }
    Gemeente gemeente = Gemeente.parse(wanted);
    boolean there = register.gemeenten().containsKey(gemeente) || known.get().contains(gemeente);
    return there
        ? Optional.of(organisation(register, wanted, List.of(gemeente)))
        : Optional.empty();
  }

  /**
   * The identifier of an organisation as users and tokens have it. A gemeente may come later, a
   * hoofdorganisatie must be stated.
   *
   * @throws Failure KD604 when it is neither
   */
  public static String id(Path data, String text) {
    String id = text.toUpperCase(Locale.ROOT);
    return new RegisterFile(data).read().groups().containsKey(id) ? id : Gemeente.parse(id).id();
  }

  /** All organisations: gemeenten, then hoofdorganisaties. */
  public List<Organisation> all() {
    Register register = file.read();
    Collection<Gemeente> gemeenten = new LinkedHashSet<>(known.get());
    gemeenten.addAll(register.gemeenten().keySet());
    List<Organisation> all = new ArrayList<>();
    gemeenten.stream()
        .sorted()
        .forEach(each -> all.add(organisation(register, each.id(), List.of(each))));
    register.groups().keySet().stream()
        .sorted()
        .forEach(id -> all.add(group(register, id, register.groups().get(id))));
    return List.copyOf(all);
  }

  private Organisation group(Register register, String id, List<Membership> members) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), DUTCH);
    List<Gemeente> now =
        members.stream().filter(each -> each.holds(today)).map(Membership::gemeente).toList();
    return organisation(register, id, now);
  }

  /** Each gemeente with its predecessors behind it, of the products that it has activated. */
  private static Organisation organisation(Register register, String id, List<Gemeente> gemeenten) {
    Map<Product, List<Gemeente>> activated = new EnumMap<>(Product.class);
    for (Product product : Product.values()) {
      Collection<Gemeente> shown = new LinkedHashSet<>();
      for (Gemeente gemeente : gemeenten) {
        Register.Served served = register.served(gemeente);
        if (served.products().contains(product)) {
          shown.add(gemeente);
          shown.addAll(served.predecessors());
        }
      }
      activated.put(product, List.copyOf(shown));
    }
    return new Organisation(id, activated);
  }
}
