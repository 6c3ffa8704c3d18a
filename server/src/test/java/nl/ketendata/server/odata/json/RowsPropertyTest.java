package nl.ketendata.server.odata.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
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
import org.junit.jupiter.params.provider.ValueSource;

/** The rows as they are written, against a second writer that is as plain as can be. */
class RowsPropertyTest {
  private static final Standard IJW = Catalogue.read().standard(Product.IJW);
  private static final Model MODEL = new Model(Product.IJW, IJW.tables(), IJW.joins());
  private static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .toFormatter();
  private static final DateTimeFormatter OFFSET =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'")
          .append(TIME)
          .appendPattern("xxx")
          .toFormatter();
  private static final DateTimeFormatter UTC =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'")
          .append(TIME)
          .appendPattern("X")
          .toFormatter();
  private static final String[] PIECES = {
    "a", "0", "é", "€", "😀", "\"", "\\", "\n", "\t", "\u0001", "\u007f", "/", "Jeugdhulp "
  };

  private final RootAllocator allocator = new RootAllocator();
  private final Map<String, ColumnType> columns = new LinkedHashMap<>();
  private final List<List<Object>> rows = new ArrayList<>();
  private Random random = new Random();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void writesWhatAPlainWriterWrites(int seed) throws IOException {
    random = new Random(seed);
    fill(1 + random.nextInt(150), 1 + random.nextInt(600));
    int batch = 1 + random.nextInt(300);
    for (boolean text : new boolean[] {false, true}) {
      for (boolean omit : new boolean[] {false, true}) {
        check(batch, text, omit);
      }
    }
  }

  /** More sets of absent columns than are remembered. */
  @Test
  void writesRowsOfManyPatterns() throws IOException {
    random = new Random(9);
    fill(64, 3_000);
    check(1_000, false, false);
  }

  private void check(int batch, boolean numbersAsText, boolean omit) throws IOException {
    String[] written = written(batch, numbersAsText, omit).split("\n");
    String[] plain = plain(numbersAsText, omit).split("\n");
    assertThat(written).hasSameSizeAs(plain);
    for (int row = 0; row < plain.length; row++) {
      assertThat(written[row]).as("row %d", row).isEqualTo(plain[row]);
    }
  }

  private void fill(int width, int length) {
    List<Integer> gaps = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      columns.put("K" + i, ColumnType.values()[random.nextInt(ColumnType.values().length)]);
      gaps.add(random.nextInt(4));
    }
    for (int row = 0; row < length; row++) {
      List<Object> values = new ArrayList<>();
      int column = 0;
      for (ColumnType type : columns.values()) {
        boolean absent =
            switch (gaps.get(column)) {
              case 0 -> false;
              case 1 -> true;
              default -> random.nextBoolean();
            };
        boolean again = !rows.isEmpty() && random.nextInt(3) == 0;
        values.add(absent ? null : again ? rows.get(row - 1).get(column) : value(type));
        column++;
      }
      rows.add(values);
    }
  }

  private Object value(ColumnType type) {
    long micros = random.nextInt(1 << 30) * 4_000_000L - 1_000_000_000_000_000L;
    long fraction = random.nextBoolean() ? 0 : random.nextInt(1_000_000);
    Instant moment =
        Instant.ofEpochSecond(micros / 1_000_000, (fraction + micros % 1_000_000) * 1_000);
    LocalDateTime local = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    return switch (type) {
      case STRING -> text();
      case INTEGER -> random.nextLong() >> random.nextInt(64);
      case DATE -> random.nextInt(20) == 0 ? LocalDate.of(1, 2, 3) : local.toLocalDate();
      case TIME -> random.nextBoolean() ? LocalTime.MIDNIGHT : local.toLocalTime();
      case DATETIME -> local;
      case INSTANT -> moment;
    };
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    int kinds = random.nextInt(3) == 0 ? PIECES.length : 2;
    int length = random.nextInt(200) == 0 ? 20_000 : random.nextInt(40);
    for (int i = 0; i < length; i++) {
      text.append(PIECES[random.nextInt(kinds)]);
    }
    return text.toString();
  }

  private String written(int batch, boolean numbersAsText, boolean omit) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonOut out = new JsonOut(() -> bytes);
    Style style = new Style(Style.Metadata.MINIMAL, numbersAsText, omit, "", "");
    Map<String, String> types = new LinkedHashMap<>();
    columns.forEach((name, type) -> types.put(name, "Edm.Any"));
    Layout layout =
        new Layout(
            MODEL.type("JW301").orElseThrow(),
            List.copyOf(columns.keySet()),
            columns.size(),
            false,
            List.of(),
            new Layout.Made(types, columns, List.of(), true));
    try (Answer answer =
        new Answer(
            new Batches(allocator, columns, rows, Long.MAX_VALUE, batch),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            List.of())) {
      RowsWriter writer = new RowsWriter(layout, answer, style, out);
      while (writer.next()) {
        writer.object("");
        out.raw("\n");
      }
    }
    out.finish();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private String plain(boolean numbersAsText, boolean omit) {
    StringBuilder text = new StringBuilder();
    for (List<Object> row : rows) {
      List<String> members = new ArrayList<>();
      int column = 0;
      for (Map.Entry<String, ColumnType> entry : columns.entrySet()) {
        Object value = row.get(column++);
        if (value != null || !omit) {
          members.add(
              "\"" + entry.getKey() + "\":" + plain(value, entry.getValue(), numbersAsText));
        }
      }
      text.append('{').append(String.join(",", members)).append("}\n");
    }
    return text.toString();
  }

  private static String plain(Object value, ColumnType type, boolean numbersAsText) {
    if (value == null) {
      return "null";
    }
    return switch (type) {
      case STRING -> escaped((String) value);
      case INTEGER -> numbersAsText ? "\"" + value + "\"" : value.toString();
      case DATE -> "\"" + value + "\"";
      case TIME -> "\"" + TIME.format((LocalTime) value) + "\"";
      case DATETIME -> "\"" + OFFSET.format(((LocalDateTime) value).atZone(AMSTERDAM)) + "\"";
      case INSTANT -> "\"" + UTC.format(((Instant) value).atOffset(ZoneOffset.UTC)) + "\"";
    };
  }

  private static String escaped(String value) {
    StringBuilder text = new StringBuilder("\"");
    for (char c : value.toCharArray()) {
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> text.append(c < ' ' || c == 0x7f ? String.format("\\u%04x", (int) c) : c);
      }
    }
    return text.append('"').toString();
  }
}
