package nl.ketendata.server.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import nl.ketendata.schema.Product;
import nl.ketendata.server.algebra.Planner;
import nl.ketendata.server.audit.Auditor;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Policy;
import nl.ketendata.server.query.Answer;
import nl.ketendata.server.query.Limits;
import nl.ketendata.server.query.Mounted;
import nl.ketendata.server.query.RowStream;
import nl.ketendata.server.query.StoreDoor;
import nl.ketendata.server.question.CountQuestion;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.ColumnOf;
import nl.ketendata.server.question.Expression.Constant;
import nl.ketendata.server.question.Function;
import nl.ketendata.server.question.Order;
import nl.ketendata.server.question.RowsQuestion;
import nl.ketendata.server.question.SqlQuestion;
import nl.ketendata.server.store.GemeenteRemoval;
import nl.ketendata.server.store.Steps;
import nl.ketendata.server.testing.TestServer;
import nl.ketendata.server.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two doors on one store, one with columns of its own: both give the same rows. */
class LookupsTest {
  private static final Caller CALLER = TestServer.caller("GM9030");
  private static final String TABLE = "JW301_ToegewezenProduct";
  private static final int QUESTIONS = 80;
  private static final long ROOM = 1 << 26;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static final List<String> COLUMNS =
      List.of(
          "ToegewezenProduct_Id",
          "Bericht_Id",
          "Product_Code",
          "Commentaar",
          "Ingangsdatum",
          "Toewijzingstijd",
          "Budget",
          "Levering_Nummer",
          "Levering_GeladenOp");

  /** Ends of ranges, texts that differ by bytes only, and two with the same hash. */
  private static final List<String> TEXTS =
      List.of("Aa", "BB", "a", "A", "é", "\uFFFD", "\uD83D\uDE00", "z", "zz", "0", "x y", "AaBB");

  @TempDir private Path data;
  private TestServer server;
  private Lookups lookups;
  private StoreDoor door;

  @BeforeEach
  void open() {
    server = new TestServer(data);
  }

  @AfterEach
  void close() {
    door.close();
    lookups.close();
    server.close();
  }

  private void openDoor(long room, int words) {
    lookups = new Lookups(server.store(), data.resolve("kolommen"), room, words);
    door =
        new StoreDoor(
            TestServer.CATALOGUE,
            server.store(),
            lookups,
            new Planner(),
            new Limits(8, MINUTE, MINUTE, MINUTE),
            Events.silent(),
            Policy.STANDARD,
            Auditor.silent());
  }

  private void take(String moment, String rows) {
    server.take(
        "GM9030",
        "Ketendata-IJW-Test-%s060000.zip".formatted(moment),
        Map.of(
            TABLE + ".csv",
            "ToegewezenProduct_Id,Bericht_Id,Product_Code,Commentaar,Ingangsdatum,Toewijzingstijd,Budget\n"
                + rows));
  }

  /** Keys of one kind, and all else by chance. */
  private static String rows(Random random, boolean ids, int from, int to) {
    StringBuilder rows = new StringBuilder();
    for (int i = from; i < to; i++) {
      rows.append(ids ? id(i) : "sleutel " + i * 7 % 1_000)
          .append(',')
          .append(ids && random.nextInt(4) > 0 ? id(random.nextInt(50)) : "")
          .append(',')
          .append(maybe(random, TEXTS.get(random.nextInt(TEXTS.size()))))
          .append(',')
          .append(maybe(random, TEXTS.get(random.nextInt(TEXTS.size())) + random.nextInt(100)))
          .append(',')
          .append(maybe(random, LocalDate.of(2020, 1, 1).plusDays(random.nextInt(60)).toString()))
          .append(',')
          .append(maybe(random, "%02d:00:00".formatted(random.nextInt(24))))
          .append(',')
          .append(maybe(random, Long.toString(random.nextInt(300) - 100L)))
          .append('\n');
    }
    return rows.toString();
  }

  /** Two of them at a time have the same hash; none is all zeros, which is not kept as bits. */
  private static String id(int number) {
    long pair = number / 2 + 1;
    long low = number % 2 == 0 ? pair : pair << 32;
    return new UUID(pair * 0x9E37_79B9_7F4A_7C15L, low).toString();
  }

  private static String maybe(Random random, String value) {
    return random.nextInt(8) == 0 ? "" : value;
  }

  private Mounted mounted() {
    return server.mounted("GM9030", Product.IJW);
  }

  private static List<String> rows(StoreDoor of, Mounted mounted, RowsQuestion question) {
    try (RowStream rows = of.rows(CALLER, mounted, question).rows()) {
      return TestServer.texts(rows, question.columns().size());
    }
  }

  private static List<String> sql(StoreDoor of, String text, Object... parameters) {
    var prepared = of.prepare(CALLER, new SqlQuestion(text, Optional.empty()));
    try (RowStream rows = of.run(CALLER, prepared, List.of(parameters))) {
      return TestServer.texts(rows, prepared.columns().size());
    }
  }

  /** Asks until the columns are there, which is not for ever. */
  private void ready(Supplier<?> question) throws Exception {
    long before = lookups.answered();
    Until.holds(
        "answered from columns",
        () -> {
          question.get();
          return lookups.answered() > before;
        });
  }

  private static ColumnOf column(String name) {
    return new ColumnOf(Expression.IT, List.of(), name);
  }

  private static Expression compare(Function function, String column, Object value) {
    return Expression.Call.of(function, column(column), Constant.of(value));
  }

  private static RowsQuestion question(
      List<String> columns, Optional<Expression> filter, List<Order> order, long skip, long top) {
    return new RowsQuestion(
        TABLE, columns, filter, order, skip, OptionalLong.of(top), OptionalLong.empty(), List.of());
  }

  private static Expression condition(Random random) {
    boolean equal = random.nextInt(3) == 0;
    Function function =
        equal
            ? Function.EQ
            : List.of(Function.LT, Function.LE, Function.GT, Function.GE).get(random.nextInt(4));
    return switch (random.nextInt(6)) {
      case 0 -> compare(Function.EQ, "ToegewezenProduct_Id", key(random));
      case 1 -> compare(Function.EQ, "Bericht_Id", id(random.nextInt(60)));
      case 2 -> compare(function, "Product_Code", text(random));
      case 3 -> compare(function, "Commentaar", text(random) + random.nextInt(100));
      case 4 ->
          compare(
              function, "Ingangsdatum", LocalDate.of(2019, 12, 20).plusDays(random.nextInt(90)));
      default -> compare(function, "Budget", random.nextInt(400) - 150L);
    };
  }

  private static String text(Random random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private static String key(Random random) {
    return random.nextBoolean()
        ? id(random.nextInt(900))
        : List.of("sleutel 7", "", "x", id(3).toUpperCase(), id(0)).get(random.nextInt(5));
  }

  private static Optional<Expression> filter(Random random) {
    List<Expression> parts = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      parts.add(condition(random));
    }
    return parts.stream().reduce((a, b) -> Expression.Call.of(Function.AND, a, b));
  }

  private static List<String> some(Random random, int most) {
    List<String> columns = new ArrayList<>();
    for (int i = 1 + random.nextInt(most); i > 0; i--) {
      String column = COLUMNS.get(random.nextInt(COLUMNS.size()));
      if (!columns.contains(column)) {
        columns.add(column);
      }
    }
    return columns;
  }

  private static List<Order> order(Random random) {
    return random.nextInt(3) == 0
        ? List.of()
        : some(random, 3).stream().map(by -> new Order(column(by), random.nextBoolean())).toList();
  }

  @ParameterizedTest
  @CsvSource({"1, true, 32000", "2, false, 32000", "3, true, 0", "4, false, 0"})
  void everyQuestionHasTheSameAnswerAsTheEngines(long seed, boolean ids, int words)
      throws Exception {
    Random random = new Random(seed);
    take("20240107", rows(random, ids, 0, 500));
    take("20240114", rows(random, ids, 300, 900));
    openDoor(ROOM, words);
    Mounted mounted = mounted();
    prepare(mounted);
    long before = lookups.answered();
    for (int i = 0; i < QUESTIONS; i++) {
      RowsQuestion question =
          question(
              some(random, 5),
              filter(random),
              order(random),
              random.nextInt(3) * random.nextInt(20),
              1 + random.nextInt(60));
      assertThat(rows(door, mounted, question))
          .as("%s", question)
          .isEqualTo(rows(server.door(), mounted, question));
      CountQuestion count = new CountQuestion(TABLE, filter(random));
      assertThat(door.count(CALLER, mounted, count))
          .as("%s", count)
          .isEqualTo(server.door().count(CALLER, mounted, count));
    }
    assertThat(lookups.answered() - before).isGreaterThan(QUESTIONS);
  }

  /** All columns, and what leads to the rows that equal something. */
  private void prepare(Mounted mounted) throws Exception {
    ready(() -> rows(door, mounted, question(COLUMNS, Optional.empty(), List.of(), 0, 1)));
    for (String column :
        List.of("ToegewezenProduct_Id", "Bericht_Id", "Product_Code", "Commentaar")) {
      Optional<Expression> filter = Optional.of(compare(Function.EQ, column, "Aa"));
      ready(() -> rows(door, mounted, question(List.of(column), filter, List.of(), 0, 1)));
    }
    for (String column : List.of("Budget", "Ingangsdatum")) {
      Object value = column.equals("Budget") ? 3L : LocalDate.of(2020, 1, 2);
      Optional<Expression> filter = Optional.of(compare(Function.EQ, column, value));
      ready(() -> rows(door, mounted, question(List.of(column), filter, List.of(), 0, 1)));
    }
  }

  private void takeParents(String moment, Random random, int from, int to) {
    StringBuilder rows =
        new StringBuilder("Bericht_Id,Header_Ontvanger,Header_BerichtIdentificatie_Dagtekening\n");
    for (int i = from; i < to; i++) {
      String day = LocalDate.of(2020, 1, 1).plusDays(random.nextInt(20)).toString();
      rows.append("%s,%s,%s%n".formatted(id(i), maybe(random, text(random)), maybe(random, day)));
    }
    server.take(
        "GM9030",
        "Ketendata-IJW-Test-%s070000.zip".formatted(moment),
        Map.of("JW301.csv", rows.toString()));
  }

  private static RowsQuestion parents(Random random) {
    Optional<Expression> inner =
        random.nextBoolean() ? Optional.empty() : Optional.of(condition(random));
    RowsQuestion children =
        new RowsQuestion(
            TABLE,
            some(random, 4),
            inner,
            order(random),
            0,
            OptionalLong.empty(),
            OptionalLong.empty(),
            List.of());
    Optional<Expression> outer =
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(compare(Function.GE, "Header_Ontvanger", text(random)));
    List<Order> order =
        random.nextBoolean()
            ? List.of()
            : List.of(
                new Order(column("Header_BerichtIdentificatie_Dagtekening"), random.nextBoolean()));
    return new RowsQuestion(
        "JW301",
        List.of("Bericht_Id", "Header_Ontvanger"),
        outer,
        order,
        random.nextInt(2) * random.nextInt(20),
        OptionalLong.of(1 + random.nextInt(40)),
        OptionalLong.empty(),
        List.of(new RowsQuestion.Expand("ToegewezenProduct", children, false)));
  }

  /** The rows, and those inside them, each with what joins them. */
  private static List<List<String>> family(StoreDoor of, Mounted mounted, RowsQuestion question) {
    Answer answer = of.rows(CALLER, mounted, question);
    Answer inner = answer.expands().get(0);
    try (RowStream rows = answer.rows();
        RowStream related = inner.rows()) {
      int width = question.expands().get(0).rows().columns().size();
      return List.of(
          TestServer.texts(rows, question.columns().size() + 1),
          TestServer.texts(related, width + 1));
    }
  }

  @ParameterizedTest
  @CsvSource({"12, 32000", "13, 0"})
  void rowsInsideRowsAreTheSameAsTheEngines(long seed, int words) throws Exception {
    Random random = new Random(seed);
    takeParents("20240107", random, 0, 60);
    take("20240107", rows(random, true, 0, 500));
    takeParents("20240114", random, 30, 70);
    take("20240114", rows(random, true, 300, 700));
    openDoor(ROOM, words);
    Mounted mounted = mounted();
    prepare(mounted);
    for (boolean ordered : new boolean[] {true, false}) {
      RowsQuestion question =
          Stream.generate(() -> parents(random))
              .filter(each -> each.order().isEmpty() != ordered && each.filter().isPresent())
              .findFirst()
              .orElseThrow();
      ready(() -> family(door, mounted, question));
    }
    long before = lookups.answered();
    for (int i = 0; i < QUESTIONS; i++) {
      RowsQuestion question = parents(random);
      assertThat(family(door, mounted, question))
          .as("%s", question)
          .isEqualTo(family(server.door(), mounted, question));
    }
    assertThat(lookups.answered() - before).isGreaterThan(3 * QUESTIONS / 2);
  }

  @Test
  void aStatementOfSqlComesFromColumnsToo() throws Exception {
    take("20240107", rows(new Random(5), true, 0, 100));
    openDoor(ROOM, 32_000);
    for (String text :
        List.of(
            "SELECT * FROM " + TABLE + " WHERE ToegewezenProduct_Id = '" + id(7) + "'",
            "SELECT Budget, Product_Code FROM %s WHERE Ingangsdatum BETWEEN DATE '2020-01-05' AND DATE '2020-02-01' AND Budget > 10 ORDER BY Budget DESC, ToegewezenProduct_Id LIMIT 9 OFFSET 2"
                .formatted(TABLE),
            "SELECT Bericht_Id FROM %s WHERE Toewijzingstijd < TIME '12:00:00' AND Levering_GeladenOp > TIMESTAMP '2020-01-01 00:00:00' AND Commentaar IS NOT NULL ORDER BY Commentaar, ToegewezenProduct_Id LIMIT 50"
                .formatted(TABLE))) {
      ready(() -> sql(door, text));
      assertThat(sql(door, text)).isNotEmpty().isEqualTo(sql(server.door(), text));
    }
    String asked = "SELECT count(*) FROM " + TABLE + " WHERE Product_Code = ? AND Budget >= ?";
    ready(() -> sql(door, asked, "Aa", 5L));
    assertThat(sql(door, asked, "Aa", 5L)).isEqualTo(sql(server.door(), asked, "Aa", 5L));
  }

  @Test
  void aNewVersionHasColumnsOfItsOwn() throws Exception {
    take("20240107", rows(new Random(6), true, 0, 50));
    openDoor(ROOM, 32_000);
    RowsQuestion all = question(COLUMNS, Optional.empty(), List.of(), 0, 1_000);
    Mounted first = mounted();
    ready(() -> rows(door, first, all));
    take("20240114", rows(new Random(7), true, 20, 80));
    Mounted second = mounted();
    ready(() -> rows(door, second, all));
    assertThat(rows(door, second, all)).hasSize(80).isEqualTo(rows(server.door(), second, all));
    assertThat(rows(door, first, all)).hasSize(50).isEqualTo(rows(server.door(), first, all));
  }

  @Test
  void aGemeenteThatWasRemovedAndCameBackHasOtherRows() throws Exception {
    take("20240107", rows(new Random(8), true, 0, 50));
    openDoor(ROOM, 32_000);
    RowsQuestion all = question(COLUMNS, Optional.empty(), List.of(), 0, 1_000);
    Mounted first = mounted();
    ready(() -> rows(door, first, all));
    new GemeenteRemoval(data, Steps.NONE).remove(Gemeente.parse("GM9030"));
    take("20240107", rows(new Random(9), true, 100, 130));
    assertThat(rows(door, mounted(), all)).hasSize(30).first().asString().startsWith(id(100));
    lookups.forgetGone();
    ready(() -> rows(door, mounted(), all));
    assertThat(rows(door, mounted(), all)).isEqualTo(rows(server.door(), mounted(), all));
  }

  @Test
  void whatDoesNotFitIsTheEngines() throws Exception {
    take("20240107", rows(new Random(10), true, 0, 2_000));
    openDoor(1_000, 32_000);
    RowsQuestion all = question(COLUMNS, Optional.empty(), List.of(), 0, 5);
    for (int i = 0; i < 20; i++) {
      assertThat(rows(door, mounted(), all)).hasSize(5);
    }
    Until.holds("made, and found too large", lookups::isIdle);
    long meanwhile = lookups.answered();
    for (int i = 0; i < 10; i++) {
      assertThat(rows(door, mounted(), all)).hasSize(5);
    }
    assertThat(lookups.answered()).isEqualTo(meanwhile);
  }

  @Test
  void aWalkThroughAllRowsMakesNothing() throws Exception {
    take("20240107", rows(new Random(12), true, 0, 50));
    openDoor(ROOM, 32_000);
    Expression since = compare(Function.GE, "Ingangsdatum", LocalDate.of(2020, 1, 1));
    for (Optional<Expression> filter : List.of(Optional.<Expression>empty(), Optional.of(since))) {
      RowsQuestion walk = question(COLUMNS, filter, List.of(), 0, 50_001);
      for (int i = 0; i < 10; i++) {
        assertThat(rows(door, mounted(), walk)).isEqualTo(rows(server.door(), mounted(), walk));
      }
    }
    Until.holds("idle", lookups::isIdle);
    assertThat(lookups.bytes()).isZero();
  }

  @Test
  void nothingOfItStaysOnDisk() throws Exception {
    take("20240107", rows(new Random(11), true, 0, 50));
    Path left = Files.createDirectories(data.resolve("kolommen")).resolve("kolom-1");
    Files.writeString(left, "of a server that was killed");
    openDoor(ROOM, 32_000);
    RowsQuestion all = question(COLUMNS, Optional.empty(), List.of(), 0, 5);
    ready(() -> rows(door, mounted(), all));
    try (Stream<Path> files = Files.list(data.resolve("kolommen"))) {
      assertThat(files).isEmpty();
    }
  }
}
