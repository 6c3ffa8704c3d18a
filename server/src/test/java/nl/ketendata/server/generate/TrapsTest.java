package nl.ketendata.server.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.ketendata.schema.Product;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each trap that a reader of real deliveries meets occurs, and only in its lifelike form. */
class TrapsTest {
  private static final List<Delivered> DELIVERED = new ArrayList<>();

  @BeforeAll
  static void generate(@TempDir Path out) {
    for (Product product : Product.values()) {
      DELIVERED.add(Delivered.read(product, Delivered.generate(product, 20_000, 42, 0, out)));
    }
  }

  static Stream<Delivered> deliveries() {
    return DELIVERED.stream();
  }

  private static Map<String, List<CSVRecord>> group(
      List<CSVRecord> rows, Function<CSVRecord, String> key) {
    return rows.stream().collect(Collectors.groupingBy(key));
  }

  private static Function<CSVRecord, String> columns(String... names) {
    return row -> Stream.of(names).map(row::get).collect(Collectors.joining("|"));
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void assignmentsAreRepeatedUnchanged(Delivered delivered) {
    assertThat(
            group(
                    delivered.rows("301_ToegewezenProduct"),
                    columns("ToewijzingNummer", "Toewijzingsdatum", "Toewijzingstijd"))
                .values())
        .anyMatch(rows -> rows.size() > 1);
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void laterVersionsReuseTheNumber(Delivered delivered) {
    Map<String, List<CSVRecord>> byNumber =
        group(delivered.rows("301_ToegewezenProduct"), columns("ToewijzingNummer"));
    assertThat(byNumber.values())
        .anyMatch(
            rows ->
                rows.stream().map(row -> row.get("Einddatum")).distinct().count() > 1
                    && rows.stream().anyMatch(row -> row.get("RedenWijziging").equals("04")));
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void oneNumberBelongsToOneClientAndProvider(Delivered delivered) {
    Map<String, CSVRecord> messages = delivered.by("301", "Bericht_Id");
    Map<String, Set<String>> owners = new HashMap<>();
    for (CSVRecord row : delivered.rows("301_ToegewezenProduct")) {
      CSVRecord message = messages.get(row.get("Bericht_Id"));
      owners
          .computeIfAbsent(row.get("ToewijzingNummer"), any -> new HashSet<>())
          .add(message.get("Client_Bsn") + message.get("Header_Ontvanger"));
    }
    assertThat(owners.values()).allMatch(owner -> owner.size() == 1);
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void deletionsEndWhereTheyBeginWithTheReasonOfTheirRelease(Delivered delivered) {
    List<CSVRecord> deleted =
        delivered.rows("301_ToegewezenProduct").stream()
            .filter(row -> row.get("Ingangsdatum").equals(row.get("Einddatum")))
            .filter(row -> Set.of("01", "13").contains(row.get("RedenWijziging")))
            .toList();
    assertThat(deleted).extracting(row -> row.get("RedenWijziging")).contains("01", "13");
    for (CSVRecord row : delivered.rows("301_ToegewezenProduct")) {
      if (row.get("RedenWijziging").equals("13")) {
        assertThat(row.get("Einddatum")).isEqualTo(row.get("Ingangsdatum"));
        assertThat(row.get("Toewijzingsdatum")).isGreaterThanOrEqualTo("2022-04-01");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void deletedStartsAndStopsWereSentBefore(Delivered delivered) {
    assertDeletionsFollow(
        delivered, "305", "StartProduct", columns("ToewijzingNummer", "Begindatum"));
    assertDeletionsFollow(
        delivered,
        "307",
        "StopProduct",
        columns("ToewijzingNummer", "Begindatum", "Einddatum", "RedenBeeindiging"));
  }

  private static void assertDeletionsFollow(
      Delivered delivered, String message, String dataClass, Function<CSVRecord, String> key) {
    Map<String, CSVRecord> messages = delivered.by(message, "Bericht_Id");
    Set<String> sent = new HashSet<>();
    int deletions = 0;
    for (CSVRecord row : delivered.rows(message + "_" + dataClass)) {
      String full = messages.get(row.get("Bericht_Id")).get("Client_Bsn") + key.apply(row);
      if (row.get("StatusAanlevering").equals("3")) {
        deletions++;
        assertThat(sent).contains(full);
      }
      sent.add(full);
    }
    assertThat(deletions).isPositive();
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void careRestartsAfterTemporaryStop(Delivered delivered) {
    Map<String, List<CSVRecord>> starts =
        group(delivered.rows("305_StartProduct"), columns("ToewijzingNummer"));
    assertThat(delivered.rows("307_StopProduct"))
        .filteredOn(row -> row.get("RedenBeeindiging").equals("20"))
        .anyMatch(
            stop ->
                starts.getOrDefault(stop.get("ToewijzingNummer"), List.of()).stream()
                    .anyMatch(
                        start -> start.get("Begindatum").compareTo(stop.get("Einddatum")) > 0));
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void creditsTakeBackOneDebitOfTheSameProvider(Delivered delivered) {
    Map<String, CSVRecord> messages = delivered.by("323", "Bericht_Id");
    Map<String, CSVRecord> lines = new HashMap<>();
    Set<String> taken = new HashSet<>();
    for (CSVRecord row : delivered.rows("323_Prestatie")) {
      String provider = messages.get(row.get("Bericht_Id")).get("Header_Afzender");
      if (row.get("IngediendBedrag_DebetCredit").equals("C")) {
        String previous = provider + row.get("ProductReferentie_VorigReferentieNummer");
        assertThat(lines.get(previous).get("IngediendBedrag_Bedrag"))
            .isEqualTo(row.get("IngediendBedrag_Bedrag"));
        assertThat(taken.add(previous)).isTrue();
      }
      assertThat(lines.put(provider + row.get("ProductReferentie_ReferentieNummer"), row)).isNull();
    }
    assertThat(taken).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void acceptedReturnsAreEmptyAndRejectedOnesRepeatTheClient(Delivered delivered) {
    Map<String, List<CSVRecord>> codes =
        group(delivered.rows("302_RetourCode"), columns("Bericht_Id"));
    int empty = 0;
    for (CSVRecord row : delivered.rows("302")) {
      List<CSVRecord> own = codes.getOrDefault(row.get("Bericht_Id"), List.of());
      empty += own.isEmpty() ? 1 : 0;
      if (!row.get("Client_Bsn").isEmpty()) {
        assertThat(own).anyMatch(TrapsTest::rejects);
      }
      if (!own.isEmpty()) {
        assertThat(own).anyMatch(TrapsTest::rejects);
      }
    }
    assertThat(empty).isGreaterThan(delivered.rows("302").size() * 9 / 10);
    assertThat(delivered.rows("302_ToegewezenProduct")).isNotEmpty();
  }

  private static boolean rejects(CSVRecord row) {
    return !Set.of("0200", "0233", "8001").contains(row.get("RetourCode"));
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void returnCodesPointAtTheRowOfTheirClass(Delivered delivered) {
    assertThat(delivered.rows("302_RetourCode"))
        .anyMatch(row -> rejects(row) && row.get("Berichtklasse").equals("ToegewezenProduct"))
        .allMatch(
            row ->
                row.get("Berichtklasse").equals("ToegewezenProduct")
                    != row.get("ToegewezenProduct_Id").isEmpty());
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void returnsRepeatTheHeaderOfWhatTheyAnswer(Delivered delivered) {
    for (String[] pair :
        new String[][] {
          {"301", "302"},
          {"305", "306"},
          {"307", "308"},
          {"315", "316"},
          {"317", "318"},
          {"319", "320"}
        }) {
      Map<String, CSVRecord> asked = delivered.by(pair[0], "Uitwisseling_Referentienummer");
      assertThat(delivered.rows(pair[1])).isNotEmpty();
      for (CSVRecord row : delivered.rows(pair[1])) {
        CSVRecord heen = asked.get(row.get("Uitwisseling_CrossReferentienummer"));
        for (String column :
            List.of(
                "Header_Afzender",
                "Header_Ontvanger",
                "Header_BerichtIdentificatie_Identificatie",
                "Header_BerichtIdentificatie_Dagtekening")) {
          assertThat(row.get(column)).isEqualTo(heen.get(column));
        }
        assertThat(row.get("Uitwisseling_Zender")).isEqualTo(heen.get("Header_Ontvanger"));
        assertThat(row.get("Uitwisseling_Ontvanger")).isEqualTo(heen.get("Header_Afzender"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void answersToDeclarationsAddUp(Delivered delivered) {
    Map<String, CSVRecord> declarations = new HashMap<>();
    for (CSVRecord message : delivered.rows("323")) {
      declarations.put(
          message.get("Header_Afzender") + message.get("Header_BerichtIdentificatie_Identificatie"),
          message);
    }
    Map<String, List<CSVRecord>> lines =
        group(delivered.rows("323_Prestatie"), columns("Bericht_Id"));
    Map<String, List<CSVRecord>> rejected =
        group(delivered.rows("325_Prestatie"), columns("Bericht_Id"));
    Map<String, CSVRecord> answers = delivered.by("325", "Bericht_Id");
    int partly = 0;
    int nothing = 0;
    for (CSVRecord answer : delivered.rows("325_DeclaratieAntwoord")) {
      CSVRecord message = answers.get(answer.get("Bericht_Id"));
      CSVRecord declaration =
          declarations.get(
              message.get("Header_Ontvanger")
                  + message.get("Header_DeclaratieIdentificatie_Identificatie"));
      assertThat(message.get("Header_Afzender")).isEqualTo("9030");
      assertThat(message.get("Uitwisseling_CrossReferentienummer"))
          .isEqualTo(declaration.get("Uitwisseling_Referentienummer"));
      long submitted = sum(lines.get(declaration.get("Bericht_Id")));
      long refused = sum(rejected.getOrDefault(answer.get("Bericht_Id"), List.of()));
      long granted = signed(answer, "TotaalToegekendBedrag_TotaalBedrag", "TotaalToegekendBedrag");
      assertThat(signed(answer, "TotaalIngediendBedrag_TotaalBedrag", "TotaalIngediendBedrag"))
          .isEqualTo(submitted);
      boolean whole = granted == 0 && refused == 0;
      nothing += whole ? 1 : 0;
      partly += refused != 0 ? 1 : 0;
      assertThat(granted).isEqualTo(whole ? 0 : submitted - refused);
    }
    assertThat(partly).isPositive();
    assertThat(nothing).isPositive();
  }

  private static long sum(List<CSVRecord> rows) {
    return rows.stream()
        .mapToLong(row -> signed(row, "IngediendBedrag_Bedrag", "IngediendBedrag"))
        .sum();
  }

  private static long signed(CSVRecord row, String amount, String group) {
    long cents = Long.parseLong(row.get(amount));
    return row.get(group + "_DebetCredit").equals("C") ? -cents : cents;
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void declarationsStateTheSumOfTheirLines(Delivered delivered) {
    Map<String, List<CSVRecord>> lines =
        group(delivered.rows("323_Prestatie"), columns("Declaratie_Id"));
    assertThat(delivered.rows("323_Declaratie"))
        .allMatch(
            row ->
                signed(row, "TotaalIngediendBedrag_TotaalBedrag", "TotaalIngediendBedrag")
                    == sum(lines.get(row.get("Declaratie_Id"))));
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void amountIsVolumeTimesTariff(Delivered delivered) {
    assertThat(delivered.rows("323_Prestatie"))
        .allMatch(
            row -> {
              String tariff = row.get("ProductTarief");
              long price = row.get("Eenheid").equals("83") ? 1 : Long.parseLong(tariff);
              long volume = Long.parseLong(row.get("GeleverdVolume"));
              return volume * price == Long.parseLong(row.get("IngediendBedrag_Bedrag"))
                  && row.get("Eenheid").equals("83") == tariff.isEmpty();
            });
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void requestsAreRejectedAndLookedInto(Delivered delivered) {
    assertThat(delivered.rows("319_Antwoord"))
        .extracting(row -> row.get("VerzoekAntwoord"))
        .contains("1", "2");
    Set<String> references = new HashSet<>();
    delivered
        .rows("315_AangevraagdProduct")
        .forEach(row -> references.add(row.get("ReferentieAanbieder")));
    delivered.rows("317_Verzoek").forEach(row -> references.add(row.get("ReferentieAanbieder")));
    assertThat(delivered.rows("319_Antwoord"))
        .allMatch(row -> references.contains(row.get("ReferentieAanbieder")));
    if (delivered.product() == Product.IJW) {
      assertThat(delivered.rows("319_Woonplaatsbeginsel")).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void onlyTheFirstAcceptedAssignmentCarriesTheReference(Delivered delivered) {
    Set<String> requested =
        delivered.rows("315_AangevraagdProduct").stream()
            .map(columns("ReferentieAanbieder"))
            .collect(Collectors.toSet());
    Map<String, List<CSVRecord>> honoured =
        group(
            delivered.rows("301_ToegewezenProduct").stream()
                .filter(row -> requested.contains(row.get("ReferentieAanbieder")))
                .toList(),
            columns("ReferentieAanbieder"));
    assertThat(honoured).isNotEmpty();
    long once = honoured.values().stream().filter(rows -> rows.size() == 1).count();
    assertThat(once).isGreaterThan(honoured.size() * 9L / 10);
    assertThat(honoured.values())
        .allMatch(rows -> rows.stream().map(columns("ToewijzingNummer")).distinct().count() == 1);
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void someMessagesStayUnansweredAndSomeAnswersAreLate(Delivered delivered) {
    Map<String, CSVRecord> asked = delivered.by("301", "Uitwisseling_Referentienummer");
    assertThat(delivered.rows("302").size()).isLessThan(asked.size());
    assertThat(delivered.rows("302"))
        .anyMatch(
            row -> daysBetween(asked.get(row.get("Uitwisseling_CrossReferentienummer")), row) > 7);
    assertThat(delivered.rows("325").size()).isLessThan(delivered.rows("323").size());
  }

  private static long daysBetween(CSVRecord from, CSVRecord to) {
    String column = "Uitwisseling_OntvangenGGk";
    return LocalDate.parse(to.get(column).substring(0, 10)).toEpochDay()
        - LocalDate.parse(from.get(column).substring(0, 10)).toEpochDay();
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void careIsDeclaredThatNobodyReportedStarted(Delivered delivered) {
    Set<String> started =
        delivered.rows("305_StartProduct").stream()
            .map(columns("ToewijzingNummer"))
            .collect(Collectors.toSet());
    assertThat(delivered.rows("323_Prestatie"))
        .anyMatch(row -> !started.contains(row.get("ToewijzingNummer")));
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void whatIsStartedStoppedDeclaredOrAskedToChangeWasAssigned(Delivered delivered) {
    Set<String> assigned =
        delivered.rows("301_ToegewezenProduct").stream()
            .map(columns("ToewijzingNummer"))
            .collect(Collectors.toSet());
    for (String table :
        List.of(
            "305_StartProduct",
            "307_StopProduct",
            "317_OngewijzigdProduct",
            "317_TeWijzigenProduct",
            "323_Prestatie")) {
      assertThat(delivered.rows(table)).isNotEmpty();
      assertThat(delivered.rows(table))
          .extracting(row -> row.get("ToewijzingNummer"))
          .allMatch(number -> number.isEmpty() || assigned.contains(number));
    }
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void taskOrientedCareHasNoNumber(Delivered delivered) {
    assertThat(delivered.rows("305_StartProduct"))
        .anyMatch(row -> row.get("ToewijzingNummer").isEmpty());
    assertThat(delivered.rows("307_StopProduct"))
        .anyMatch(row -> row.get("ToewijzingNummer").isEmpty());
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void providersShareTheirNumbers(Delivered delivered) {
    assertThat(group(delivered.rows("323_Declaratie"), columns("DeclaratieNummer")).values())
        .anyMatch(rows -> rows.size() > 1);
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void hoursAreDeclaredInMinutesNowAndThen(Delivered delivered) {
    Map<String, CSVRecord> assignments = delivered.by("301_ToegewezenProduct", "ToewijzingNummer");
    assertThat(delivered.rows("323_Prestatie"))
        .filteredOn(row -> row.get("Eenheid").equals("01"))
        .anyMatch(
            row -> assignments.get(row.get("ToewijzingNummer")).get("Omvang_Eenheid").equals("04"));
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void freeTextHoldsAllThatMakesCsvHard(Delivered delivered) {
    assertThat(delivered.rows("301_ToegewezenProduct"))
        .extracting(row -> row.get("Commentaar"))
        .anyMatch(text -> text.contains(","))
        .anyMatch(text -> text.contains("\""))
        .anyMatch(text -> text.contains("\n"))
        .anyMatch(text -> text.contains("ï"));
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void aFewValuesAreWrong(Delivered delivered) {
    String other = delivered.product() == Product.IJW ? "02" : "45";
    assertThat(delivered.rows("301_ToegewezenProduct"))
        .filteredOn(row -> row.get("Product_Categorie").equals(other))
        .hasSizeBetween(1, 5);
    assertThat(delivered.rows("315_AangevraagdProduct"))
        .filteredOn(row -> row.get("ToewijzingEinddatum").equals("2027-06-31"))
        .hasSizeBetween(1, 5);
  }

  @ParameterizedTest
  @MethodSource("deliveries")
  void linesOfDeclarationsAreTheLargestTable(Delivered delivered) {
    int lines = delivered.rows("323_Prestatie").size();
    assertThat(delivered.standard().tables())
        .allMatch(table -> delivered.rowsOf(table.name()).size() <= lines);
  }

  @Test
  void someClientsAreKnownInBothProducts() {
    Set<String> young =
        DELIVERED.get(0).rows("301").stream()
            .map(columns("Client_Bsn", "Client_Geboortedatum_Datum"))
            .collect(Collectors.toSet());
    assertThat(DELIVERED.get(1).rows("301"))
        .anyMatch(
            row -> young.contains(columns("Client_Bsn", "Client_Geboortedatum_Datum").apply(row)));
  }

  @Test
  void aHashBelongsToOnePerson() {
    Map<String, Set<String>> people = new HashMap<>();
    for (Delivered delivered : DELIVERED) {
      for (String table : List.of("301", "305", "307", "315")) {
        for (CSVRecord row : delivered.rows(table)) {
          people
              .computeIfAbsent(row.get("Client_Bsn"), any -> new HashSet<>())
              .add(
                  columns(
                          "Client_Geboortedatum_Datum",
                          "Client_Geslacht",
                          "Client_Naam_Geslachtsnaam_Achternaam")
                      .apply(row));
        }
      }
    }
    assertThat(people.values()).allMatch(faces -> faces.size() == 1);
  }
}
