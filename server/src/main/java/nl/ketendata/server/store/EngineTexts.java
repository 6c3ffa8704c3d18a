package nl.ketendata.server.store;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.ketendata.server.failure.Words;

/** What the engine says in English about a value that it could not work with, in both languages. */
final class EngineTexts {
  private static final String TEXT = "['\"](?<value>.*)['\"]";

  private record Known(Pattern said, String dutch, String english) {
    Known(String said, String dutch, String english) {
      this(Pattern.compile(said, Pattern.CASE_INSENSITIVE), dutch, english);
    }
  }

  private static final List<Known> KNOWN =
      List.of(
          new Known(
              "overflow in .*",
              "de uitkomst van een berekening is te groot",
              "the result of a calculation is too large"),
          new Known(
              "could not convert string " + TEXT + " to (?<type>\\w+).*",
              "\"${value}\" is geen ${type}",
              "\"${value}\" is no ${type}"),
          new Known(
              "could not cast value (?<value>.*) to (?<type>.*)",
              "${value} past niet in ${type}",
              "${value} does not fit into ${type}"),
          new Known(
              "type \\w+ with value (?<value>.*) can't be cast .* destination type (?<type>.*)",
              "${value} past niet in ${type}",
              "${value} does not fit into ${type}"),
          new Known(
              "casting value " + TEXT + " to type (?<type>.*) failed: value is out of range!?",
              "${value} past niet in ${type}",
              "${value} does not fit into ${type}"),
          new Known(
              "(?:invalid )?(?<type>date|timestamp|time) field[^\"]*" + TEXT + ".*",
              "\"${value}\" is geen ${type}",
              "\"${value}\" is no ${type}"));

  private EngineTexts() {}

  /** The same in words of ours, or the engine's own text when it is not one that we know. */
  static Object said(String text) {
    for (Known known : KNOWN) {
      Matcher matcher = known.said().matcher(text);
      if (matcher.matches()) {
        return new Words(filled(known.dutch(), matcher), filled(known.english(), matcher));
      }
    }
    return text;
  }

  private static String filled(String template, Matcher matcher) {
    String text = template;
    for (String name : List.of("type", "value")) {
      if (template.contains("${" + name + "}")) {
        String found = name.equals("type") ? sqlName(matcher.group(name)) : matcher.group(name);
        text = text.replace("${" + name + "}", found);
      }
    }
    return text;
  }

  /** The engine has names of its own for some types. */
  private static String sqlName(String type) {
    return switch (type.toUpperCase(Locale.ROOT)) {
      case "INT8" -> "TINYINT";
      case "INT16" -> "SMALLINT";
      case "INT32" -> "INTEGER";
      case "INT64" -> "BIGINT";
      case "BOOL" -> "BOOLEAN";
      default -> type.toUpperCase(Locale.ROOT);
    };
  }
}
