package nl.ketendata.server.store;

import java.util.EnumSet;
import java.util.stream.Collectors;
import nl.ketendata.schema.ColumnType;

/**
 * The engine's expressions that make a value of a text, or null when it does not fit. The form that
 * nearly all files have comes first and is checked without a regular expression: the engine's cast
 * takes signs and spaces between the digits, so a value must also be written as it was read. See
 * {@code ValueRules} in ingest, which judges a single value by the same rules.
 */
final class Casts {
  static final String MIDNIGHT = "[T ]00:00(:00([.]0{1,6})?)?";
  private static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,6})?";
  private static final String CLOCK =
      "[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?";
  private static final String ZONED =
      "[T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,6})?"
          + "(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])";

  private final ValueForms forms;

  Casts(ValueForms forms) {
    this.forms = forms;
  }

  String cast(String raw, ColumnType type) {
    return switch (type) {
      case STRING -> raw;
      case INTEGER -> integer(raw);
      case DATE -> "CASE " + dates(raw) + midnight(raw) + " END";
      case TIME ->
          "CASE WHEN regexp_full_match(%1$s, '%2$s') THEN TRY_CAST(%1$s AS TIME) END"
              .formatted(raw, TIME);
      case DATETIME, INSTANT -> "CASE " + moments(raw) + " END";
    };
  }

  private String integer(String raw) {
    String signs =
        forms.decimals().stream().sorted().map(String::valueOf).collect(Collectors.joining());
    String whole =
        "CASE WHEN regexp_full_match(%1$s, '[+-]?[0-9]{1,18}') THEN TRY_CAST(%1$s AS BIGINT)"
            .formatted(raw);
    String zeros =
        signs.isEmpty()
            ? ""
            : " WHEN regexp_full_match(%1$s, '[+-]?[0-9]{1,18}[%2$s]0{1,2}') THEN TRY_CAST(regexp_extract(%1$s, '^[^%2$s]+') AS BIGINT)"
                .formatted(raw, signs);
    return whole + zeros + " END";
  }

  private String dates(String raw) {
    return EnumSet.copyOf(forms.dates()).stream()
        .map(form -> date(raw, form))
        .collect(Collectors.joining(" "));
  }

  private static String date(String raw, DateForm form) {
    return form == DateForm.ISO
        ? "WHEN length(%1$s) = 10 AND TRY_CAST(%1$s AS DATE)::VARCHAR = %1$s THEN TRY_CAST(%1$s AS DATE)"
            .formatted(raw)
        : "WHEN regexp_full_match(%s, '%s') THEN TRY_CAST(%s AS DATE)"
            .formatted(raw, form.shape(), form.sql(raw));
  }

  private String midnight(String raw) {
    if (!forms.midnight()) {
      return "";
    }
    String day = "regexp_replace(%s, '%s$', '')".formatted(raw, MIDNIGHT);
    return " WHEN regexp_matches(%s, '%s$') THEN CASE %s END"
        .formatted(raw, MIDNIGHT, dates("(" + day + ")"));
  }

  private String moments(String raw) {
    return EnumSet.copyOf(forms.moments()).stream()
        .map(form -> moment(raw, form))
        .collect(Collectors.joining(" "));
  }

  private static String moment(String raw, DateForm form) {
    String fast =
        form == DateForm.ISO
            ? "WHEN length(%1$s) = 19 AND TRY_CAST(%1$s AS TIMESTAMP)::VARCHAR = replace(%1$s, 'T', ' ') THEN TRY_CAST(%1$s AS TIMESTAMP) "
                .formatted(raw)
            : "";
    String iso =
        form == DateForm.ISO
            ? raw
            : "(%s || %s[%d:])".formatted(form.sql(raw), raw, form.length() + 1);
    return fast
        + "WHEN regexp_full_match(%s, '%s') THEN TRY_CAST(%s AS TIMESTAMP) "
            .formatted(raw, form.shape() + CLOCK, iso)
        + "WHEN regexp_full_match(%s, '%s') THEN timezone('Europe/Amsterdam', TRY_CAST(%s AS TIMESTAMPTZ))"
            .formatted(raw, form.shape() + ZONED, iso);
  }
}
