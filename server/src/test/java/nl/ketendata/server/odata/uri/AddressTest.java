package nl.ketendata.server.odata.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Standard;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.odata.model.Model;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.Call;
import nl.ketendata.server.question.Expression.ColumnOf;
import nl.ketendata.server.question.Expression.Constant;
import nl.ketendata.server.question.Expression.CountOf;
import nl.ketendata.server.question.Expression.Lambda;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {
  private static final Standard IJW = Catalogue.read().standard(Product.IJW);
  private static final Model MODEL = new Model(Product.IJW, IJW.tables(), IJW.joins());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Client_Bsn eq 'x' | (EQ Client_Bsn 'x')",
        "'it''s' ne Client_Bsn | (NE 'it''s' Client_Bsn)",
        "Client_Bsn eq null | (EQ Client_Bsn null)",
        "Levering_Nummer gt 1 and Levering_Nummer le 5 or Levering_Nummer eq 9 |"
            + " (OR (AND (GT Levering_Nummer 1) (LE Levering_Nummer 5)) (EQ Levering_Nummer 9))",
        "not (Levering_Nummer lt 3) | (NOT (LT Levering_Nummer 3))",
        "not not contains(Client_Bsn,'a') | (NOT (NOT (CONTAINS Client_Bsn 'a')))",
        "Levering_Nummer add 2 mul 3 eq 7 | (EQ (ADD Levering_Nummer (MUL 2 3)) 7)",
        "(Levering_Nummer add 2) mul 3 eq -7 | (EQ (MUL (ADD Levering_Nummer 2) 3) -7)",
        "-Levering_Nummer eq -(1) | (EQ (NEGATE Levering_Nummer) (NEGATE 1))",
        "Levering_Nummer divby 2 gt 1.5 | (GT (DIVBY Levering_Nummer 2) 1.5)",
        "Levering_Nummer div 2 mod 2 eq 1 | (EQ (MOD (DIV Levering_Nummer 2) 2) 1)",
        "Levering_Nummer eq 12345678901234567890 | (EQ Levering_Nummer 12345678901234567890)",
        "null eq null | true",
        "null ne Client_Bsn | (NE null Client_Bsn)",
        "Levering_Nummer gt null | false",
        "Levering_Nummer add null eq 1 | (EQ null 1)",
        "contains(Client_Bsn,null) eq null | true",
        "true and false and Client_Bsn eq 'x' or true or false |"
            + " (OR (AND true false (EQ Client_Bsn 'x')) true false)",
        "Client_Bsn in (null) | (EQ Client_Bsn null)",
        "Client_Bsn in ('a','b') | (IN Client_Bsn 'a' 'b')",
        "Client_Bsn in ('a', null) | (OR (EQ Client_Bsn 'a') (EQ Client_Bsn null))",
        "Levering_Nummer in () | false",
        "tolower(concat(Client_Bsn,'x')) eq 'y' | (EQ (TOLOWER (CONCAT Client_Bsn 'x')) 'y')",
        "substring(Client_Bsn,1,2) eq 'y' | (EQ (SUBSTRING Client_Bsn 1 2) 'y')",
        "indexof(Client_Bsn,'é') eq 0 | (EQ (INDEXOF Client_Bsn 'é') 0)",
        "year(Levering_GeladenOp) eq 2024 | (EQ (YEAR Levering_GeladenOp) 2024)",
        "date(Levering_GeladenOp) ge 2024-02-29 | (GE (DATE Levering_GeladenOp) 2024-02-29)",
        "time(Levering_GeladenOp) lt 09:30 | (LT (TIME Levering_GeladenOp) 09:30)",
        "Levering_GeladenOp ge 2024-01-01T00:00:00+01:00 |"
            + " (GE Levering_GeladenOp 2023-12-31T23:00:00Z)",
        "Levering_GeladenOp lt 2024-01-01T00:00:00.1234567Z |"
            + " (LT Levering_GeladenOp 2024-01-01T00:00:00.123456700Z)",
        "Levering_GeladenOp le 9999-12-31T23:59:59Z |"
            + " (LE Levering_GeladenOp 9999-12-30T23:59:59Z)",
        "Levering_GeladenOp le now() | (LE Levering_GeladenOp (NOW))",
        "round(Levering_Nummer divby 2) eq 1 | (EQ (ROUND (DIVBY Levering_Nummer 2)) 1)",
        "cast(Levering_Nummer,Edm.String) eq '5' | (EQ (TO_STRING Levering_Nummer) '5')",
        "Client_Bsn eq @p | (EQ Client_Bsn 'waarde')",
        "Client_Bsn eq @q | (EQ Client_Bsn null)",
        "$it/Client_Bsn eq 'a' | (EQ Client_Bsn 'a')",
        "ToegewezenProduct/any() | any(ToegewezenProduct)",
        "ToegewezenProduct/any(p:p/Product_Code eq '1' and p/JW301/Client_Bsn eq Client_Bsn) |"
            + " any(ToegewezenProduct p (AND (EQ p/Product_Code '1')"
            + " (EQ p/JW301/Client_Bsn Client_Bsn)))",
        "Relatie/all(r:r/RelatieContact/any(c:c/Soort eq '1')) |"
            + " all(Relatie r any(r/RelatieContact c (EQ c/Soort '1')))",
        "ToegewezenProduct/$count gt 2 | (GT #ToegewezenProduct 2)",
        "ToegewezenProduct/$count($filter=$it/Client_Bsn eq 'x') gt 1 |"
            + " (GT #ToegewezenProduct[(EQ JW301/Client_Bsn 'x')] 1)",
        "Client_Bsn EQ 'x' | (EQ Client_Bsn 'x')",
        "Client_Bsn in [\"a\",\"b\"] | (IN Client_Bsn 'a' 'b')",
        "isof(Client_Bsn,Edm.String) | (NE Client_Bsn null)",
        "isof(Client_Bsn,Edm.Int64) | false",
        "case(Levering_Nummer gt 1:'a',true:null) eq 'a' |"
            + " (EQ (CASE (GT Levering_Nummer 1) 'a' true null) 'a')",
        "Levering_GeladenOp sub duration'PT1.5S' lt now() |"
            + " (LT (ADD_DURATION Levering_GeladenOp (NEGATE 1500000)) (NOW))",
        "  Client_Bsn  eq  'x'  | (EQ Client_Bsn 'x')"
      })
  void readsFilters(String filter, String expected) {
    assertThat(filter("JW301", filter)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "JW301/Header_Afzender eq '1' | (EQ JW301/Header_Afzender '1')",
        "JW301 eq null | (EQ JW301/Bericht_Id null)",
        "JW301/ToegewezenProduct/$count eq 1 | (EQ #JW301/ToegewezenProduct 1)",
        "Toewijzingstijd gt 09:00:00.5 | (GT Toewijzingstijd 09:00:00.500)",
        "minute(Toewijzingstijd) eq 3 | (EQ (MINUTE Toewijzingstijd) 3)"
      })
  void readsFiltersFromTheChild(String filter, String expected) {
    assertThat(filter("JW301_ToegewezenProduct", filter)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "JW301('a') | JW301 | (EQ Bericht_Id 'a')",
        "JW301(Bericht_Id='o''k') | JW301 | (EQ Bericht_Id 'o''k')",
        "JW301('a')/ToegewezenProduct | JW301_ToegewezenProduct | (EQ Bericht_Id 'a')",
        "JW301('a')/ToegewezenProduct('b') | JW301_ToegewezenProduct |"
            + " (AND (EQ Bericht_Id 'a') (EQ ToegewezenProduct_Id 'b'))",
        "JW301_ToegewezenProduct('b')/JW301 | JW301 |"
            + " any(ToegewezenProduct c0 (EQ c0/ToegewezenProduct_Id 'b'))",
        "JW301('a')/ToegewezenProduct('b')/JW301 | JW301 |"
            + " any(ToegewezenProduct c0 (AND (EQ c0/Bericht_Id 'a')"
            + " (EQ c0/ToegewezenProduct_Id 'b')))",
        "JW301('a')/Relatie('r')/RelatieContact | JW301_RelatieContact |"
            + " (AND (EQ JW301_Relatie/Bericht_Id 'a') (EQ Relatie_Id 'r'))",
        "JW301_ToegewezenProduct('b')/JW301/Relatie | JW301_Relatie |"
            + " any(JW301/ToegewezenProduct c0 (EQ c0/ToegewezenProduct_Id 'b'))",
        "JW301_RelatieContact('x')/JW301_Relatie/JW301 | JW301 |"
            + " any(Relatie c1 any(c1/RelatieContact c0 (EQ c0/RelatieContact_Id 'x')))"
      })
  void turnsPathsIntoConditions(String path, String table, String expected) {
    Place place =
        Address.read(MODEL, List.of(path.split("/")), QueryOptions.parse("")).resource().place();
    assertThat(place.type().name()).isEqualTo(table);
    assertThat(text(place.filter().orElseThrow())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "$filter=Client_Bsm eq 'x' | KD512",
        "$filter=Client_Bsn eq | KD514",
        "$filter=Client_Bsn eq  and true | KD512",
        "$filter=Client_Bsn eq 5 | KD515",
        "$filter=Client_Bsn | KD515",
        "$filter=Levering_Nummer eq 'x' | KD515",
        "$filter=Client_Bsn eq 'x | KD513",
        "$filter=(Client_Bsn eq 'x' | KD513",
        "$filter=Client_Bsn eq 'x') | KD513",
        "$filter=Client_Bsn EG 'x' | KD513",
        "$filter= | KD514",
        "$filter==true | KD514",
        "$filter=contains(Client_Bsn) | KD525",
        "$filter=contains(Client_Bsn,5) | KD515",
        "$filter=contain(Client_Bsn,'a') | KD517",
        "$filter=substringof('a',Client_Bsn) | KD517",
        "$filter=matchesPattern(Client_Bsn,Client_Bsn) | KD507",
        "$filter=matchesPattern(Client_Bsn,'(?=a)') | KD507",
        "$filter=matchesPattern(Client_Bsn,'(a)\\1') | KD507",
        "$filter=matchesPattern(Client_Bsn,'(') | KD516",
        "$filter=case(Client_Bsn:1) eq 1 | KD515",
        "$filter=case(true:1,true:'a') eq 1 | KD515",
        "$filter=case(true) eq 1 | KD513",
        "$filter=cast(Client_Bsn,Edm.Guid) eq null | KD507",
        "$filter=duration'P' eq null | KD516",
        "$filter=duration'1D' eq null | KD516",
        "$filter=duration'P1Y' eq null | KD516",
        "$filter=Levering_Nummer add duration'P1D' eq null | KD515",
        "$filter=ToegewezenProduct eq null | KD524",
        "$filter=ToegewezenProduct/Budget eq 1 | KD524",
        "$filter=ToegewezenProduct/$count($filter=Budged gt 1) gt 1 | KD512",
        "$filter=ToegewezenProduct/$count($top=1) gt 1 | KD513",
        "$filter=Client_Bsn eq $root/JW301('a')/Client_Bsn | KD507",
        "$filter=ToegewezenProduct/$count($filter=Budget gt 1 gt 1 | KD515",
        "$filter=ToegewezenProduct/any(p:p/Budget) | KD515",
        "$filter=date(Levering_GeladenOp) eq 2023-02-29 | KD516",
        "$filter=Levering_GeladenOp eq 2024-02-30T00:00:00Z | KD516",
        "$filter=Levering_GeladenOp eq 2024-01-01T25:00:00Z | KD516",
        "$filter=Levering_GeladenOp ge 2024-01-01 | KD515",
        "$filter=time(Levering_GeladenOp) eq 24:00:00 | KD516",
        "$filter=Levering_GeladenOp ge 0000-01-01T00:00:00Z | KD516",
        "$filter=date(Levering_GeladenOp) ge 0000-01-01 | KD516",
        "$filter=Levering_Nummer lt 1e999 | KD516",
        "$filter=Levering_Nummer lt INF | KD507",
        "$filter=Levering_Nummer eq 5L | KD516",
        "$filter=Levering_Nummer eq 5.0M | KD516",
        "$filter=Client_Bsn eq guid'x' | KD516",
        "$filter=Client_Bsn in (Client_Bsn) | KD514",
        "$filter=Client_Bsn in ('a' | KD513",
        "$filter=Client_Bsn eq @a&@a=@a | KD516",
        "$filter=$root/JW301('a')/Client_Bsn eq 'x' | KD507",
        "$select=Client_Bsm | KD512",
        "$select= | KD514",
        "$orderby=Client_Bsn sideways | KD513",
        "$orderby= | KD514",
        "$top=-1 | KD521",
        "$top=abc | KD521",
        "$top=1.5 | KD521",
        "$top= | KD521",
        "$skip=1000001 | KD521",
        "$top=99999999999999999999 | KD521",
        "$count=yes | KD513",
        "$expand=Nergens | KD512",
        "$expand=ToegewezenProduct,ToegewezenProduct | KD519",
        "$expand=ToegewezenProduct($top=1;$top=2) | KD519",
        "$expand=ToegewezenProduct($onzin=1) | KD518",
        "$expand=ToegewezenProduct($apply=concat(identity,identity)) | KD507",
        "$expand=ToegewezenProduct($select=Budget | KD513",
        "$top=1&$top=2 | KD519",
        "$top=1&top=2 | KD519",
        "$onzin=1 | KD518",
        "$search= | KD514",
        "$search=a AND | KD514",
        "$search=\"a | KD513",
        "$search=(a | KD513",
        "$search=OR a | KD514",
        "$compute=1 | KD513",
        "$compute=1 as Client_Bsn | KD526",
        "$compute=1 as x,2 as x | KD526",
        "$compute=1 as null | KD526",
        "$compute=Relatie/$count | KD513",
        "$apply= | KD514",
        "$apply=aggregate(Levering_Nummer with sum) | KD513",
        "$apply=aggregate(Levering_Nummer as n) | KD513",
        "$apply=aggregate(Levering_Nummer with som as n) | KD517",
        "$apply=aggregate(Client_Bsn with sum as n) | KD515",
        "$apply=aggregate(Levering_Nummer with ns.mediaan as n) | KD507",
        "$apply=aggregate(Levering_Nummer with sum as n from Client_Bsn with max) | KD513",
        "$apply=aggregate($count as n,$count as n) | KD526",
        "$apply=aggregate($count as n)&$filter=Client_Bsn eq 'x' | KD512",
        "$apply=aggregate($count as n)&$orderby=m | KD512",
        "$apply=aggregate($count as n)&$select=m | KD512",
        "$apply=aggregate($count as n)&$expand=Relatie | KD507",
        "$apply=groupby((Client_Bsm)) | KD512",
        "$apply=groupby(Client_Bsn) | KD513",
        "$apply=groupby((Client_Bsn),aggregate($count as Client_Bsn)) | KD526",
        "$apply=groupby((rollup(Client_Bsn))) | KD507",
        "$apply=groupby((Relatie/Client_Bsn)) | KD524",
        "$apply=concat(identity) | KD513",
        "$apply=topcount(-1,Levering_Nummer) | KD521",
        "$apply=topcount(1.5,Levering_Nummer) | KD521",
        "$apply=topcount(Levering_Nummer,Levering_Nummer) | KD521",
        "$apply=topsum(1,Client_Bsn) | KD515",
        "$apply=expand(Relatie) | KD507",
        "$apply=filtre(true) | KD517",
        "$apply=filter(true | KD513",
        "$apply=identity/ | KD514",
        "$apply=identity identity | KD513"
      })
  void refusesWhatItCannotRead(String query, String code) {
    assertThatThrownBy(() -> read("JW301", query))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code().id()).isEqualTo(code));
  }

  @Test
  void obeysOptionsWithoutDollarAndInAnyCase() {
    RowOptions rows = read("JW301", "top=5&Filter=Client_Bsn eq 'x'&$SKIP=2&count=true").rows();
    assertThat(rows.top()).hasValue(5);
    assertThat(rows.skip()).isEqualTo(2);
    assertThat(rows.count()).isTrue();
    assertThat(rows.filter()).isPresent();
  }

  @Test
  void passesOverCustomOptions() {
    RowOptions rows = read("JW301", "apikey=1&_=2&id=3&apikey=4").rows();
    assertThat(rows.filter()).isEmpty();
  }

  @Test
  void readsEncodedQueriesLikePlainOnes() {
    RowOptions rows =
        read("JW301", "%24select=Bericht_Id%2CClient_Bsn&%24filter=Client_Bsn%20eq%20'a%26b%2B'")
            .rows();
    assertThat(rows.select().columns()).containsExactly("Bericht_Id", "Client_Bsn");
    assertThat(text(rows.filter().orElseThrow())).isEqualTo("(EQ Client_Bsn 'a&b+')");
  }

  @Test
  void readsNestedExpands() {
    RowOptions rows =
        read(
                "JW301",
                "$expand=ToegewezenProduct($select=Budget,Product_Code;$filter=contains(Product_Code,';)');$orderby=Budget"
                    + " desc;$top=2;$skip=1;$count=true;$expand=JW301($levels=1)),*/$ref")
            .rows();
    RowOptions inner = rows.expands().get(0).rows();
    assertThat(inner.select().columns()).containsExactly("Budget", "Product_Code");
    assertThat(text(inner.filter().orElseThrow())).isEqualTo("(CONTAINS Product_Code ';)')");
    assertThat(inner.order().get(0).descending()).isTrue();
    assertThat(inner.top()).hasValue(2);
    assertThat(inner.skip()).isEqualTo(1);
    assertThat(inner.count()).isTrue();
    assertThat(inner.expands().get(0).navigation().name()).isEqualTo("JW301");
    assertThat(rows.expands())
        .extracting(expansion -> expansion.navigation().name())
        .containsExactly("ToegewezenProduct", "Relatie", "RelatieContact", "ClientContact");
  }

  @Test
  void ordersByParentsAndByNumbersOfChildren() {
    RowOptions rows =
        read(
                "JW301_ToegewezenProduct",
                "$orderby=JW301/Client_Bsn desc, Budget, JW301/Relatie/$count asc")
            .rows();
    assertThat(rows.order().stream().map(order -> text(order.by())))
        .containsExactly("JW301/Client_Bsn", "Budget", "#JW301/Relatie");
  }

  @Test
  void keepsLimitsWhileReading() {
    limit("$filter=" + "(".repeat(51) + "true" + ")".repeat(51), Code.TOO_DEEP);
    limit("$filter=" + "not ".repeat(51) + "true", Code.TOO_DEEP);
    limit("$filter=" + "true or ".repeat(150) + "true", Code.TOO_LARGE);
    limit("$filter=Levering_Nummer in (" + "1,".repeat(1_000) + "1)", Code.TOO_LARGE);
    limit(
        "$filter=Relatie/any(a:a/JW301/Relatie/any(b:b/JW301/Relatie/any(c:c/JW301/Relatie/any(d:true))))",
        Code.TOO_DEEP);
    limit(
        "$expand=Relatie($expand=JW301($expand=Relatie($expand=JW301($expand=Relatie($expand=JW301)))))",
        Code.TOO_DEEP);
    limit("$expand=*($expand=*($expand=*))", Code.TOO_LARGE);
    limit("$search=" + "a ".repeat(21), Code.TOO_LARGE);
    limit("$search=" + "(".repeat(21) + "a", Code.TOO_LARGE);
    limit("$compute=1 as a" + ",1 as b".repeat(51), Code.NAME_TAKEN);
    limit("$apply=" + "identity/".repeat(30) + "identity", Code.TOO_LARGE);
    limit("$apply=" + "concat(identity,identity)/".repeat(6) + "identity", Code.TOO_LARGE);
    limit("$apply=" + "groupby((Client_Bsn),".repeat(6), Code.TOO_DEEP);
    limit(
        "$apply=groupby((rollup($all,Client_Bsn,Levering_Nummer),rollup($all,Bericht_Id,"
            + "Levering_Gemeente),rollup($all,Header_Afzender,Header_Ontvanger),rollup($all,Client_Bsn,Bericht_Id)))",
        Code.TOO_LARGE);
  }

  @Test
  void staysWithinTheLimits() {
    read("JW301", "$filter=" + "(".repeat(48) + "true" + ")".repeat(48));
    read("JW301", "$filter=Levering_Nummer in (" + "1,".repeat(999) + "1)");
    read("JW301", "$filter=" + "Levering_Nummer eq 1 or ".repeat(49) + "true");
  }

  private static void limit(String query, Code code) {
    assertThatThrownBy(() -> read("JW301", query))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).as(query).isEqualTo(code));
  }

  private static Address read(String set, String query) {
    return Address.read(MODEL, List.of(set), QueryOptions.parse(query));
  }

  private static String filter(String set, String filter) {
    String query = "$filter=" + Percent.encode(filter) + "&@p='waarde'";
    return text(read(set, query).rows().filter().orElseThrow());
  }

  private static String text(Expression expression) {
    if (expression instanceof ColumnOf column) {
      List<String> parts = path(column.variable(), column.navigations());
      parts.add(column.column());
      return String.join("/", parts);
    }
    if (expression instanceof Constant constant) {
      return constant.value().map(AddressTest::literal).orElse("null");
    }
    if (expression instanceof Call call) {
      List<String> parts = new ArrayList<>(List.of(call.function().name()));
      call.arguments().forEach(argument -> parts.add(text(argument)));
      return "(" + String.join(" ", parts) + ")";
    }
    if (expression instanceof CountOf count) {
      return "#"
          + String.join("/", path(count.variable(), count.path()))
          + count.condition().map(inner -> "[" + text(inner) + "]").orElse("");
    }
    Lambda lambda = (Lambda) expression;
    List<String> parts =
        new ArrayList<>(List.of(String.join("/", path(lambda.variable(), lambda.path()))));
    Optional<Expression> condition = lambda.condition();
    condition.ifPresent(inner -> parts.addAll(List.of(lambda.child(), text(inner))));
    return (lambda.all() ? "all" : "any") + "(" + String.join(" ", parts) + ")";
  }

  private static List<String> path(String variable, List<String> navigations) {
    List<String> parts = new ArrayList<>();
    if (!variable.equals(Expression.IT)) {
      parts.add(variable);
    }
    parts.addAll(navigations);
    return parts;
  }

  private static String literal(Object value) {
    return value instanceof String text ? "'" + text.replace("'", "''") + "'" : value.toString();
  }
}
