package nl.ketendata.server.odata.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Standard;
import nl.ketendata.server.odata.model.Model;
import nl.ketendata.server.query.Answer;
import nl.ketendata.server.testing.Batches;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowsWriterTest {
  private static final Standard IJW = Catalogue.read().standard(Product.IJW);
  private static final Model MODEL = new Model(Product.IJW, IJW.tables(), IJW.joins());

  /** A column of each type, of tables that have one. */
  private static final Map<ColumnType, String> NAMES =
      Map.of(
          ColumnType.STRING, "Client_Bsn",
          ColumnType.INTEGER, "Header_BerichtVersie",
          ColumnType.DATE, "Client_Geboortedatum_Datum",
          ColumnType.DATETIME, "Uitwisseling_OntvangenGGk",
          ColumnType.INSTANT, "Levering_GeladenOp");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // winter and summer
        "2024-01-31T09:00:00 | 2024-01-31T09:00:00+01:00",
        "2024-07-31T09:00:00 | 2024-07-31T09:00:00+02:00",
        // spring: 02:00-03:00 is left out on 31 March
        "2024-03-31T01:59:59.999999 | 2024-03-31T01:59:59.999999+01:00",
        "2024-03-31T02:00:00 | 2024-03-31T03:00:00+02:00",
        "2024-03-31T02:30:00 | 2024-03-31T03:30:00+02:00",
        "2024-03-31T03:00:00 | 2024-03-31T03:00:00+02:00",
        // autumn: 02:00-03:00 occurs twice on 27 October, the earlier one counts
        "2024-10-27T01:59:59 | 2024-10-27T01:59:59+02:00",
        "2024-10-27T02:00:00 | 2024-10-27T02:00:00+02:00",
        "2024-10-27T02:59:59 | 2024-10-27T02:59:59+02:00",
        "2024-10-27T03:00:00 | 2024-10-27T03:00:00+01:00",
        // before the epoch and far ahead
        "1969-12-31T23:59:59.5 | 1969-12-31T23:59:59.5+01:00",
        "2099-07-01T12:00:00.000001 | 2099-07-01T12:00:00.000001+02:00",
        "1950-07-01T00:00:00 | 1950-07-01T00:00:00+01:00"
      })
  void writesWallClockWithItsDutchOffset(String local, String expected) throws IOException {
    assertThat(cell(ColumnType.DATETIME, LocalDateTime.parse(local)))
        .isEqualTo("\"" + expected + "\"");
  }

  @Test
  void remembersSeasonsWithoutMixingThem() throws IOException {
    List<Object> moments = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (String text :
        List.of(
            "2024-03-31T02:30",
            "2024-03-31T01:30",
            "2024-03-31T02:30",
            "2024-03-31T03:30",
            "2024-10-27T02:30",
            "2024-10-27T03:30",
            "2024-12-01T00:00",
            "2024-10-27T02:30",
            "2023-12-01T00:00")) {
      moments.add(LocalDateTime.parse(text));
      expected.add(cell(ColumnType.DATETIME, LocalDateTime.parse(text)));
    }
    assertThat(cells(ColumnType.DATETIME, moments, false)).isEqualTo(expected);
  }

  @Test
  void writesInstantsInUtc() throws IOException {
    assertThat(cell(ColumnType.INSTANT, Instant.parse("2024-07-01T10:00:00.120Z")))
        .isEqualTo("\"2024-07-01T10:00:00.12Z\"");
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-29",
    "1970-01-01",
    "1969-12-31",
    "0001-01-01",
    "1900-03-01",
    "2000-12-31",
    "9999-12-31"
  })
  void writesDates(String date) throws IOException {
    assertThat(cell(ColumnType.DATE, LocalDate.parse(date))).isEqualTo("\"" + date + "\"");
  }

  @Test
  void writesYearsBeyondFourDigits() throws IOException {
    assertThat(cell(ColumnType.DATE, LocalDate.of(12_024, 1, 2))).isEqualTo("\"12024-01-02\"");
    assertThat(cell(ColumnType.DATE, LocalDate.of(-1, 1, 2))).isEqualTo("\"-0001-01-02\"");
  }

  @Test
  void writesTimes() throws IOException {
    assertThat(
            products(
                "Toewijzingstijd",
                ColumnType.TIME,
                LocalTime.of(9, 5),
                LocalTime.MIDNIGHT,
                LocalTime.of(23, 59, 59, 120_000_000)))
        .containsExactly("\"09:05:00\"", "\"00:00:00\"", "\"23:59:59.12\"");
  }

  @Test
  void writesNumbers() throws IOException {
    List<Object> numbers = List.of(0L, -1L, 10L, Long.MAX_VALUE, Long.MIN_VALUE);
    assertThat(cells(ColumnType.INTEGER, numbers, false))
        .containsExactly("0", "-1", "10", "9223372036854775807", "-9223372036854775808");
    assertThat(cells(ColumnType.INTEGER, numbers, true)).contains("\"-1\"");
  }

  @Test
  void writesDecimalsExactly() throws IOException {
    List<Object> decimals =
        List.of(
            new BigDecimal("12.50"),
            new BigDecimal("-0.05"),
            new BigDecimal("123456789012345678901234567890123456.78"));
    assertThat(cells(ColumnType.INTEGER, decimals, false))
        .containsExactly("12.50", "-0.05", "123456789012345678901234567890123456.78");
    List<Object> whole = List.of(new BigDecimal("-7"), new BigDecimal("9".repeat(38)));
    assertThat(cells(ColumnType.INTEGER, whole, true))
        .containsExactly("\"-7\"", "\"" + "9".repeat(38) + "\"");
  }

  @Test
  void escapesText() throws IOException {
    assertThat(cell(ColumnType.STRING, "a\"b\\c\n\r\t\u0001\u001fé€😀/"))
        .isEqualTo("\"a\\\"b\\\\c\\n\\r\\t\\u0001\\u001fé€😀/\"");
    assertThat(cell(ColumnType.STRING, "")).isEqualTo("\"\"");
  }

  @Test
  void findsASpecialByteAtEveryPlaceOfAWord() throws IOException {
    for (String special : new String[] {"\"", "\\", "\u0000", "\u001f", "\n", "\u0080", "é", "~"}) {
      String escaped =
          switch (special) {
            case "\"" -> "\\\"";
            case "\\" -> "\\\\";
            case "\u0000" -> "\\u0000";
            case "\u001f" -> "\\u001f";
            case "\n" -> "\\n";
            default -> special;
          };
      for (int before = 0; before < 20; before++) {
        for (int after = 0; after < 10; after++) {
          String text = "a".repeat(before) + special + "z".repeat(after);
          assertThat(cell(ColumnType.STRING, text))
              .isEqualTo("\"" + "a".repeat(before) + escaped + "z".repeat(after) + "\"");
        }
      }
    }
  }

  @Test
  void writesTextLongerThanItsBuffer() throws IOException {
    String text = "é\"".repeat(100_000);
    assertThat(cell(ColumnType.STRING, text)).isEqualTo("\"" + text.replace("\"", "\\\"") + "\"");
  }

  @Test
  void writesOrLeavesOutNulls() throws IOException {
    List<Object> values = new ArrayList<>(Collections.singletonList(null));
    assertThat(cells(ColumnType.STRING, values, false)).containsExactly("null");
    assertThat(
            objects(
                "JW301",
                NAMES.get(ColumnType.STRING),
                ColumnType.STRING,
                values,
                new Style(Style.Metadata.MINIMAL, false, true, "", "")))
        .isEqualTo("{}");
  }

  private static String cell(ColumnType type, Object value) throws IOException {
    return cells(type, List.of(value), false).get(0);
  }

  private static List<String> cells(ColumnType type, List<Object> values, boolean text)
      throws IOException {
    Style style = new Style(Style.Metadata.MINIMAL, text, false, "", "");
    return strip(NAMES.get(type), objects("JW301", NAMES.get(type), type, values, style));
  }

  private static List<String> products(String column, ColumnType type, Object... values)
      throws IOException {
    Style style = new Style(Style.Metadata.MINIMAL, false, false, "", "");
    return strip(column, objects("JW301_ToegewezenProduct", column, type, List.of(values), style));
  }

  private static List<String> strip(String column, String objects) {
    List<String> cells = new ArrayList<>();
    for (String object : objects.split("\0")) {
      cells.add(object.substring(column.length() + 4, object.length() - 1));
    }
    return cells;
  }

  private static String objects(
      String set, String column, ColumnType type, List<Object> values, Style style)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonOut out = new JsonOut(() -> bytes);
    List<List<Object>> rows = new ArrayList<>();
    values.forEach(value -> rows.add(Collections.singletonList(value)));
    Layout layout = new Layout(MODEL.type(set).orElseThrow(), List.of(column), 1, false, List.of());
    try (RootAllocator allocator = new RootAllocator();
        Answer answer =
            new Answer(
                new Batches(allocator, Map.of(column, type), rows),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                List.of())) {
      RowsWriter writer = new RowsWriter(layout, answer, style, out);
      String separator = "";
      while (writer.next()) {
        out.raw(separator);
        writer.object("");
        separator = "\0";
      }
    }
    out.finish();
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
