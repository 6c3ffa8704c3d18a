package nl.ketendata.server.odata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.testing.FakeExchange;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Answers computed a second time, in Java, from the rows that went in. Nulls are many, and values
 * few, so that groups and equal keys are common.
 */
class DifferentialTest {
  private static final int MESSAGES = 120;
  private static final int PRODUCTS = 400;
  private static final long SEED = 20261127;

  record Message(String id, String zender, String ontvanger, Long versie) {}

  record Product(String id, String bericht, String code, String categorie, Long budget) {}

  @TempDir static Path folder;
  private static final Map<String, Message> MESSAGE = new TreeMap<>();
  private static final List<Product> ALL = new ArrayList<>();
  private static TestServer server;
  private static ODataHead head;
  private static final Random RANDOM = new Random(SEED);

  @BeforeAll
  static void takesInRows() {
    for (int i = 0; i < MESSAGES; i++) {
      Message message =
          new Message(
              "m%03d".formatted(i), some("Noord", "Zuid", "Oost"), some("1", "2"), number(5));
      MESSAGE.put(message.id(), message);
    }
    for (int i = 0; i < PRODUCTS; i++) {
      ALL.add(
          new Product(
              "p%03d".formatted(i),
              "m%03d".formatted(RANDOM.nextInt(MESSAGES + 10)),
              some("A1", "A2", "B1", "B2", "B3"),
              some("A", "B"),
              number(200)));
    }
    server = new TestServer(folder);
    server.take(
        "GM9030",
        "Ketendata-IJW-Test-20240101000000.zip",
        Map.of("JW301.csv", messages(), "JW301_ToegewezenProduct.csv", products()));
    head = new ODataHead(server.door(), TestServer.CATALOGUE, new ODataSettings(50, 1_000));
  }

  @AfterAll
  static void closes() {
    server.close();
  }

  private static String some(String... values) {
    return RANDOM.nextInt(4) == 0 ? null : values[RANDOM.nextInt(values.length)];
  }

  private static Long number(int below) {
    return RANDOM.nextInt(4) == 0 ? null : Long.valueOf(RANDOM.nextInt(below) - 5);
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  private static String messages() {
    return MESSAGE.values().stream()
        .map(m -> String.join(",", m.id(), text(m.zender()), text(m.ontvanger()), text(m.versie())))
        .collect(
            Collectors.joining(
                "\n",
                "Bericht_Id,Uitwisseling_Zender,Header_Ontvanger,Header_BerichtVersie\n",
                "\n"));
  }

  private static String products() {
    return ALL.stream()
        .map(
            p ->
                String.join(
                    ",",
                    p.id(),
                    p.bericht(),
                    text(p.code()),
                    text(p.categorie()),
                    text(p.budget())))
        .collect(
            Collectors.joining(
                "\n",
                "ToegewezenProduct_Id,Bericht_Id,Product_Code,Product_Categorie,Budget\n",
                "\n"));
  }

  private static JsonNode rows(String below) {
    List<JsonNode> rows = new ArrayList<>();
    String next = "/" + ServedData.ROOT + below.replace(" ", "%20");
    FakeExchange exchange = new FakeExchange("GET", next);
    while (true) {
      try {
        head.handle(exchange);
      } catch (Failure failure) {
        throw new AssertionError(below + ": " + failure.getMessage(), failure);
      } catch (java.io.IOException e) {
        throw new AssertionError(e);
      }
      JsonNode page = ODataFixture.json(exchange);
      page.get("value").forEach(rows::add);
      String link = page.path("@odata.nextLink").asText();
      if (link.isEmpty()) {
        break;
      }
      exchange = new FakeExchange("GET", link.replace("https://data.example", ""));
    }
    return new com.fasterxml.jackson.databind.ObjectMapper().valueToTree(rows);
  }

  private static List<String> values(JsonNode rows, String... paths) {
    List<String> values = new ArrayList<>();
    for (JsonNode row : rows) {
      List<String> one = new ArrayList<>();
      for (String path : paths) {
        JsonNode value = row.at("/" + path);
        one.add(value.isNull() || value.isMissingNode() ? "-" : value.asText());
      }
      values.add(String.join("|", one));
    }
    return values;
  }

  private static String shown(Object... values) {
    List<String> texts = new ArrayList<>();
    for (Object value : values) {
      texts.add(value == null ? "-" : value.toString());
    }
    return String.join("|", texts);
  }

  /** Conditions with their meaning: two-valued, null equal to null, no order with null. */
  private record Condition(String text, Predicate<Product> holds) {}

  private static Condition comparison() {
    long value = RANDOM.nextInt(60) - 5;
    String code = RANDOM.nextBoolean() ? "A1" : "B2";
    return switch (RANDOM.nextInt(9)) {
      case 0 -> new Condition("Budget eq " + value, p -> Objects.equals(p.budget(), value));
      case 1 -> new Condition("Budget ne " + value, p -> !Objects.equals(p.budget(), value));
      case 2 -> new Condition("Budget gt " + value, p -> p.budget() != null && p.budget() > value);
      case 3 -> new Condition("Budget le " + value, p -> p.budget() != null && p.budget() <= value);
      case 4 -> new Condition("Product_Code eq null", p -> p.code() == null);
      case 5 ->
          new Condition(
              "Product_Code in ('" + code + "',null)",
              p -> p.code() == null || p.code().equals(code));
      case 6 ->
          new Condition(
              "Product_Categorie ne substring(Product_Code,0,1)",
              p ->
                  !Objects.equals(
                      p.categorie(), p.code() == null ? null : p.code().substring(0, 1)));
      case 7 ->
          new Condition(
              "JW301/Header_BerichtVersie eq Budget",
              p -> Objects.equals(message(p, Message::versie), p.budget()));
      default ->
          new Condition(
              "JW301/Uitwisseling_Zender eq 'Noord'",
              p -> "Noord".equals(message(p, Message::zender)));
    };
  }

  private static <T> T message(Product product, Function<Message, T> of) {
    Message message = MESSAGE.get(product.bericht());
    return message == null ? null : of.apply(message);
  }

  private static Condition condition(int depth) {
    if (depth == 0) {
      return comparison();
    }
    Condition left = condition(depth - 1);
    Condition right = condition(depth - 1);
    return switch (RANDOM.nextInt(4)) {
      case 0 ->
          new Condition(left.text() + " and " + right.text(), left.holds().and(right.holds()));
      case 1 ->
          new Condition(
              "(" + left.text() + " or " + right.text() + ")", left.holds().or(right.holds()));
      case 2 -> new Condition("not (" + left.text() + ")", left.holds().negate());
      default -> left;
    };
  }

  @Test
  void filtersAsTheMeaningSays() {
    for (int i = 0; i < 80; i++) {
      Condition condition = condition(3);
      List<String> expected =
          ALL.stream().filter(condition.holds()).map(Product::id).sorted().toList();
      List<String> found =
          values(
              rows(
                  "JW301_ToegewezenProduct?$select=ToegewezenProduct_Id&$filter="
                      + condition.text()),
              "ToegewezenProduct_Id");
      assertThat(found.stream().sorted().toList()).as(condition.text()).isEqualTo(expected);
    }
  }

  @Test
  void conditionsAndTheirOppositesMakeTheWhole() {
    for (int i = 0; i < 25; i++) {
      String condition = condition(2).text();
      int with = rows("JW301_ToegewezenProduct?$filter=" + condition).size();
      int without = rows("JW301_ToegewezenProduct?$filter=not (" + condition + ")").size();
      assertThat(with + without).as(condition).isEqualTo(PRODUCTS);
    }
  }

  private static final Comparator<String> NULL_FIRST =
      Comparator.nullsFirst(Comparator.<String>naturalOrder());

  /** The rows by group, in the order in which groups come. */
  private static Map<List<String>, List<Product>> groups(
      List<Product> rows, List<Function<Product, String>> keys) {
    Comparator<List<String>> order =
        (a, b) -> {
          for (int i = 0; i < a.size(); i++) {
            int compared = NULL_FIRST.compare(a.get(i), b.get(i));
            if (compared != 0) {
              return compared;
            }
          }
          return 0;
        };
    Map<List<String>, List<Product>> groups = new TreeMap<>(order);
    for (Product row : rows) {
      List<String> key = new ArrayList<>();
      keys.forEach(each -> key.add(each.apply(row)));
      groups.computeIfAbsent(key, absent -> new ArrayList<>()).add(row);
    }
    return groups;
  }

  private static List<Long> budgets(List<Product> rows) {
    return rows.stream().map(Product::budget).filter(Objects::nonNull).toList();
  }

  private static BigDecimal sum(List<Product> rows) {
    return budgets(rows).isEmpty()
        ? null
        : budgets(rows).stream().map(BigDecimal::valueOf).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Test
  void groupsAndAggregates() {
    Map<String, Function<Product, String>> keys = new LinkedHashMap<>();
    keys.put("Product_Code", Product::code);
    keys.put("Product_Categorie", Product::categorie);
    keys.put("JW301/Uitwisseling_Zender", p -> message(p, Message::zender));
    keys.put("JW301/Header_Ontvanger", p -> message(p, Message::ontvanger));
    List<String> names = List.copyOf(keys.keySet());
    for (int i = 0; i < 20; i++) {
      String a = names.get(RANDOM.nextInt(4));
      String b = names.get(RANDOM.nextInt(4));
      Condition condition = condition(1);
      List<Product> kept = ALL.stream().filter(condition.holds()).toList();
      List<String> by = a.equals(b) ? List.of(a) : List.of(a, b);
      List<String> expected = new ArrayList<>();
      groups(kept, by.stream().map(keys::get).toList())
          .forEach(
              (key, rows) -> {
                List<Object> line = new ArrayList<>(key);
                line.add(sum(rows));
                line.add(budgets(rows).stream().min(Long::compare).orElse(null));
                line.add(budgets(rows).stream().max(Long::compare).orElse(null));
                line.add(budgets(rows).stream().distinct().count());
                line.add(rows.size());
                expected.add(shown(line.toArray()));
              });
      String apply =
          "filter(%s)/groupby((%s),aggregate(Budget with sum as s,Budget with min as lo,Budget with max as hi,Budget with countdistinct as d,$count as n))"
              .formatted(condition.text(), String.join(",", by));
      List<String> paths = new ArrayList<>(by);
      paths.addAll(List.of("s", "lo", "hi", "d", "n"));
      JsonNode found = rows("JW301_ToegewezenProduct?$apply=" + apply);
      assertThat(values(found, paths.toArray(String[]::new))).as(apply).isEqualTo(expected);
    }
  }

  @Test
  void aggregatesChildrenOfMessagesOnce() {
    Map<String, List<Message>> byZender =
        MESSAGE.values().stream()
            .collect(
                Collectors.groupingBy(
                    m -> m.zender() == null ? "" : m.zender(), TreeMap::new, Collectors.toList()));
    List<String> expected = new ArrayList<>();
    byZender.forEach(
        (zender, messages) -> {
          List<Product> children =
              ALL.stream()
                  .filter(p -> messages.stream().anyMatch(m -> m.id().equals(p.bericht())))
                  .toList();
          expected.add(
              shown(
                  zender.isEmpty() ? null : zender,
                  sum(children),
                  children.size(),
                  messages.size(),
                  messages.stream()
                      .map(Message::versie)
                      .filter(Objects::nonNull)
                      .mapToLong(v -> v)
                      .sum()));
        });
    JsonNode found =
        rows(
            "JW301?$apply=groupby((Uitwisseling_Zender),aggregate(ToegewezenProduct/Budget with sum"
                + " as s,ToegewezenProduct/$count as p,$count as n,Header_BerichtVersie with sum as"
                + " v))");
    assertThat(values(found, "Uitwisseling_Zender", "s", "p", "n", "v")).isEqualTo(expected);
  }

  @Test
  void takesTheBestOfEachGroup() {
    List<String> expected = new ArrayList<>();
    groups(ALL, List.of(Product::categorie))
        .values()
        .forEach(
            rows ->
                rows.stream()
                    .sorted(
                        Comparator.comparing(
                                Product::budget,
                                Comparator.nullsFirst(Comparator.<Long>naturalOrder()))
                            .reversed()
                            .thenComparing(Product::id))
                    .limit(3)
                    .map(Product::id)
                    .forEach(expected::add));
    JsonNode found =
        rows(
            "JW301_ToegewezenProduct?$apply=groupby((Product_Categorie),topcount(3,Budget))"
                + "&$select=ToegewezenProduct_Id");
    assertThat(values(found, "ToegewezenProduct_Id")).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void rollsUp() {
    List<String> expected = new ArrayList<>();
    groups(ALL, List.of(Product::categorie, Product::code))
        .forEach((key, rows) -> expected.add(shown(key.get(0), key.get(1), rows.size())));
    groups(ALL, List.of(Product::categorie))
        .forEach((key, rows) -> expected.add(shown(key.get(0), null, rows.size())));
    expected.add(shown(null, null, ALL.size()));
    JsonNode found =
        rows(
            "JW301_ToegewezenProduct?$apply=groupby((rollup($all,Product_Categorie,Product_Code)),"
                + "aggregate($count as n))");
    assertThat(values(found, "Product_Categorie", "Product_Code", "n")).isEqualTo(expected);
  }

  @Test
  void pagesOfGroupsMakeAllGroups() {
    JsonNode found =
        rows(
            "JW301_ToegewezenProduct?$apply=groupby((Bericht_Id,Product_Code),aggregate($count as"
                + " n))&$orderby=n desc");
    List<String> groups = values(found, "Bericht_Id", "Product_Code");
    assertThat(groups)
        .doesNotHaveDuplicates()
        .hasSize(groups(ALL, List.of(Product::bericht, Product::code)).size())
        .hasSizeGreaterThan(100);
  }
}
