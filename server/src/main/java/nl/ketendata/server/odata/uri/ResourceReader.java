package nl.ketendata.server.odata.uri;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Table;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Nearest;
import nl.ketendata.server.odata.model.EntityType;
import nl.ketendata.server.odata.model.Navigation;
import nl.ketendata.server.odata.uri.Resource.Kind;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.Call;
import nl.ketendata.server.question.Expression.Constant;
import nl.ketendata.server.question.Function;

/** Reads the segments of a path below the service root. */
final class ResourceReader {
  private static final Set<String> NOT_BUILT = Set.of("$batch", "$all", "$entity", "$crossjoin");

  private static final String FILTER = "$filter(";

  /** A longer path is nobody's question, and each step nests the condition deeper. */
  private static final int SEGMENTS = 12;

  private final Context context;
  private final List<String> segments;

  private ResourceReader(Context context, List<String> segments) {
    this.context = context;
    this.segments = segments;
  }

  /**
   * @param segments decoded; at least one
   */
  static Resource read(Context context, List<String> segments) {
    if (segments.size() > SEGMENTS) {
      throw Failure.of(Code.TOO_DEEP, String.valueOf(segments.size()), String.valueOf(SEGMENTS));
    }
    return new ResourceReader(context, segments).read();
  }

  private Resource read() {
    Place place = entitySet(segments.get(0));
    for (int i = 1; i < segments.size(); i++) {
      String segment = segments.get(i);
      boolean last = i == segments.size() - 1;
      if (segment.startsWith(FILTER)) {
        return filtered(place, i);
      }
      if (segment.equals(context.model().qualified(place.type()))) {
        continue;
      }
      if (segment.startsWith("$")) {
        requireLast(segment, last);
        return suffix(place, segment);
      }
      Optional<Column> property = place.type().column(segment);
      if (property.isPresent()) {
        requireSingle(place, segment);
        return property(place, property.get(), i);
      }
      place = navigate(place, segment);
    }
    return new Resource(place.single() ? Kind.ENTITY : Kind.ROWS, place, Optional.empty());
  }

  /**
   * Reads conditions in the path, from this segment on. What looks like several segments may be one
   * condition: a slash in it need not be encoded.
   */
  private Resource filtered(Place all, int from) {
    requireCollection(all, "$filter");
    Scanner scanner =
        new Scanner("$filter", String.join("/", segments.subList(from, segments.size())));
    Place place = all;
    while (scanner.accept(FILTER)) {
      place =
          place.where(ExpressionReader.of(context, Shape.of(place.type()), scanner).condition());
      scanner.skipSpaces();
      scanner.expect(")");
      scanner.accept("/");
    }
    return scanner.end()
        ? new Resource(Kind.ROWS, place, Optional.empty())
        : suffix(place, scanner.rest());
  }

  private static void requireCollection(Place place, String segment) {
    if (place.single()) {
      throw Failure.of(Code.OPTION_PLACE, segment, place.type().name());
    }
  }

  private Place entitySet(String segment) {
    Scanner scanner = new Scanner(Excerpt.of(segment), segment);
    if (segment.startsWith("$")) {
      scanner.accept("$");
      String name = "$" + scanner.name();
      throw NOT_BUILT.contains(name)
          ? Failure.of(Code.NOT_BUILT, name)
          : unknown(segment, context.model().names());
    }
    EntityType type =
        context
            .model()
            .type(scanner.name())
            .orElseThrow(() -> unknown(segment, context.model().names()));
    return keyed(Place.all(type), scanner, segment);
  }

  private Place navigate(Place place, String segment) {
    Scanner scanner = new Scanner(Excerpt.of(segment), segment);
    Navigation navigation =
        place
            .type()
            .navigation(scanner.name())
            .orElseThrow(() -> unknown(segment, place.type().names()));
    requireSingle(place, segment);
    return keyed(place.follow(context.model(), navigation), scanner, segment);
  }

  private Place keyed(Place place, Scanner scanner, String segment) {
    if (scanner.end()) {
      return place;
    }
    if (place.single()) {
      throw unknown(segment, place.type().names());
    }
    scanner.expect("(");
    keyName(place, scanner);
    Place row = place.byKey(key(place, scanner));
    if (scanner.accept(",")) {
      row = row.where(gemeente(place, scanner));
    }
    scanner.expect(")");
    if (!scanner.end()) {
      throw scanner.expected("/");
    }
    return row;
  }

  private static void keyName(Place place, Scanner scanner) {
    int start = scanner.position();
    String name = scanner.name();
    if (name.isEmpty()) {
      return;
    }
    if (!name.equals(place.type().key())) {
      throw PathReader.unknown(scanner.option(), place.type(), name, start)
          .meaning(place.type().key());
    }
    scanner.expect("=");
  }

  /** In a hoofdorganisatie a key may be that of a row of each gemeente: then this says which. */
  private static Expression gemeente(Place place, Scanner scanner) {
    int start = scanner.position();
    String name = scanner.name();
    if (!name.equals(Table.GEMEENTE)) {
      throw PathReader.unknown(scanner.option(), place.type(), name, start).meaning(Table.GEMEENTE);
    }
    scanner.expect("=");
    return Call.of(Function.EQ, Rebase.column(Table.GEMEENTE), Constant.of(scanner.quoted()));
  }

  private String key(Place place, Scanner scanner) {
    int start = scanner.position();
    Typed value =
        scanner.accept("@")
            ? ExpressionReader.alias(
                context, new Variables(Shape.of(place.type())), "@" + scanner.name())
            : literal(scanner);
    if (value.type() == ValueType.STRING
        && value.expression() instanceof Constant constant
        && constant.value().isPresent()) {
      return (String) constant.value().get();
    }
    throw Failure.of(
        Code.OPTION_TYPES,
        scanner.option(),
        place.type().key(),
        value.type().edmName(),
        Scanner.place(start));
  }

  private static Typed literal(Scanner scanner) {
    return scanner.peek() == '\''
        ? Typed.constant(scanner.quoted(), ValueType.STRING)
        : Literals.read(scanner);
  }

  private Resource property(Place place, Column property, int at) {
    if (at == segments.size() - 1) {
      return new Resource(Kind.PROPERTY, place, Optional.of(property));
    }
    String next = segments.get(at + 1);
    if (!next.equals("$value")) {
      throw unknown(next, Set.of("$value"));
    }
    requireLast(next, at + 1 == segments.size() - 1);
    return new Resource(Kind.VALUE, place, Optional.of(property));
  }

  private static Resource suffix(Place place, String segment) {
    Kind kind =
        switch (segment) {
          case "$count" -> Kind.COUNT;
          case "$ref" -> place.single() ? Kind.REFERENCE : Kind.REFERENCES;
          case "$each", "$query" -> throw Failure.of(Code.NOT_BUILT, segment);
          default -> throw unknown(segment, Set.of("$count", "$ref"));
        };
    if (kind == Kind.COUNT) {
      requireCollection(place, segment);
    }
    return new Resource(kind, place, Optional.empty());
  }

  private void requireLast(String segment, boolean last) {
    if (!last) {
      throw unknown(segments.get(segments.indexOf(segment) + 1), Set.of());
    }
  }

  private static void requireSingle(Place place, String segment) {
    if (!place.single()) {
      throw Failure.of(Code.AFTER_COLLECTION, Excerpt.of(segment));
    }
  }

  private static Failure unknown(String segment, Collection<String> names) {
    Failure failure =
        Failure.of(Code.UNKNOWN_RESOURCE, Excerpt.of(segment)).about(Excerpt.of(segment));
    int parenthesis = segment.indexOf('(');
    String name = parenthesis < 0 ? segment : segment.substring(0, parenthesis);
    return Nearest.to(name, names).map(failure::meaning).orElse(failure);
  }
}
