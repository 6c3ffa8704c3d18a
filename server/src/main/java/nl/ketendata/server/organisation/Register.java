package nl.ketendata.server.organisation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;

/**
 * What is stated of organisations.
 *
 * @param gemeenten of which something is stated; any other is served whole
 * @param groups the hoofdorganisaties, by identifier in upper case
 */
public record Register(Map<Gemeente, Served> gemeenten, Map<String, List<Membership>> groups) {
  public static final Register EMPTY = new Register(Map.of(), Map.of());

  private static final Pattern GROUP = Pattern.compile("[A-Z][A-Z0-9-]{1,62}");
  private static final Set<String> TAKEN = Set.of("IJW", "IWMO", "METADATA", "INFORMATION-SCHEMA");

  public Register {
    gemeenten = Map.copyOf(gemeenten);
    groups = Map.copyOf(groups);
  }

  /**
   * How a gemeente is served.
   *
   * @param products that are activated
   * @param predecessors whose data is served under it as well, such as after a herindeling
   */
  public record Served(Set<Product> products, List<Gemeente> predecessors) {
    static final Served WHOLE = new Served(Set.of(Product.values()), List.of());

    public Served {
      products = Set.copyOf(products);
      predecessors = List.copyOf(predecessors);
    }

    public Served with(Set<Product> activated) {
      return new Served(activated, predecessors);
    }

    public Served after(Gemeente predecessor) {
      List<Gemeente> more = new ArrayList<>(predecessors);
      more.remove(predecessor);
      more.add(predecessor);
      return new Served(products, more);
    }
  }

  /** How a gemeente is served. */
  public Served served(Gemeente gemeente) {
    return gemeenten.getOrDefault(gemeente, Served.WHOLE);
  }

  /**
   * The identifier of a hoofdorganisatie as it is kept.
   *
   * @throws Failure KD615 when it cannot be one
   */
  public static String group(String text) {
    String id = text.toUpperCase(Locale.ROOT);
    if (!GROUP.matcher(id).matches() || TAKEN.contains(id) || id.matches("GM[0-9]{4}")) {
      throw Failure.of(Code.ORGANISATION_NAME, text);
    }
    return id;
  }

  /** The same with another statement about a gemeente. */
  public Register with(Gemeente gemeente, UnaryOperator<Served> change) {
    Map<Gemeente, Served> next = new TreeMap<>(gemeenten);
    next.put(gemeente, change.apply(served(gemeente)));
    return new Register(next, groups);
  }

  /** The same with a gemeente that belongs to a hoofdorganisatie, in place of what was stated. */
  public Register with(String group, List<Membership> members) {
    Map<String, List<Membership>> next = new TreeMap<>(groups);
    List<Membership> all = new ArrayList<>(next.getOrDefault(group, List.of()));
    for (Membership member : members) {
      all.removeIf(known -> known.gemeente().equals(member.gemeente()));
      all.add(member);
    }
    next.put(group, List.copyOf(all));
    return new Register(gemeenten, next);
  }

  /** The same with nothing stated about a gemeente. */
  public Register without(Gemeente gemeente) {
    Map<Gemeente, Served> next = new TreeMap<>(gemeenten);
    next.remove(gemeente);
    return new Register(next, groups);
  }

  /**
   * The same without a hoofdorganisatie.
   *
   * @throws Failure KD603 when there is none
   */
  public Register without(String group) {
    Map<String, List<Membership>> next = new TreeMap<>(groups);
    if (next.remove(group) == null) {
      throw Failure.of(Code.UNKNOWN_ORGANISATION, group);
    }
    return new Register(gemeenten, next);
  }
}
