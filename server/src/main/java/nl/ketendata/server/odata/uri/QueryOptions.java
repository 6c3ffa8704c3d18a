package nl.ketendata.server.odata.uri;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/** The query part of an address: OData's options, parameter aliases, and custom options. */
public final class QueryOptions {
  private static final String TOKEN = "$skiptoken";
  private static final Pattern MARKED = Pattern.compile("[^\\p{L}\\p{N}_$@]+\\$");

  private final Map<String, String> system = new LinkedHashMap<>();
  private final Map<String, String> aliases = new LinkedHashMap<>();
  private final Map<String, String> custom = new LinkedHashMap<>();
  private final List<String> raw = new ArrayList<>();

  private QueryOptions() {}

  /**
   * @param query as sent, still encoded
   */
  public static QueryOptions parse(String query) {
    QueryOptions options = new QueryOptions();
    for (String pair : query.split("&")) {
      if (!pair.isEmpty()) {
        options.add(pair);
      }
    }
    return options;
  }

  private void add(String pair) {
    int equals = pair.indexOf('=');
    String name = Percent.decode(equals < 0 ? pair : pair.substring(0, equals)).strip();
    String value = equals < 0 ? "" : value(name, pair.substring(equals + 1));
    if (name.startsWith("@")) {
      put(aliases, name, value);
      raw.add(pair);
      return;
    }
    Optional<String> known = OptionNames.system(visible(name));
    if (known.isPresent()) {
      put(system, known.get(), value);
    } else {
      custom.putIfAbsent(name, value);
    }
    if (!known.equals(Optional.of(TOKEN))) {
      raw.add(pair);
    }
  }

  private static String value(String name, String encoded) {
    try {
      return Percent.decode(encoded);
    } catch (Failure failure) {
      throw failure.within(Excerpt.of(name));
    }
  }

  /**
   * A byte order mark in front of a name is no part of it. Other marks before a dollar sign make it
   * no option of anybody: a question mark too many would else be a question without its options.
   * The same holds for letters that only look like it, such as a wide dollar sign.
   */
  private static String visible(String name) {
    String text = name.startsWith("\uFEFF") ? name.substring(1) : name;
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
    boolean disguised = plain.startsWith("$") && !text.startsWith("$");
    return disguised || MARKED.matcher(text).lookingAt() ? "$" + text : text;
  }

  /** The same options but one. */
  public QueryOptions without(String name) {
    QueryOptions others = new QueryOptions();
    others.system.putAll(system);
    others.system.remove(name);
    others.aliases.putAll(aliases);
    others.custom.putAll(custom);
    others.raw.addAll(raw);
    return others;
  }

  private static void put(Map<String, String> options, String name, String value) {
    if (options.putIfAbsent(name, value) != null) {
      throw Failure.of(Code.OPTION_TWICE, name);
    }
  }

  /** The decoded values of OData's options, by name with the dollar sign. */
  public Map<String, String> system() {
    return system;
  }

  Map<String, String> aliases() {
    return aliases;
  }

  /** The value of one of OData's options. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(system.get(name));
  }

  /** The value of a custom option. */
  public Optional<String> custom(String name) {
    return Optional.ofNullable(custom.get(name));
  }

  /** Where a page begins, when it is not the first. */
  public Optional<String> token() {
    return get(TOKEN);
  }

  /** All options as sent, but the page token and this one. */
  public List<String> rawWithout(String name) {
    return raw.stream().filter(pair -> !name(pair).equals(Optional.of(name))).toList();
  }

  private static Optional<String> name(String pair) {
    String name = Percent.decode(pair.replaceFirst("=.*", "")).strip();
    return name.startsWith("@") ? Optional.of(name) : OptionNames.system(name);
  }

  /** The parameter aliases as sent. */
  public List<String> rawAliases() {
    return raw.stream().filter(pair -> Percent.decode(pair).strip().startsWith("@")).toList();
  }

  /** All options as sent, but the page token. */
  public List<String> rawWithoutToken() {
    return List.copyOf(raw);
  }

  /** What the question is, whatever the order of its options: without tokens and format. */
  public String canonical() {
    Map<String, String> asked = new TreeMap<>(system);
    asked.putAll(aliases);
    asked.keySet().removeAll(List.of(TOKEN, "$deltatoken", "$format"));
    return asked.toString();
  }
}
