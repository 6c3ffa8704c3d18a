package nl.ketendata.server.settings;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Nearest;

/**
 * Settings as text, read by key and type. Faults are gathered and a default stands in for the
 * value, so that reading goes on and all faults come out at once.
 */
final class Values {
  private static final String PREFIX = "KETENDATA_";

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})\\s*(ms|s|m|h|d)");

  private static final Pattern ORIGIN =
      Pattern.compile("https?://[a-z0-9._-]{1,253}(:[0-9]{1,5})?");

  private final Map<String, String> values;
  private final Map<String, String> variables = new TreeMap<>();
  private final Set<String> overridden;
  private final Set<String> known = new TreeSet<>();
  private final List<String> faults = new ArrayList<>();

  /**
   * @param file what the file says, by key
   * @param environment of the process; goes before the file
   * @param overrides by key; goes before both
   */
  Values(Map<String, String> file, Map<String, String> environment, Map<String, String> overrides) {
    this.values = new TreeMap<>(file);
    values.putAll(overrides);
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX)) {
            variables.put(name, value);
          }
        });
    this.overridden = Set.copyOf(overrides.keySet());
  }

  String text(String key, String ifAbsent) {
    return read(key, ifAbsent, "tekst/text", text -> Optional.of(text).filter(t -> !t.isBlank()));
  }

  Path path(String key, Path ifAbsent) {
    return read(
        key,
        ifAbsent,
        "map/folder",
        text -> {
          try {
            return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
          } catch (InvalidPathException e) {
            return Optional.empty();
          }
        });
  }

  int number(String key, int ifAbsent, int least, int most) {
    return read(
        key,
        ifAbsent,
        least + " - " + most,
        text -> {
          if (!text.matches("[0-9]{1,9}")) {
            return Optional.empty();
          }
          int number = Integer.parseInt(text);
          return number < least || number > most ? Optional.empty() : Optional.of(number);
        });
  }

  boolean claim(String key, boolean ifAbsent) {
    return read(
        key,
        ifAbsent,
        "true, false",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  DataSize size(String key, DataSize ifAbsent) {
    return read(
        key, ifAbsent, "512MB, 4GB", text -> DataSize.parse(text).filter(s -> s.bytes() > 0));
  }

  /** A size that may be zero. */
  DataSize sizeOrNone(String key, DataSize ifAbsent) {
    return read(key, ifAbsent, "0B, 512MB, 4GB", DataSize::parse);
  }

  /** Sites, each as a browser names them: {@code https://host:port}. */
  List<String> origins(String key) {
    return read(
        key,
        List.of(),
        "[\"https://rapport.example\"]",
        text -> {
          List<String> origins = text.lines().map(String::strip).toList();
          return origins.stream().allMatch(origin -> ORIGIN.matcher(origin).matches())
              ? Optional.of(origins)
              : Optional.empty();
        });
  }

  Duration duration(String key, Duration ifAbsent, Duration most) {
    return read(
        key,
        ifAbsent,
        "500ms, 60s, 10m, 1h",
        text ->
            duration(text)
                .filter(d -> !d.isZero())
                .filter(duration -> duration.compareTo(most) <= 0));
  }

  Optional<URI> url(String key) {
    return read(key, Optional.empty(), "https://ketendata.example", Values::webAddress);
  }

  /** A file; whether it is there is seen when it is used. */
  Optional<Path> file(String key) {
    return read(
        key,
        Optional.empty(),
        "bestand/file",
        text -> {
          try {
            return text.isBlank() ? Optional.empty() : Optional.of(Optional.of(Path.of(text)));
          } catch (InvalidPathException e) {
            return Optional.empty();
          }
        });
  }

  /** Where to write to: {@code mailto:} or {@code https:}. */
  Optional<URI> contact(String key) {
    return read(
        key,
        Optional.empty(),
        "mailto:ciso@gemeente.example, https://…",
        text ->
            text.matches("(mailto:[^\\s@]+@[^\\s@]+|https://[^\\s]+)")
                ? Optional.of(Optional.of(URI.create(text)))
                : Optional.empty());
  }

  List<Subnet> subnets(String key) {
    return read(
        key,
        List.of(),
        "[\"10.0.0.0/8\", \"fd00::/8\"]",
        text -> {
          List<Optional<Subnet>> all = text.lines().map(Subnet::parse).toList();
          return all.stream().allMatch(Optional::isPresent)
              ? Optional.of(all.stream().flatMap(Optional::stream).toList())
              : Optional.empty();
        });
  }

  Optional<String> text(String key) {
    return read(
        key,
        Optional.empty(),
        "tekst/text",
        text -> text.isBlank() ? Optional.empty() : Optional.of(Optional.of(text)));
  }

  /** One text or a list of them. */
  List<String> texts(String key) {
    return read(
        key,
        List.of(),
        "[\"tekst\"]",
        text -> Optional.of(text.lines().map(String::strip).toList()).filter(l -> !l.contains("")));
  }

  /** An address that secrets go to, so only over TLS, or to this computer. */
  Optional<URI> issuer(String key) {
    return read(
        key,
        Optional.empty(),
        "https://login.example/…",
        text ->
            text.matches(
                    "https://[^\\s?#]+|http://(127\\.0\\.0\\.1|localhost)(:[0-9]+)?(/[^\\s?#]*)?")
                ? Optional.of(Optional.of(URI.create(text)))
                : Optional.empty());
  }

  /** All settings of a table whose keys are the administrator's own. */
  Map<String, String> table(String name) {
    Map<String, String> table = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(name + ".")) {
            known.add(key);
            table.put(key.substring(name.length() + 1), value);
          }
        });
    return table;
  }

  /** Whether anything is set below one of these prefixes. */
  boolean mentions(String... prefixes) {
    return values.keySet().stream()
        .anyMatch(key -> Arrays.stream(prefixes).anyMatch(key::startsWith));
  }

  /** Adds a fault that is of more than one value. */
  void fault(String text) {
    faults.add(text);
  }

  /**
   * To be called when every setting has been read.
   *
   * @throws Failure KD701 with all faults
   */
  void refuseFaults() {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        String nearest = Nearest.to(key, known).map(name -> " (" + name + "?)").orElse("");
        faults.add("onbekend/unknown: " + key + nearest);
      }
    }
    Set<String> names = new TreeSet<>();
    known.forEach(key -> names.add(variable(key)));
    for (String variable : variables.keySet()) {
      if (!names.contains(variable)) {
        String nearest = Nearest.to(variable, names).map(name -> " (" + name + "?)").orElse("");
        faults.add("onbekend/unknown: " + variable + nearest);
      }
    }
    if (!faults.isEmpty()) {
      throw Failure.of(Code.SETTINGS, String.join("; ", faults));
    }
  }

  private <T> T read(String key, T ifAbsent, String allowed, Function<String, Optional<T>> parser) {
    known.add(key);
    String variable = variable(key);
    boolean fromEnvironment = variables.containsKey(variable) && !overridden.contains(key);
    String text = fromEnvironment ? variables.get(variable) : values.get(key);
    if (text == null) {
      return ifAbsent;
    }
    Optional<T> value = parser.apply(text.strip());
    if (value.isEmpty()) {
      faults.add((fromEnvironment ? variable : key) + " = \"" + text + "\" (" + allowed + ")");
    }
    return value.orElse(ifAbsent);
  }

  private static String variable(String key) {
    return PREFIX + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
  }

  private static Optional<Duration> duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        });
  }

  private static Optional<Optional<URI>> webAddress(String text) {
    try {
      URI uri = URI.create(text.replaceAll("/+$", ""));
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean plain = uri.getQuery() == null && uri.getFragment() == null;
      boolean usable = web && plain && uri.getHost() != null && uri.getUserInfo() == null;
      return usable ? Optional.of(Optional.of(uri)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
