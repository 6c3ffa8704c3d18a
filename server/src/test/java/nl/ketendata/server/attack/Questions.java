package nl.ketendata.server.attack;

import java.util.List;
import java.util.Random;

/** Makes up questions: most of them ask something, some are nonsense, some reach for another's. */
final class Questions {
  private static final List<String> TABLES =
      List.of("JW301", "JW301_ToegewezenProduct", "WMO301", "WMO301_ToegewezenProduct");
  private static final List<String> ELSEWHERE =
      List.of(
          "GM9031.IJW.JW301",
          "GM9031.JW301",
          "\"GM9031\".\"IJW\".\"JW301_ToegewezenProduct\"",
          "\"GM9031_ijw_1\".\"main\".\"JW301\"",
          "main.JW301",
          "information_schema.tables",
          "duckdb_databases",
          "duckdb_tables()",
          "\"/etc/passwd\"",
          "'/etc/passwd'",
          "read_csv('/etc/passwd')",
          "glob('*')",
          "sqlite_master",
          "metadata.TABLES");
  private static final List<String> TEXTS =
      List.of(
          "9030", "9031", "m1", "p1", "zorg", "a''b", "%", "_", "x''; drop table JW301; --", "é😀");
  private static final List<String> COLUMNS =
      List.of("Bericht_Id", "Header_Ontvanger", "Levering_Gemeente", "Client_Bsn");

  private final Random random;

  Questions(long seed) {
    this.random = new Random(seed);
  }

  String sql() {
    String query = query(2);
    return switch (random.nextInt(12)) {
      case 0 -> "explain plan for " + query;
      case 1 -> "with q as (" + query + ") select count(*) from q";
      case 2 -> query + " union all " + query(1);
      case 3 -> "select * from (" + query + ") q order by 1";
      case 4 ->
          query.replaceFirst("select", pick(List.of("selec", "delete", "select ;", "pragma")));
      default -> query;
    };
  }

  private String query(int depth) {
    String table = table(depth);
    String select =
        switch (random.nextInt(6)) {
          case 0 -> "count(*) as a, min(t.Levering_Gemeente) as b";
          case 1 -> "distinct t.Levering_Gemeente as a, 1 as b";
          case 2 -> "upper(t.Header_Ontvanger) as a, t.Bericht_Id as b";
          case 3 -> "t.Levering_Gemeente as a, count(*) over () as b";
          case 4 -> "cast(t.Bericht_Id as integer) as a, 2 as b";
          default -> "t.Bericht_Id as a, t.Levering_Gemeente as b";
        };
    String join =
        random.nextInt(3) == 0
            ? " left join " + table(depth) + " u on " + condition("u", depth)
            : "";
    String where = random.nextBoolean() ? " where " + condition("t", depth) : "";
    return "select " + select + " from " + table + " t" + join + where;
  }

  private String table(int depth) {
    if (depth > 0 && random.nextInt(6) == 0) {
      return "(select * from " + table(depth - 1) + " where " + literal() + " is not null)";
    }
    return random.nextInt(8) == 0 ? pick(ELSEWHERE) : pick(TABLES);
  }

  private String condition(String alias, int depth) {
    String column = alias + "." + pick(COLUMNS);
    return switch (random.nextInt(depth > 0 ? 7 : 4)) {
      case 0 -> column + " = " + literal();
      case 1 -> column + " like " + literal();
      case 2 -> column + " is null or " + column + " <> " + literal();
      case 3 -> column + " in (" + literal() + ", " + literal() + ")";
      case 4 -> column + " in (select " + pick(COLUMNS) + " from " + table(depth - 1) + ")";
      case 5 ->
          "exists (select 1 from " + table(depth - 1) + " x where x.Bericht_Id = " + column + ")";
      default -> column + " = (select max(Levering_Gemeente) from " + table(depth - 1) + ")";
    };
  }

  private String literal() {
    return "'" + pick(TEXTS) + "'";
  }

  /** A path and query below {@code /odata/}. */
  String odata() {
    String root =
        switch (random.nextInt(10)) {
          case 0 -> "GM9031/ijw/";
          case 1 ->
              pick(List.of("gm9031/iwmo/", "GM9030/../GM9031/ijw/", "GM%39031/ijw/", "REGIO/ijw/"));
          default -> "GM9030/" + pick(List.of("ijw/", "iwmo/"));
        };
    String set =
        (root.contains("iwmo") ? "WMO301" : "JW301") + pick(List.of("", "_ToegewezenProduct"));
    String path =
        switch (random.nextInt(8)) {
          case 0 -> set + "('" + pick(List.of("m1", "p1", "b1", "9031")) + "')";
          case 1 -> set + "/$count";
          case 2 ->
              pick(
                  List.of(
                      "",
                      "$metadata",
                      "$crossjoin(JW301,JW301)",
                      "$entity?$id=../../GM9031/ijw/JW301('b1')"));
          default -> set;
        };
    StringBuilder query = new StringBuilder();
    option(query, "$filter", filter());
    option(query, "$select", pick(List.of("Bericht_Id", "Levering_Gemeente,Bericht_Id", "*")));
    option(query, "$orderby", pick(List.of("Bericht_Id desc", "Levering_Gemeente", "GM9031")));
    option(query, "$expand", pick(List.of("ToegewezenProduct", "JW301($count=true)", "$ref")));
    option(query, "$top", Integer.toString(random.nextInt(5)));
    option(query, "$count", "true");
    option(query, "$skiptoken", pick(List.of("AAAA", "9031x1", "v1.1.1.x")));
    return root + path + (path.contains("?") ? "" : query);
  }

  private void option(StringBuilder query, String name, String value) {
    if (random.nextInt(4) == 0) {
      query.append(query.isEmpty() ? "?" : "&").append(name).append('=');
      query.append(
          java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8)
              .replace("+", "%20"));
    }
  }

  private String filter() {
    String column = pick(COLUMNS);
    return switch (random.nextInt(6)) {
      case 0 -> column + " eq " + literal();
      case 1 -> "contains(" + column + "," + literal() + ")";
      case 2 -> "not (" + column + " ne null)";
      case 3 -> "ToegewezenProduct/any(p:p/Levering_Gemeente eq " + literal() + ")";
      case 4 -> "$root/JW301('b1')/Levering_Gemeente eq " + literal();
      default -> column + " in (" + literal() + "," + literal() + ")";
    };
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
