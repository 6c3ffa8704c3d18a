package nl.ketendata.server.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Join;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Table;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every cell of every table, checked against the catalogue. */
class DeliveredRowsTest {
  private static final List<Delivered> DELIVERED = new ArrayList<>();

  @BeforeAll
  static void generate(@TempDir Path out) {
    for (Product product : Product.values()) {
      DELIVERED.add(Delivered.read(product, Delivered.generate(product, 3_000, 42, 2, out)));
    }
  }

  static Stream<Delivered> deliveries() {
    return DELIVERED.stream();
  }

  private static void eachCell(Delivered delivered, BiConsumer<Column, String> check) {
    for (Table table : delivered.standard().tables()) {
      for (CSVRecord row : delivered.rowsOf(table.name())) {
        for (Column column : table.columns()) {
          check.accept(column, row.get(column.name()));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void everyForeignKeyLeadsToItsParent(Delivered delivered) {
    for (Join join : delivered.standard().joins()) {
      Set<String> parents = new HashSet<>();
      delivered.rowsOf(join.parent()).forEach(row -> parents.add(row.get(join.column())));
      assertThat(delivered.rowsOf(join.child()))
          .as(join.id())
          .extracting(row -> row.get(join.column()))
          .allMatch(key -> key.isEmpty() && !join.condition().isEmpty() || parents.contains(key));
    }
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void everyMandatoryCellIsFilled(Delivered delivered) {
    eachCell(
        delivered,
        (column, value) -> {
          if (!column.nullable()) {
            assertThat(value).as(column.name()).isNotEmpty();
          }
        });
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void noValueIsLongerThanTheStandardAllows(Delivered delivered) {
    eachCell(
        delivered,
        (column, value) ->
            column
                .length()
                .ifPresent(
                    length ->
                        assertThat(value.length())
                            .as("%s: %s", column.name(), value)
                            .isLessThanOrEqualTo(length)));
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void everyCodeIsInItsList(Delivered delivered) {
    eachCell(
        delivered,
        (column, value) ->
            column
                .codeList()
                .flatMap(Delivered.CATALOGUE::codeList)
                .filter(list -> !value.isEmpty())
                // The handbook's own gemeente is not in the national list.
                .filter(list -> !value.equals(Delivered.TEST_AAN_ZEE.code()))
                .ifPresent(list -> assertThat(list.codes()).as(column.name()).contains(value)));
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void everyValueFitsItsType(Delivered delivered) {
    eachCell(
        delivered,
        (column, value) -> {
          if (!value.isEmpty()) {
            assertThat(fits(column, value)).as("%s: %s", column.name(), value).isTrue();
          }
        });
  }

  private static boolean fits(Column column, String value) {
    return switch (column.type()) {
      case STRING -> true;
      case INTEGER -> value.matches("-?[0-9]{1,18}");
      case DATE -> LocalDate.parse(value).toString().equals(value);
      case TIME -> value.length() == 8 && LocalTime.parse(value).getNano() == 0;
      case DATETIME -> value.length() == 19 && LocalDateTime.parse(value).getNano() == 0;
      case INSTANT -> false;
    };
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void hashedColumnsHoldHashesOnly(Delivered delivered) {
    eachCell(
        delivered,
        (column, value) -> {
          if (column.hashed() && !value.isEmpty()) {
            assertThat(value).as(column.name()).matches("[0-9a-f]{64}");
          }
        });
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void noCellHoldsSomethingLikeBsn(Delivered delivered) {
    eachCell(
        delivered,
        (column, value) -> assertThat(value).as(column.name()).doesNotMatch("9999[0-9]{5}"));
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void orderOfKeysIsOrderOfTime(Delivered delivered) {
    for (Table table : delivered.standard().tables()) {
      assertThat(delivered.rowsOf(table.name()))
          .as(table.name())
          .extracting(row -> row.get(table.key()))
          .allMatch(key -> UUID.fromString(key).version() == 7)
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void keyBeginsWithTheMomentOfExchange(Delivered delivered) {
    for (CSVRecord row : delivered.rows("301")) {
      long millis = UUID.fromString(row.get("Bericht_Id")).getMostSignificantBits() >>> 16;
      LocalDateTime received = LocalDateTime.parse(row.get("Uitwisseling_OntvangenGGk"));
      assertThat(received.atZone(ZoneId.of("Europe/Amsterdam")).toEpochSecond())
          .isEqualTo(millis / 1000);
    }
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void envelopesAreComposedReceivedAndDeliveredInThatOrder(Delivered delivered) {
    Set<String> references = new HashSet<>();
    for (Table table : delivered.standard().tables()) {
      if (table.dataClass().isPresent() || table.column("Uitwisseling_Zender").isEmpty()) {
        continue;
      }
      for (CSVRecord row : delivered.rowsOf(table.name())) {
        String received = row.get("Uitwisseling_OntvangenGGk");
        assertThat(row.get("Uitwisseling_TijdstipBericht")).isLessThan(received);
        assertThat(row.get("Uitwisseling_AfgeleverdGGk")).isGreaterThan(received);
        assertThat(references.add(row.get("Uitwisseling_Referentienummer"))).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void everyHeaderHasTheReleaseOfItsDay(Delivered delivered) {
    assertThat(delivered.rows("301"))
        .extracting(row -> row.get("Header_BerichtSubversie"))
        .contains("0", "1", "2");
    for (CSVRecord row : delivered.rows("301")) {
      String day = row.get("Header_BerichtIdentificatie_Dagtekening");
      String expected =
          day.compareTo("2022-04-01") < 0 ? "0" : day.compareTo("2023-04-01") < 0 ? "1" : "2";
      assertThat(row.get("Header_BerichtVersie")).isEqualTo("3");
      assertThat(row.get("Header_BerichtSubversie")).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void theKoppeltabelIsEmpty(Delivered delivered) {
    assertThat(delivered.rows("_Koppeltabel")).isEmpty();
  }
}
