package nl.ketendata.server.odata.uri;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.odata.model.Model;
import nl.ketendata.server.odata.uri.Resource.Kind;

/**
 * An address that was read: what it names and what is asked of it.
 *
 * <p>
 *
 * {@snippet :
 * Address.read(model, List.of("JW301('1')", "ToegewezenProduct"), QueryOptions.parse("$top=5"));
 * }
 *
 * @param resource what the path names
 * @param rows what the options ask of it
 * @param dependsOnNow whether the answer may change without new data
 */
public record Address(Resource resource, RowOptions rows, boolean dependsOnNow) {
  private static final Set<String> ANYWHERE = Set.of("$format", "$schemaversion");
  private static final Set<String> ROWS =
      Set.of(
          "$select",
          "$filter",
          "$orderby",
          "$expand",
          "$top",
          "$skip",
          "$count",
          "$skiptoken",
          "$search",
          "$compute",
          "$apply",
          "$deltatoken");

  /** Tokens of ours, which are read before the rest. */
  private static final Set<String> TOKENS = Set.of("$skiptoken", "$deltatoken");

  private static final Map<Kind, Set<String>> ALLOWED = new EnumMap<>(Kind.class);

  static {
    ALLOWED.put(Kind.ROWS, ROWS);
    ALLOWED.put(
        Kind.COUNT,
        ROWS.stream().filter(name -> !name.equals("$deltatoken")).collect(Collectors.toSet()));
    ALLOWED.put(
        Kind.REFERENCES,
        Set.of("$filter", "$search", "$orderby", "$top", "$skip", "$count", "$skiptoken"));
    ALLOWED.put(Kind.ENTITY, Set.of("$select", "$expand", "$compute"));
    ALLOWED.put(Kind.PROPERTY, Set.of());
    ALLOWED.put(Kind.VALUE, Set.of());
    ALLOWED.put(Kind.REFERENCE, Set.of());
  }

  /**
   * @param segments of the path below the service root, decoded; at least one
   * @throws Failure when the model has no such thing or the address is malformed
   */
  public static Address read(Model model, List<String> segments, QueryOptions options) {
    Context context = new Context(model, options.aliases());
    Resource resource = ResourceReader.read(context, segments);
    RowOptionsReader rows = new RowOptionsReader(context, Shape.of(resource.place().type()));
    for (String name : RowOptionsReader.FIRST) {
      options.get(name).ifPresent(value -> read(resource, rows, name, value));
    }
    options
        .system()
        .forEach(
            (name, value) -> {
              if (!RowOptionsReader.FIRST.contains(name)) {
                read(resource, rows, name, value);
              }
            });
    return new Address(resource, rows.options(), context.dependsOnNow());
  }

  private static void read(Resource resource, RowOptionsReader rows, String name, String value) {
    if (ANYWHERE.contains(name)) {
      return;
    }
    if (!ROWS.contains(name)) {
      throw Failure.of(Code.NOT_BUILT, name);
    }
    if (!ALLOWED.get(resource.kind()).contains(name)) {
      throw Failure.of(
          Code.OPTION_PLACE, name, resource.kind().name().toLowerCase(java.util.Locale.ROOT));
    }
    // Those without effect on a number are read all the same: a mistake in one is a mistake.
    if (!TOKENS.contains(name)) {
      Scanner scanner = new Scanner(name, value);
      try {
        rows.read(name, scanner);
        scanner.expectEnd();
      } catch (Failure failure) {
        throw failure.within(name);
      }
    }
  }
}
