package nl.ketendata.server.settings;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})\\s*(ms|s|m|h|d)");

  private static final Pattern ORIGIN =
      Pattern.compile("https?://[a-z0-9._-]{1,253}(:[0-9]{1,5})?");

  private final Map<String, String> values;
  private final Set<String> known = new TreeSet<>();
  private final List<String> faults = new ArrayList<>();

  Values(Map<String, String> values) {
    this.values = values;
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
    if (!faults.isEmpty()) {
      throw Failure.of(Code.SETTINGS, String.join("; ", faults));
    }
  }

  private <T> T read(String key, T ifAbsent, String allowed, Function<String, Optional<T>> parser) {
    known.add(key);
    String text = values.get(key);
    if (text == null) {
      return ifAbsent;
    }
    Optional<T> value = parser.apply(text.strip());
    if (value.isEmpty()) {
      faults.add(key + " = \"" + text + "\" (" + allowed + ")");
    }
    return value.orElse(ifAbsent);
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
