package nl.ketendata.server.odata;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The {@code Prefer} header: wishes of which those we meet are named in the answer. */
final class Preferences {
  private static final String PREFIX = "odata.";

  /** A comma or semicolon that does not stand between quotes. */
  private static final Pattern SEPARATOR = Pattern.compile("[,;](?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

  private static final String TERM =
      "-?(\\*|[\\p{L}_][\\p{L}\\d_.]*(\\.\\*)?)(#[\\p{L}_][\\p{L}\\d_]*)?";
  private static final Pattern TERMS = Pattern.compile(TERM + "( *, *" + TERM + ")*");

  /** Values by name as the client wrote it. */
  private final Map<String, String> wishes = new LinkedHashMap<>();

  Preferences(Optional<String> header) {
    for (String wish : SEPARATOR.split(header.orElse(""))) {
      int equals = wish.indexOf('=');
      String name = (equals < 0 ? wish : wish.substring(0, equals)).strip();
      String value = equals < 0 ? "" : wish.substring(equals + 1).strip().replace("\"", "");
      wishes.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
    }
  }

  /** The number of rows that a page may have at most, when that is a number from 1. */
  OptionalInt maxPageSize() {
    String value = value("maxpagesize");
    return value.matches("[1-9][0-9]{0,8}")
        ? OptionalInt.of(Integer.parseInt(value))
        : OptionalInt.empty();
  }

  boolean omitNulls() {
    return value("omit-values").equals("nulls");
  }

  /**
   * The annotations that the client wants, when it says so in the form of OData. Answers hold none,
   * so that every such wish is met.
   */
  Optional<String> annotations() {
    return Optional.of(value("include-annotations")).filter(TERMS.asMatchPredicate());
  }

  /** Whether the client wants to ask for changes later. */
  boolean trackChanges() {
    return wishes.containsKey("track-changes") || wishes.containsKey(PREFIX + "track-changes");
  }

  private String value(String name) {
    return wishes.getOrDefault(PREFIX + name, wishes.getOrDefault(name, ""));
  }

  /** How the client calls a preference, for {@code Preference-Applied}. */
  String written(String name) {
    return wishes.containsKey(PREFIX + name) ? PREFIX + name : name;
  }
}
