package nl.ketendata.server.ingest;

import java.io.IOException;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Words;
import nl.ketendata.server.ingest.csv.Choices;
import nl.ketendata.server.ingest.csv.CsvRecords;
import nl.ketendata.server.store.DateForm;
import nl.ketendata.server.store.ValueForms;

/**
 * Finds how a file writes its dates and numbers, from its first rows. The form of most of them is
 * the file's; a value in another one does not fit. Rows that show no form leave all of them open,
 * which is safe: no text means two things.
 */
final class FormDetection {
  private static final int SAMPLE = 1000;
  private static final Set<ColumnType> TELLING =
      EnumSet.of(ColumnType.DATE, ColumnType.DATETIME, ColumnType.INTEGER);

  private final String file;
  private final Choices choices;
  private final Map<DateForm, Long> dates = new TreeMap<>();
  private final Map<DateForm, Long> moments = new TreeMap<>();
  private final Map<Character, Long> decimals = new TreeMap<>();
  private long days;
  private long midnights;

  FormDetection(String file, Choices choices) {
    this.file = file;
    this.choices = choices;
  }

  /**
   * Looks at the rows behind the header.
   *
   * @param columns of every field the column that it goes to
   * @throws Failure KD214 when two forms are equally frequent
   */
  ValueForms look(CsvRecords records, List<Optional<Column>> columns) throws IOException {
    int[] telling =
        IntStream.range(0, columns.size())
            .filter(i -> columns.get(i).map(Column::type).filter(TELLING::contains).isPresent())
            .toArray();
    records.next();
    for (int i = 0; i < SAMPLE && telling.length > 0 && records.next(); i++) {
      if (records.fault().isEmpty()) {
        for (int field : telling) {
          look(columns.get(field).orElseThrow().type(), records.field(field));
        }
      }
    }
    return new ValueForms(
        form(choices.dates(), dates, new Words("datums", "dates"), ValueForms.ANY.dates()),
        form(
            choices.dates(),
            moments,
            new Words("tijdstippen", "moments"),
            ValueForms.ANY.moments()),
        form(
            choices.decimal(),
            decimals,
            new Words("getallen", "numbers"),
            ValueForms.ANY.decimals()),
        days == 0 || midnights > 0);
  }

  private <T> Set<T> form(Optional<T> chosen, Map<T, Long> counts, Words what, Set<T> any) {
    if (chosen.isPresent()) {
      return Set.of(chosen.get());
    }
    Set<T> found = most(counts);
    if (found.size() > 1) {
      throw Failure.of(Code.UNCLEAR_FORM, file, what, shown(counts));
    }
    return found.isEmpty() ? any : found;
  }

  private void look(ColumnType type, String text) {
    switch (type) {
      case DATE -> lookAtDate(text);
      case DATETIME -> {
        for (DateForm form : DateForm.values()) {
          if (ValueRules.isMoment(form, text)) {
            moments.merge(form, 1L, Long::sum);
          }
        }
      }
      case INTEGER ->
          ValueRules.decimal(text).ifPresent(sign -> decimals.merge(sign, 1L, Long::sum));
      case STRING, TIME, INSTANT -> {}
    }
  }

  private void lookAtDate(String text) {
    for (DateForm form : DateForm.values()) {
      boolean midnight = ValueRules.isMidnight(form, text);
      if (midnight || ValueRules.isDay(form, text)) {
        dates.merge(form, 1L, Long::sum);
        days++;
        midnights += midnight ? 1 : 0;
      }
    }
  }

  private static <T> Set<T> most(Map<T, Long> counts) {
    long most = counts.values().stream().max(Comparator.naturalOrder()).orElse(0L);
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() == most)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static <T> String shown(Map<T, Long> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " × " + shown(entry.getKey()))
        .collect(Collectors.joining(", "));
  }

  private static String shown(Object form) {
    return form instanceof DateForm date ? date.shown() : String.valueOf(form);
  }

  /** The form of dates and moments that was found, for the report; empty when there were none. */
  String dates() {
    return Stream.of(dates, moments)
        .flatMap(counts -> most(counts).stream())
        .map(DateForm::shown)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** The sign in numbers that was found, for the report; empty when there was none. */
  String decimal() {
    return most(decimals).stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
