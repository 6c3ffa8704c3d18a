package nl.ketendata.server.odata.uri;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Nearest;
import nl.ketendata.server.odata.model.EntityType;
import nl.ketendata.server.odata.model.Navigation;
import nl.ketendata.server.odata.uri.RowOptions.Expansion;
import nl.ketendata.server.odata.uri.RowOptions.Shown;

/** Reads the value of {@code $expand}. */
final class ExpandReader {
  private static final String LEVELS = "$levels";
  private static final String REF = "/$ref";
  private static final String COUNT = "/$count";

  /** What can be asked of addresses, and of numbers (ABNF: expandRefOption, expandCountOption). */
  private static final Map<Shown, Set<String>> FEWER =
      Map.of(
          Shown.REFERENCES,
          Set.of("$filter", "$search", "$orderby", "$top", "$skip", "$count", "$apply"),
          Shown.COUNT,
          Set.of("$filter", "$search", "$apply"));

  private final Context context;
  private final Shape shape;
  private final EntityType type;
  private final Scanner scanner;
  private final List<Expansion> expansions = new ArrayList<>();

  private ExpandReader(Context context, Shape shape, Scanner scanner) {
    this.context = context;
    this.shape = shape;
    this.type = shape.type();
    this.scanner = scanner;
  }

  static List<Expansion> read(Context context, Shape shape, Scanner scanner) {
    context.limits().enterExpand();
    List<Expansion> expansions = new ExpandReader(context, shape, scanner).items();
    context.limits().leaveExpand();
    return expansions;
  }

  private List<Expansion> items() {
    do {
      scanner.skipSpaces();
      if (scanner.accept("*")) {
        everything();
      } else {
        add(navigation());
      }
      scanner.skipSpaces();
    } while (scanner.accept(","));
    return expansions;
  }

  // What is named beside the star keeps its own options. The star leaves code lists out: a table
  // has up to fifteen, each a statement of its own, and who wants words knows which.
  private void everything() {
    Shown shown = shown();
    int start = scanner.position();
    for (Navigation navigation : type.navigations()) {
      if (navigation.join().isToCodes()) {
        continue;
      }
      scanner.back(start);
      if (expansions.stream().noneMatch(known -> known.navigation().equals(navigation))) {
        add(expansion(navigation, shown));
      } else {
        expansion(navigation, shown);
      }
    }
  }

  private Expansion navigation() {
    scanner.accept(context.model().qualified(type) + "/");
    int start = scanner.position();
    String name = scanner.name();
    if (name.isEmpty()) {
      throw scanner.noValue();
    }
    Navigation navigation = type.navigation(name).orElseThrow(() -> unknown(name, start));
    scanner.accept("/" + context.model().qualified(context.model().target(navigation)));
    return expansion(navigation, shown());
  }

  private Failure unknown(String name, int start) {
    Failure failure =
        Failure.of(
            Code.UNKNOWN_PROPERTY,
            scanner.option(),
            Excerpt.of(name),
            type.name(),
            Scanner.place(start));
    List<String> known = type.navigations().stream().map(Navigation::name).toList();
    return Nearest.to(name, known).map(failure::meaning).orElse(failure);
  }

  private void add(Expansion expansion) {
    if (expansions.stream().anyMatch(known -> known.navigation().equals(expansion.navigation()))) {
      throw Failure.of(Code.OPTION_TWICE, "$expand=" + expansion.navigation().name());
    }
    expansions.add(expansion);
  }

  private Shown shown() {
    if (scanner.accept(REF)) {
      return Shown.REFERENCES;
    }
    return scanner.accept(COUNT) ? Shown.COUNT : Shown.ROWS;
  }

  private Expansion expansion(Navigation navigation, Shown shown) {
    context.limits().expand();
    if (shown == Shown.COUNT && !navigation.collection()) {
      throw Failure.of(Code.OPTION_PLACE, "$count", navigation.name());
    }
    RowOptionsReader rows =
        new RowOptionsReader(
            context, Shape.inside(context.model().target(navigation), shape.backFrom(navigation)));
    boolean before = context.lookedOut();
    Map<String, String> options = scanner.accept("(") ? options(navigation, shown, rows) : Map.of();
    boolean looksOut = context.lookedOut();
    NestedSteps.check(navigation, shown, rows.options());
    if (before || looksOut) {
      context.looksOut();
    }
    return new Expansion(
        navigation, shown, rows.options(), looksOut ? Optional.empty() : Optional.of(options));
  }

  /** Reads the options; their texts, by name. */
  private Map<String, String> options(Navigation navigation, Shown shown, RowOptionsReader rows) {
    Map<String, String> texts = new LinkedHashMap<>();
    Map<String, Integer> values = new LinkedHashMap<>();
    List<String> aliases = new ArrayList<>();
    do {
      scanner.skipSpaces();
      if (scanner.peek() == '@') {
        aliases.add(alias(rows, texts));
        continue;
      }
      String option = OptionNames.nested(optionName());
      if (FEWER.containsKey(shown) && !FEWER.get(shown).contains(option)) {
        throw Failure.of(
            Code.OPTION_PLACE, option, navigation.name() + (shown == Shown.COUNT ? COUNT : REF));
      }
      scanner.skipSpaces();
      scanner.expect("=");
      scanner.skipSpaces();
      if (values.putIfAbsent(option, scanner.position()) != null) {
        throw Failure.of(Code.OPTION_TWICE, option);
      }
      int start = scanner.position();
      scanner.skipOption();
      if (!option.equals(LEVELS)) {
        texts.put(option, scanner.between(start));
      }
    } while (scanner.accept(";"));
    int end = scanner.position();
    for (String option : RowOptionsReader.FIRST) {
      if (values.containsKey(option)) {
        value(navigation, rows, option, values.remove(option));
      }
    }
    values.forEach((option, start) -> value(navigation, rows, option, start));
    aliases.forEach(context::forget);
    scanner.back(end);
    scanner.expect(")");
    return texts;
  }

  /** Reads a constant that the other options name; a value of the row has no place there. */
  private String alias(RowOptionsReader rows, Map<String, String> texts) {
    int begin = scanner.position();
    scanner.expect("@");
    String name = "@" + scanner.name();
    scanner.expect("=");
    int start = scanner.position();
    scanner.skipOption();
    String text = scanner.between(start);
    Scanner value = new Scanner(name, text);
    boolean list = text.startsWith("(") || text.startsWith("[");
    if (!list && !ExpressionReader.of(context, rows.shape(), value).isConstant()) {
      throw Failure.of(Code.NOT_BUILT, "$expand(" + Excerpt.of(scanner.between(begin)) + ")");
    }
    context.define(name, text);
    texts.put(name, text);
    return name;
  }

  private void value(Navigation navigation, RowOptionsReader rows, String option, int start) {
    if (!navigation.collection() && OptionNames.ROWS_ONLY.contains(option)) {
      throw Failure.of(Code.OPTION_PLACE, option, navigation.name());
    }
    scanner.back(start);
    if (option.equals(LEVELS)) {
      levels();
    } else {
      rows.read(option, scanner);
    }
    scanner.skipSpaces();
    if (!scanner.end() && ";)".indexOf(scanner.peek()) < 0) {
      throw scanner.expected("\";\", \")\"");
    }
  }

  private String optionName() {
    int start = scanner.position();
    String dollar = scanner.accept("$") ? "$" : "";
    String name = scanner.name();
    if (name.isEmpty()) {
      scanner.back(start);
      throw scanner.expected("$select, $filter, $orderby, $top, $skip, $count, $expand");
    }
    return dollar + name;
  }

  // No navigation leads back to its own type, so that there is never a second level.
  private void levels() {
    if (scanner.acceptAnyCase("max")) {
      return;
    }
    if (scanner.peek() == '0') {
      throw scanner.expected("1-" + Limits.EXPAND_DEPTH + ", max");
    }
    Numbers.read(scanner, Limits.EXPAND_DEPTH);
  }
}
