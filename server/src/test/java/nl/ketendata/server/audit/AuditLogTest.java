package nl.ketendata.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import nl.ketendata.server.testing.SetClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditLogTest {
  private final SetClock clock = new SetClock(Instant.parse("2026-11-30T23:00:00Z"));
  @TempDir Path data;

  private AuditLog log() {
    return new AuditLog(
        data,
        clock,
        e -> {
          throw new AssertionError(e);
        });
  }

  private static Entry entry(String actor, String organisation) {
    return new Entry(Act.VERZOEK, actor, organisation, "10.0.0.1", "GET /odata", Entry.GOOD, 3);
  }

  private Path file(String month) {
    return data.resolve("audit").resolve(month + ".jsonl");
  }

  @Test
  void writesALinePerActThatOnlyTheOwnerReads() throws IOException {
    log().record(entry("anna\n\"x\"", "GM9030"));
    assertThat(Files.readAllLines(file("2026-11")))
        .containsExactly(
            "{\"tijd\":\"2026-11-30T23:00:00Z\",\"wat\":\"VERZOEK\",\"wie\":\"anna\\n\\\"x\\\"\","
                + "\"organisatie\":\"GM9030\",\"vanaf\":\"10.0.0.1\",\"object\":\"GET /odata\","
                + "\"uitkomst\":\"goed\",\"rijen\":3,\"vorige\":\"\"}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("2026-11"))))
        .isEqualTo("rw-------");
  }

  @Test
  void theChainRunsOnOverMonthsRestartsAndProcesses() throws IOException {
    AuditLog one = log();
    AuditLog other = log();
    for (int i = 0; i < 20; i++) {
      (i % 3 == 0 ? other : one).record(entry("anna" + i, "GM9030"));
      clock.forward(Duration.ofMinutes(10));
    }
    log().record(entry("bert", "GM9031"));
    assertThat(file("2026-12")).exists();
    assertThat(log().check().faults()).isEmpty();
    assertThat(log().check().lines()).isEqualTo(21);
  }

  @Test
  void whoTakesTheFileAwayUnderTheServerLosesNoLineOfAfterwards() throws IOException {
    AuditLog log = log();
    log.record(entry("eerst", "GM9030"));
    Files.delete(file("2026-11"));
    log.record(entry("dan", "GM9030"));
    assertThat(Files.readString(file("2026-11"))).contains("dan").doesNotContain("eerst");
    Files.move(file("2026-11"), file("2026-10"));
    log.record(entry("anders", "GM9030"));
    assertThat(Files.readString(file("2026-11"))).contains("anders");
    assertThat(log.check().faults()).isEmpty();
    assertThat(log.check().lines()).isEqualTo(2);
  }

  @Test
  void twoThatHaveTheFileOpenSeeEachOthersLines() throws IOException {
    AuditLog one = log();
    AuditLog other = log();
    for (int i = 0; i < 5; i++) {
      one.record(entry("een", "GM9030"));
      other.record(entry("ander", "GM9030"));
    }
    assertThat(one.check().faults()).isEmpty();
    assertThat(one.check().lines()).isEqualTo(10);
  }

  @Test
  void manyAtOnceKeepTheChainWhole() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    AuditLog log = log();
    for (int i = 0; i < 400; i++) {
      threads.execute(() -> log.record(entry("anna", "GM9030")));
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(log.check()).extracting("lines", "faults").containsExactly(400L, List.of());
  }

  @Test
  void showsWhereALineWasChangedTakenOutOrPutIn() throws IOException {
    for (int i = 0; i < 5; i++) {
      log().record(entry("anna" + i, "GM9030"));
    }
    List<String> good = Files.readAllLines(file("2026-11"));
    List<String> changed = new ArrayList<>(good);
    changed.set(1, changed.get(1).replace("anna1", "bert"));
    List<String> without = new ArrayList<>(good);
    without.remove(2);
    List<String> more = new ArrayList<>(good);
    more.add(3, good.get(2));
    List<String> rubbish = new ArrayList<>(good);
    rubbish.set(4, "x");
    assertThat(faults(changed)).containsExactly("2026-11.jsonl:3");
    assertThat(faults(without)).containsExactly("2026-11.jsonl:3");
    assertThat(faults(more)).containsExactly("2026-11.jsonl:4");
    assertThat(faults(rubbish)).containsExactly("2026-11.jsonl:5");
    assertThat(faults(good)).isEmpty();
  }

  private List<String> faults(List<String> lines) throws IOException {
    Files.write(file("2026-11"), lines);
    return log().check().faults();
  }

  @Test
  void givesAnOrganisationItsOwnLinesOnly() throws IOException {
    log().record(entry("anna", "GM9030"));
    log().record(entry("bert", "GM9031"));
    log().record(entry("carl", "GM9030 REGIO"));
    log().record(entry("x\",\"organisatie\":\"GM9030", "GM9031"));
    log().record(Entry.here(Act.GESTART, "", "ketendata"));
    assertThat(copy("GM9030")).hasSize(2).noneMatch(line -> line.contains("GM9031"));
    assertThat(copy("")).singleElement().asString().contains("GESTART");
    assertThat(copy("GM903")).isEmpty();
  }

  private List<String> copy(String organisation) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    log().copy(organisation, Period.ALWAYS, out);
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void givesDaysAsATableThatASpreadsheetTakesForText() throws IOException {
    clock.forward(Duration.ofSeconds(-1));
    log().record(entry("gisteren", "GM9030"));
    clock.forward(Duration.ofHours(2).plusSeconds(1));
    log().record(entry("=cmd|'/c calc'!A1", "GM9030"));
    log().record(entry("-anna, \"x\"\nbert", "GM9030"));
    log().record(entry("bert", "GM9031"));
    clock.forward(Duration.ofDays(1));
    log().record(entry("morgen", "GM9030"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Period day =
        Period.days(
            Optional.of(LocalDate.parse("2026-12-01")), Optional.of(LocalDate.parse("2026-12-02")));
    log().copyTable("GM9030", day, out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "tijd,wat,wie,organisatie,vanaf,object,uitkomst,rijen\r\n"
                + "2026-12-01T01:00:00Z,VERZOEK,'=cmd|'/c calc'!A1,GM9030,10.0.0.1,GET /odata,"
                + "goed,3\r\n"
                + "2026-12-01T01:00:00Z,VERZOEK,\"'-anna, \"\"x\"\"\nbert\",GM9030,10.0.0.1,"
                + "GET /odata,goed,3\r\n");
  }

  @Test
  void forgetsMonthsThatAreOldEnough() throws IOException {
    log().record(entry("anna", "GM9030"));
    clock.forward(Duration.ofDays(40));
    log().record(entry("bert", "GM9030"));
    clock.forward(Duration.ofDays(30));
    log().deleteOld(Duration.ofDays(60));
    assertThat(file("2026-11")).doesNotExist();
    assertThat(file("2027-01")).exists();
    assertThat(log().check().faults()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          select * from JW301 where Client_Bsn = '999900006' | select * from JW301 where Client_Bsn = ?
          select 'a''b', 12.5e3, x1 -- 999900006             | select ?, ?, x1
          select /* 999900006 */ 1                           | select ?
          select 'open 999900006                             | select ?
          """)
  void statementsAreWrittenWithoutTheirValues(String text, String shape) {
    assertThat(Shape.ofSql(text)).isEqualTo(shape);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /odata/GM9030/ijw/JW301('a')/Relatie | $filter=Client_Bsn eq '999900006'&$top=5 | /odata/GM9030/ijw/JW301(?)/Relatie?$filter&$top
          /odata/GM9030/ijw/JW301(%27a%27)     | %24filter=x&999900006=1                  | /odata/GM9030/ijw/JW301(?)?$filter
          """)
  void addressesAreWrittenWithoutTheirValues(String path, String query, String shape) {
    assertThat(Shape.ofAddress(path, query)).isEqualTo(shape);
  }

  @Test
  void makesNothingWhereTheDriveUsedToBe() {
    List<Exception> told = new ArrayList<>();
    AtomicBoolean there = new AtomicBoolean();
    AuditLog log = new AuditLog(data, clock, told::add, there::get);
    log.record(entry("anna", "GM9030"));
    assertThat(told).hasSize(1);
    assertThat(data).isEmptyDirectory();

    there.set(true);
    log.record(entry("anna", "GM9030"));
    assertThat(told).hasSize(1);
    assertThat(file("2026-11")).exists();
  }
}
