package nl.ketendata.server.odata.uri;

import static nl.ketendata.server.odata.uri.ValueType.BOOLEAN;
import static nl.ketendata.server.odata.uri.ValueType.DATE;
import static nl.ketendata.server.odata.uri.ValueType.DECIMAL;
import static nl.ketendata.server.odata.uri.ValueType.DOUBLE;
import static nl.ketendata.server.odata.uri.ValueType.DURATION;
import static nl.ketendata.server.odata.uri.ValueType.INSTANT;
import static nl.ketendata.server.odata.uri.ValueType.INTEGER;
import static nl.ketendata.server.odata.uri.ValueType.STRING;
import static nl.ketendata.server.odata.uri.ValueType.TIME;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.server.question.Function;

/** The functions that can be called, and what they take. */
final class Functions {
  /** Those that OData has and this server has not: they answer "not built" instead of "unknown". */
  static final Set<String> NOT_BUILT =
      Set.of("hassubset", "hassubsequence", "geo.distance", "geo.length", "geo.intersects");

  static final Map<String, Signature> BY_NAME = new LinkedHashMap<>();

  /**
   * How a function is called.
   *
   * @param required how many of the parameters must be given
   */
  record Signature(
      Function function, int required, List<Set<ValueType>> parameters, ValueType result) {}

  static {
    Set<ValueType> text = Set.of(STRING);
    Set<ValueType> whole = Set.of(INTEGER);
    Set<ValueType> day = Set.of(DATE, INSTANT);
    Set<ValueType> hour = Set.of(TIME, INSTANT);
    Set<ValueType> moment = Set.of(INSTANT);
    Set<ValueType> number = Set.of(DECIMAL);
    add("contains", Function.CONTAINS, BOOLEAN, List.of(text, text));
    add("startswith", Function.STARTSWITH, BOOLEAN, List.of(text, text));
    add("endswith", Function.ENDSWITH, BOOLEAN, List.of(text, text));
    add("length", Function.LENGTH, INTEGER, List.of(text));
    add("indexof", Function.INDEXOF, INTEGER, List.of(text, text));
    BY_NAME.put(
        "substring", new Signature(Function.SUBSTRING, 2, List.of(text, whole, whole), STRING));
    add("tolower", Function.TOLOWER, STRING, List.of(text));
    add("toupper", Function.TOUPPER, STRING, List.of(text));
    add("trim", Function.TRIM, STRING, List.of(text));
    add("concat", Function.CONCAT, STRING, List.of(text, text));
    add("matchesPattern", Function.MATCHES_PATTERN, BOOLEAN, List.of(text, text));
    add("totalseconds", Function.TOTALSECONDS, DECIMAL, List.of(Set.of(DURATION)));
    add("year", Function.YEAR, INTEGER, List.of(day));
    add("month", Function.MONTH, INTEGER, List.of(day));
    add("day", Function.DAY, INTEGER, List.of(day));
    add("hour", Function.HOUR, INTEGER, List.of(hour));
    add("minute", Function.MINUTE, INTEGER, List.of(hour));
    add("second", Function.SECOND, INTEGER, List.of(hour));
    add("fractionalseconds", Function.FRACTIONALSECONDS, DECIMAL, List.of(hour));
    add("date", Function.DATE, DATE, List.of(moment));
    add("time", Function.TIME, TIME, List.of(moment));
    add("totaloffsetminutes", Function.TOTALOFFSETMINUTES, INTEGER, List.of(moment));
    BY_NAME.put("now", new Signature(Function.NOW, 0, List.of(), INSTANT));
    BY_NAME.put("mindatetime", new Signature(Function.MINDATETIME, 0, List.of(), INSTANT));
    BY_NAME.put("maxdatetime", new Signature(Function.MAXDATETIME, 0, List.of(), INSTANT));
    add("round", Function.ROUND, DECIMAL, List.of(number));
    add("floor", Function.FLOOR, DECIMAL, List.of(number));
    add("ceiling", Function.CEILING, DECIMAL, List.of(number));
  }

  private static final Map<String, Signature> BY_LOWER_CASE = new HashMap<>();

  static {
    BY_NAME.forEach(
        (name, signature) -> BY_LOWER_CASE.put(name.toLowerCase(Locale.ROOT), signature));
  }

  private Functions() {}

  /** A function by its name, which since 4.01 may be written in any case. */
  static Optional<Signature> named(String name) {
    return Optional.ofNullable(BY_LOWER_CASE.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The function that a cast to a type is; by the type's name. */
  static final Map<String, Typing> CASTS =
      Map.ofEntries(
          Map.entry("Edm.String", new Typing(Function.TO_STRING, STRING)),
          Map.entry("Edm.Int64", new Typing(Function.TO_INTEGER, INTEGER)),
          Map.entry("Edm.Int32", new Typing(Function.TO_INTEGER, INTEGER)),
          Map.entry("Edm.Int16", new Typing(Function.TO_INTEGER, INTEGER)),
          Map.entry("Edm.Decimal", new Typing(Function.TO_DECIMAL, DECIMAL)),
          Map.entry("Edm.Double", new Typing(Function.TO_DOUBLE, DOUBLE)),
          Map.entry("Edm.Boolean", new Typing(Function.TO_BOOLEAN, BOOLEAN)),
          Map.entry("Edm.TimeOfDay", new Typing(Function.TO_TIME, TIME)),
          Map.entry("Edm.Date", new Typing(Function.TO_DATE, DATE)),
          Map.entry("Edm.DateTimeOffset", new Typing(Function.TO_INSTANT, INSTANT)));

  /** A function and the type that it makes. */
  record Typing(Function function, ValueType type) {}

  private static void add(
      String name, Function function, ValueType result, List<Set<ValueType>> parameters) {
    BY_NAME.put(name, new Signature(function, parameters.size(), parameters, result));
  }
}
