package nl.ketendata.server.odata.uri;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.odata.model.EntityType;
import nl.ketendata.server.odata.model.Navigation;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.ColumnOf;

/**
 * What rows are at some point of a question: which names they know, and what these stand for.
 * Immutable.
 */
public final class Shape {
  private static final Set<String> WORDS = Set.of("null", "true", "false", "INF", "NaN", "not");

  private static final Optional<List<String>> HERE = Optional.of(List.of());

  private final EntityType type;
  private final boolean entity;
  private final Map<String, Property> own;
  private final List<Set<String>> branches;
  private final int weight;
  private final Optional<List<String>> back;

  /**
   * A property that the type does not declare, or that is left of it.
   *
   * @param expression what its name stands for
   * @param type of its values
   * @param stored the type of the column that the values are from
   */
  record Property(Expression expression, ValueType type, Optional<ColumnType> stored) {
    /** The values of a column of the rows under its name. */
    static Property column(String name, ValueType type, Optional<ColumnType> stored) {
      return new Property(new ColumnOf(Expression.IT, List.of(), name), type, stored);
    }
  }

  private Shape(
      EntityType type,
      boolean entity,
      Map<String, Property> own,
      List<Set<String>> branches,
      int weight,
      Optional<List<String>> back) {
    this.type = type;
    this.entity = entity;
    this.own = own;
    this.branches = branches;
    this.weight = weight;
    this.back = back;
  }

  static Shape of(EntityType type) {
    return new Shape(type, true, Map.of(), List.of(), 1, HERE);
  }

  /**
   * Rows inside those that a request is about.
   *
   * @param back the navigations to parents that lead back to these; empty when none do
   */
  static Shape inside(EntityType type, Optional<List<String>> back) {
    return new Shape(type, true, Map.of(), List.of(), 1, back);
  }

  /** Rows made of others, with these properties and no navigations. */
  static Shape of(Shape made, Map<String, Property> properties, int weight) {
    Optional<List<String>> back = made.back.filter(List::isEmpty);
    return new Shape(made.type, false, new LinkedHashMap<>(properties), List.of(), weight, back);
  }

  /** The rows of several pipelines together. */
  static Shape of(List<Shape> pipelines) {
    Map<String, Property> properties = new LinkedHashMap<>();
    List<Set<String>> branches = new ArrayList<>();
    int weight = 0;
    for (Shape each : pipelines) {
      Map<String, Property> all = each.properties();
      all.forEach(properties::putIfAbsent);
      branches.addAll(each.branches.isEmpty() ? List.of(all.keySet()) : each.branches);
      weight += each.weight;
    }
    Shape first = pipelines.get(0);
    return new Shape(
        first.type, false, properties, branches, weight, first.back.filter(List::isEmpty));
  }

  /** The type that the rows are of, or were made from. */
  public EntityType type() {
    return type;
  }

  /** Whether the rows are still those of their type, with all columns and navigations. */
  public boolean entity() {
    return entity;
  }

  /**
   * Which properties the rows of each branch have; none when all rows have all.
   *
   * @see nl.ketendata.server.question.Step.Concat
   */
  public List<Set<String>> branches() {
    return branches;
  }

  /** The navigations to parents that lead to the row that the request is about ($it). */
  Optional<List<String>> back() {
    return back;
  }

  /** The way back for rows that a navigation leads to from these. */
  Optional<List<String>> backFrom(Navigation navigation) {
    if (!navigation.collection() || back.isEmpty()) {
      return Optional.empty();
    }
    return navigation
        .partner()
        .map(partner -> Stream.concat(Stream.of(partner), back.get().stream()).toList());
  }

  /** How often the rows of the table are written in the question. */
  int weight() {
    return weight;
  }

  /** The paths of all properties, in the order in which they are shown. */
  public List<String> paths() {
    return List.copyOf(properties().keySet());
  }

  /** The properties that the type does not declare, with the name of their type. */
  public Map<String, String> computed() {
    Map<String, String> computed = new LinkedHashMap<>();
    own.forEach((path, property) -> computed.put(path, property.type().edmName()));
    return computed;
  }

  /** The types of the columns that values of {@link #computed} are from. */
  public Map<String, ColumnType> stored() {
    Map<String, ColumnType> stored = new LinkedHashMap<>();
    own.forEach((path, property) -> property.stored().ifPresent(each -> stored.put(path, each)));
    return stored;
  }

  Map<String, Property> properties() {
    Map<String, Property> all = new LinkedHashMap<>();
    if (entity) {
      for (Column column : type.columns()) {
        all.put(
            column.name(),
            Property.column(
                column.name(), ValueType.of(column.type()), Optional.of(column.type())));
      }
    }
    all.putAll(own);
    return all;
  }

  Optional<Property> property(String path) {
    return Optional.ofNullable(own.get(path));
  }

  /** Whether a longer path than this one names a property. */
  boolean leadsOn(String path) {
    return own.keySet().stream().anyMatch(each -> each.startsWith(path + "/"));
  }

  /** All names, for messages. */
  List<String> names() {
    Set<String> names = new LinkedHashSet<>(own.keySet());
    if (entity) {
      names.addAll(type.names());
    }
    return List.copyOf(names);
  }

  /** The same rows with one more property. */
  Shape plus(String name, Property property) {
    Map<String, Property> more = new LinkedHashMap<>(own);
    more.put(name, property);
    List<Set<String>> wider = new ArrayList<>();
    for (Set<String> branch : branches) {
      Set<String> names = new LinkedHashSet<>(branch);
      names.add(name);
      wider.add(names);
    }
    return new Shape(type, entity, more, wider, weight, back);
  }

  Shape heavier(int times) {
    return new Shape(type, entity, own, branches, weight * times, back);
  }

  /**
   * Reads the name that a value gets.
   *
   * @throws Failure KD526 when the rows have that name already
   */
  String alias(Scanner scanner, Set<String> taken) {
    scanner.skipSpaces();
    int start = scanner.position();
    String name = scanner.name();
    if (name.isEmpty()) {
      throw scanner.noValue();
    }
    boolean known =
        entity && type.names().contains(name)
            || own.keySet().stream().anyMatch(path -> path.equals(name))
            || leadsOn(name);
    if (known || taken.contains(name) || WORDS.contains(name)) {
      throw Failure.of(Code.NAME_TAKEN, scanner.option(), Excerpt.of(name), Scanner.place(start));
    }
    return name;
  }
}
