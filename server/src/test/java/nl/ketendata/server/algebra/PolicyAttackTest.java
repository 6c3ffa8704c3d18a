package nl.ketendata.server.algebra;

import static nl.ketendata.server.testing.TestServer.caller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.policy.Reading;
import nl.ketendata.server.store.DataVersion;
import nl.ketendata.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever a table stands in a statement, it becomes the caller's own version of it. */
class PolicyAttackTest {
  private static final Pattern TABLE =
      Pattern.compile("(?:FROM|JOIN|,)\\s+\"([^\"]+)\"\\.\"([^\"]+)\"\\.\"");

  @TempDir static Path data;
  private static TestServer server;

  @BeforeAll
  static void load() {
    server = new TestServer(data);
    for (String gemeente : List.of("9030", "9031")) {
      server.take(
          "GM" + gemeente,
          "Ketendata-IJW-G" + gemeente + "-20240107060000.zip",
          Map.of(
              "JW301.csv",
              "Bericht_Id,Header_Afzender\nm" + gemeente + "," + gemeente + "\n",
              "JW301_ToegewezenProduct.csv",
              "ToegewezenProduct_Id,Bericht_Id,Omvang_Volume\np"
                  + gemeente
                  + ",m"
                  + gemeente
                  + ",1\n"));
    }
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private static Snapshot snapshot(Product product) {
    Gemeente gemeente = Gemeente.parse("GM9030");
    DataVersion version = server.store().current(gemeente, product).orElseThrow();
    return Snapshot.of(
        Organisation.of(gemeente),
        product,
        List.of(version),
        TestServer.CATALOGUE.standard(product).joins(),
        Reading.WHOLE,
        TestServer.CATALOGUE.codeLists());
  }

  private static String unparsed(String text) {
    return new Planner()
        .sql(List.of(snapshot(Product.IJW), snapshot(Product.IWMO)), Optional.of("GM9030"), text)
        .plan()
        .sql();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select Bericht_Id from JW301",
        "select Bericht_Id from JW301 where Bericht_Id in (select Bericht_Id from"
            + " JW301_ToegewezenProduct)",
        "select Bericht_Id from JW301 where Bericht_Id not in (select Bericht_Id || 'x' from"
            + " JW301_ToegewezenProduct)",
        "select Bericht_Id from JW301 m where exists (select 1 from JW301_ToegewezenProduct p where"
            + " p.Bericht_Id = m.Bericht_Id)",
        "select (select max(Bericht_Id) from JW301_ToegewezenProduct) from JW301",
        "select (select max(p.Bericht_Id) from JW301_ToegewezenProduct p where p.Bericht_Id in"
            + " (select q.Bericht_Id from JW301 q where q.Bericht_Id = m.Bericht_Id)) from JW301 m",
        "select l.Bericht_Id from JW301 m, lateral (select p.Bericht_Id from"
            + " JW301_ToegewezenProduct p where p.Bericht_Id = m.Bericht_Id) l",
        "select l.Bericht_Id from JW301 m left join lateral (select p.Bericht_Id from"
            + " JW301_ToegewezenProduct p where p.Bericht_Id = m.Bericht_Id and p.Bericht_Id in"
            + " (select Bericht_Id from JW301)) l on true",
        "with q as (select Bericht_Id from JW301), r as (select * from q) select * from r",
        "select Bericht_Id from JW301 union select Bericht_Id from JW301_ToegewezenProduct",
        "select Bericht_Id from JW301 intersect select Bericht_Id from JW301_ToegewezenProduct",
        "select max(Bericht_Id) over (order by Levering_Nummer) from JW301",
        "select m.Bericht_Id from JW301 m join JW301_ToegewezenProduct p on p.Bericht_Id = (select"
            + " max(q.Bericht_Id) from JW301 q) and m.Bericht_Id = p.Bericht_Id",
        "select m.Bericht_Id from JW301 m left join JW301_ToegewezenProduct p on exists (select 1"
            + " from JW301 q where q.Bericht_Id = p.Bericht_Id)",
        "select Bericht_Id from JW301 m order by (select count(*) from JW301_ToegewezenProduct p"
            + " where p.Bericht_Id = m.Bericht_Id)",
        "select a from (values ((select max(Bericht_Id) from JW301))) as v(a)",
        "select max(Bericht_Id) from JW301 group by Header_Afzender having count(*) = (select"
            + " count(*) from JW301_ToegewezenProduct)",
        "select Bericht_Id from JW301 where Bericht_Id >= all (select Bericht_Id from"
            + " JW301_ToegewezenProduct)",
        "select Bericht_Id from JW301 where Bericht_Id = any (select Bericht_Id from"
            + " JW301_ToegewezenProduct)",
        "select case when exists (select 1 from JW301_ToegewezenProduct) then Bericht_Id end from"
            + " JW301",
        "select Bericht_Id from JW301 qualify row_number() over (order by (select"
            + " max(Omvang_Volume) from JW301_ToegewezenProduct)) = 1",
        "with recursive r(b) as (select Bericht_Id from JW301 union select p.Bericht_Id from"
            + " JW301_ToegewezenProduct p join r on p.Bericht_Id = r.b) select b from r",
        "with recursive r(n, b) as (select 1, Bericht_Id from JW301_ToegewezenProduct union all"
            + " select r.n + 1, p.Bericht_Id from r left join JW301 p on p.Bericht_Id = r.b where"
            + " r.n < 3 and exists (select 1 from JW301 q where q.Bericht_Id = r.b)) select b from"
            + " r",
        "select b from (with recursive r(b) as (select Bericht_Id from JW301 union select"
            + " (select max(Bericht_Id) from JW301_ToegewezenProduct) from r) select b from r) q",
        "select l.b from JW301 m cross join lateral (with recursive r(b) as (select p.Bericht_Id"
            + " from JW301_ToegewezenProduct p where p.Bericht_Id = m.Bericht_Id union select b"
            + " from r) select b from r) l",
        "select q.b from (select Bericht_Id || '' as b from JW301) q where exists (select 1 from"
            + " JW301_ToegewezenProduct p where p.Bericht_Id = q.b)",
        "select top 1 [Bericht_Id] from [JW301] with (nolock) order by (select max(Bericht_Id) from"
            + " JW301_ToegewezenProduct)",
        "select max(Bericht_Id) filter (where exists (select 1 from JW301_ToegewezenProduct)) over"
            + " () from JW301",
        "select max(case when Bericht_Id in (select Bericht_Id from JW301_ToegewezenProduct) then"
            + " Bericht_Id end) from JW301",
      })
  void readsOnlyTheCallersVersions(String text) {
    List<String> catalogs = new ArrayList<>();
    Matcher tables = TABLE.matcher(unparsed(text));
    while (tables.find()) {
      catalogs.add(tables.group(1));
      assertThat(tables.group(2)).isEqualTo("main");
    }
    assertThat(catalogs)
        .as(unparsed(text))
        .isNotEmpty()
        .containsOnly(snapshot(Product.IJW).versions().get(0).catalog());
    assertThat(server.sql(caller("GM9030"), text))
        .isNotEmpty()
        .allMatch(row -> row.equals("m9030"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from GM9031.IJW.JW301",
        "select (select max(Bericht_Id) from GM9031.IJW.JW301) from JW301",
        "with q as (select * from GM9031.IJW.JW301) select * from q",
        "with recursive r(b) as (select Bericht_Id from JW301 union select Bericht_Id from"
            + " GM9031.IJW.JW301, r) select * from r",
        "select * from [GM9031].[IJW].[JW301]",
        "select top 1 * from GM9031.IJW.JW301",
        "select * from JW301 m where exists (select 1 from \"GM9031_ijw_1\".\"main\".\"JW301\")",
        "select * from \"main\".\"JW301\"",
        "select * from \"GM9030_ijw_1\".\"main\".\"JW301\"",
        "select * from information_schema.pg_tables",
        "select * from GM9031.information_schema.tables",
        "select * from duckdb_settings",
        "select * from \"/etc/passwd\"",
        "select * from 'x.csv'",
        "table GM9031.IJW.JW301",
        "explain plan for select * from GM9031.IJW.JW301",
      })
  void findsNothingElse(String text) {
    assertThatThrownBy(() -> unparsed(text))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.code()).isIn(Code.UNKNOWN_TABLE, Code.SYNTAX));
  }

  @Test
  void explainsInNamesWithoutFilesOrOthers() {
    List<String> lines =
        server.sql(
            caller("GM9030"),
            "explain plan for select p.Bericht_Id, count(*) from JW301_ToegewezenProduct p left"
                + " join JW301 m using (Bericht_Id) where p.Omvang_Volume > 0 and exists (select 1"
                + " from JW301 q where q.Bericht_Id = p.Bericht_Id) group by p.Bericht_Id");
    assertThat(String.join("\n", lines))
        .contains(
            "FROM GM9030.IJW.JW301_ToegewezenProduct", "LEFT JOIN ON", "GROUP BY (Bericht_Id)")
        .contains("Omvang_Volume, 0")
        .doesNotContain("9031", "versie", ".duckdb", "_ijw_", "rowid", "$0", "$1");
  }

  @Test
  void dropsAnUnusedJoinOnADeclaredKey() {
    String joined =
        unparsed(
            "select p.ToegewezenProduct_Id from JW301_ToegewezenProduct p"
                + " left join JW301 m on m.Bericht_Id = p.Bericht_Id");
    assertThat(joined).contains("JW301_ToegewezenProduct").doesNotContain("\"JW301\"");
    String used =
        unparsed(
            "select p.ToegewezenProduct_Id, m.Header_Afzender from JW301_ToegewezenProduct p"
                + " left join JW301 m on m.Bericht_Id = p.Bericht_Id");
    assertThat(used).contains("\"JW301\"");
  }

  @Test
  void dropsAnUnusedJoinInsideAWideSubQuery() {
    String wide =
        "(select p.*, m.Header_Afzender from JW301_ToegewezenProduct p"
            + " left join JW301 m on m.Bericht_Id = p.Bericht_Id)";
    assertThat(unparsed("select b.ToegewezenProduct_Id from " + wide + " b"))
        .doesNotContain("\"JW301\"");
  }

  @Test
  void showsTheMessageBesideItsChild() {
    String all =
        "select Bericht_Id, Header_Afzender, Levering_Gemeente from JW301_ToegewezenProduct_Breed";
    assertThat(unparsed(all)).contains("\"JW301\"").contains("LEFT JOIN");
    assertThat(server.sql(caller("GM9030"), all)).containsExactly("m9030|9030|9030");
    assertThat(server.sql(caller("GM9031"), all)).containsExactly("m9031|9031|9031");
    assertThat(
            server.sql(
                caller("GM9030"),
                "select Bericht_Id from JW301 where Header_Afzender in"
                    + " (select Header_Afzender from JW301_ToegewezenProduct_Breed)"))
        .containsExactly("m9030");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select ToegewezenProduct_Id from JW301_ToegewezenProduct_Breed",
        "select count(*) from JW301_ToegewezenProduct_Breed where Omvang_Volume = 1",
        "select max(Omvang_Volume) from JW301_ToegewezenProduct_Breed group by Product_Code order"
            + " by 1",
        "select b.Product_Code from (select * from JW301_ToegewezenProduct_Breed order by"
            + " Omvang_Volume limit 3) b",
        "select Product_Code from JW301_ToegewezenProduct_Breed union all select Product_Code from"
            + " JW301_ToegewezenProduct",
        "select r from (select row_number() over (order by Omvang_Volume) r from"
            + " JW301_ToegewezenProduct_Breed) q",
        "with q as (select * from JW301_ToegewezenProduct_Breed where Omvang_Volume > 0) select"
            + " a.Product_Code from q a join q b on a.ToegewezenProduct_Id ="
            + " b.ToegewezenProduct_Id",
        "select p.Product_Code from JW301_ToegewezenProduct p where exists (select * from"
            + " JW301_ToegewezenProduct_Breed b where b.ToegewezenProduct_Id ="
            + " p.ToegewezenProduct_Id)",
      })
  void readsNoMessageThatNobodyUses(String text) {
    assertThat(unparsed(text)).doesNotContain("\"JW301\"");
    assertThat(server.sql(caller("GM9030"), text)).isNotEmpty();
  }

  @Test
  void readsTheMessageWhereOnlyAConditionUsesIt() {
    for (String use :
        List.of(
            "where Header_Afzender = '9030'",
            "order by Header_Afzender",
            "where Omvang_Volume in (select count(*) from JW301_ToegewezenProduct_Breed group by"
                + " Header_Afzender)",
            "qualify row_number() over (order by Header_Afzender) = 1",
            "where exists (select 1 from JW301 m where m.Header_Afzender = b.Header_Afzender)")) {
      String text = "select ToegewezenProduct_Id from JW301_ToegewezenProduct_Breed b " + use;
      assertThat(unparsed(text)).as(text).contains("LEFT JOIN");
      assertThat(server.sql(caller("GM9030"), text)).as(text).containsExactly("p9030");
    }
  }

  @Test
  void describesOnlyWhatTheCallerSees() {
    assertThat(
            server.sql(
                caller("GM9030"), "select distinct table_catalog from information_schema.tables"))
        .containsExactly("GM9030");
    assertThat(
            server.sql(
                caller("GM9030"),
                "select column_name, data_type, is_nullable from information_schema.columns"
                    + " where table_name = 'JW301_ToegewezenProduct' and ordinal_position < 3"
                    + " order by ordinal_position"))
        .containsExactly("ToegewezenProduct_Id|VARCHAR|NO", "Bericht_Id|VARCHAR|YES");
    assertThat(
            server.sql(
                caller("GM9030"),
                "select k.column_name, r.referenced_table_name"
                    + " from information_schema.referential_constraints r"
                    + " join information_schema.key_column_usage k"
                    + " on k.constraint_name = r.constraint_name"
                    + " where r.table_name = 'JW301_ToegewezenProduct'"))
        .containsExactlyInAnyOrder(
            "Bericht_Id|JW301",
            "Product_Categorie|Codelijst_JZ020",
            "RedenWijziging|Codelijst_JZ002",
            "Omvang_Eenheid|Codelijst_WJ756",
            "Omvang_Frequentie|Codelijst_WMO757");
    assertThat(
            server.sql(
                caller("GM9030"),
                "select column_name, is_nullable from information_schema.columns"
                    + " where table_name = 'JW301_ToegewezenProduct_Breed'"
                    + " and column_name in ('ToegewezenProduct_Id', 'Header_Afzender') order by 1"))
        .containsExactly("Header_Afzender|YES", "ToegewezenProduct_Id|NO");
    assertThat(
            server.sql(
                caller("GM9030"),
                "select count(*) from GM9030.information_schema.views v"
                    + " join information_schema.table_constraints c on c.table_name = v.table_name"
                    + " join information_schema.schemata s on s.schema_name = 'IJW'"
                    + " where v.table_name = 'JW301_ToegewezenProduct_Breed'"
                    + " and c.constraint_type = 'PRIMARY KEY'"))
        .containsExactly("1");
  }

  @Test
  void showsCodesWithTheirMeanings() {
    assertThat(
            server.sql(
                caller("GM9030"),
                "select Code, Omschrijving, Levering_Gemeente from Codelijst_WJ756"
                    + " order by Code limit 1"))
        .containsExactly("01|Minuut|9030");
    assertThat(
            server.sql(
                caller("GM9030"),
                "select p.ToegewezenProduct_Id, c.Omschrijving from JW301_ToegewezenProduct p"
                    + " left join Codelijst_WJ756 c on c.Code = '0' || p.Omvang_Volume"))
        .containsExactly("p9030|Minuut");
    assertThat(
            unparsed(
                "select p.ToegewezenProduct_Id from JW301_ToegewezenProduct p"
                    + " left join Codelijst_WJ756 c on c.Code = p.Omvang_Eenheid"))
        .doesNotContain("JOIN");
  }

  @Test
  void keepsAJoinThatMayDoubleRows() {
    assertThat(
            unparsed(
                "select m.Bericht_Id from JW301 m left join JW301_ToegewezenProduct p"
                    + " on m.Bericht_Id = p.Bericht_Id"))
        .contains("JW301_ToegewezenProduct");
  }
}
