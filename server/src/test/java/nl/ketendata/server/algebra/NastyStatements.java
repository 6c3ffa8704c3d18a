package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Short statements over the sample table that grow when they are planned: what is inside is written
 * more than once, again and again.
 */
final class NastyStatements {
  private static final List<String> WRAPPERS =
      List.of(
          "coalesce(#, i)",
          "coalesce(i, #, j)",
          "nullif(#, 1)",
          "nullif(1, #)",
          "greatest(#, #)",
          "least(#, 2)",
          "mod(#, #)",
          "-(#)",
          "abs(#)",
          "sign(#)",
          "round(#, #)",
          "floor(#)",
          "ceil(#)",
          "truncate(#, 1)",
          "case # when 1 then 2 when 3 then 4 when 5 then 6 when 7 then 8 else 9 end",
          "case when # > 1 then # else # end",
          "case # when # then # else # end",
          "case when # between 1 and 5 then 1 else 2 end",
          "case when # between symmetric 1 and 5 then 1 else 2 end",
          "case when # in (1, 2, 3, 4, 5, 6, 7, 8) then 1 else 2 end",
          "case when # not in (1, i, j, 4) then 1 else 2 end",
          "case when # is distinct from i then 1 else 2 end",
          "case when (#, #) = (i, j) then 1 else 2 end",
          "case when (#, i) in ((1, 2), (3, 4), (5, 6)) then 1 else 2 end",
          "cast(cast(# as varchar) as integer)",
          "cast(cast(# as decimal(10, 2)) as decimal(8, 1))",
          "cast(cast(# as double) as integer)",
          "cast(cast(# > 1 as varchar(3)) as boolean) is true or # > 1",
          "char_length(substring(s from # for #))",
          "char_length(left(s, #)) + char_length(right(s, #))",
          "position('a' in overlay(s placing 'x' from # for #))",
          "extract(dow from timestampadd(quarter, #, dt))",
          "extract(day from ceil(timestampadd(day, #, dt) to week))",
          "extract(day from last_day(timestampadd(month, #, dt)))",
          "timestampdiff(day, dt, dt + # * interval '1' day)",
          "(select max(#) from t u)",
          "(select u.i from t u where u.id = #)",
          "case when exists (select 1 from t u where u.i = #) then 1 else 0 end",
          "case when # in (select u.i from t u) then # else 0 end",
          "case when # > all (select u.i from t u) then 1 else 0 end",
          "sum(#) over (partition by # order by #)",
          "# + #",
          "# * # - # / #");

  private final Random random;

  NastyStatements(long seed) {
    this.random = new Random(seed);
  }

  /** Another statement each time. */
  String next() {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> "select " + nested() + " from t";
      case 3 -> "select id from t where " + nested() + " > 0";
      case 4 -> aliases();
      case 5 -> commonTables();
      case 6 -> grouped();
      case 7 -> stars();
      case 8 -> layers();
      case 9 -> values();
      case 10 -> chained();
      default -> "select id from t order by " + nested() + ", " + nested();
    };
  }

  private String wrapper() {
    return WRAPPERS.get(random.nextInt(WRAPPERS.size()));
  }

  /** A few ways of wrapping inside each other; one place holds what is inside, or all do. */
  private String nested() {
    List<String> ways =
        IntStream.rangeClosed(0, random.nextInt(3)).mapToObj(i -> wrapper()).toList();
    int depth = 2 + random.nextInt(45);
    boolean everywhere = random.nextInt(4) == 0;
    String inside = "i";
    for (int i = 0; i < depth && inside.length() < 15_000; i++) {
      String way = ways.get(i % ways.size());
      String next = everywhere ? way.replace("#", inside) : once(way, inside);
      if (next.length() > 30_000) {
        break;
      }
      inside = next;
    }
    return inside;
  }

  private static String once(String way, String inside) {
    int at = way.indexOf('#');
    return way.substring(0, at) + inside + way.substring(at + 1).replace("#", "j");
  }

  /** Each column of two of the one before it, in one select or in one below the other. */
  private String aliases() {
    int depth = 3 + random.nextInt(60);
    String way = wrapper();
    String columns =
        IntStream.range(1, depth)
            .mapToObj(i -> way.replace("#", "a" + (i - 1)) + " as a" + i)
            .collect(Collectors.joining(", "));
    return "select i as a0, " + columns + " from t" + tail("a" + (depth - 1));
  }

  private String tail(String last) {
    return switch (random.nextInt(4)) {
      case 0 -> " group by " + last;
      case 1 -> " order by " + last;
      case 2 -> " qualify " + last + " > 0";
      default -> "";
    };
  }

  private String commonTables() {
    int depth = 3 + random.nextInt(30);
    List<UnaryOperator<String>> ways =
        List.of(
            q -> "select a.x from " + q + " a, " + q + " b",
            q -> "select x from " + q + " union all select x from " + q,
            q -> "select x from " + q + " where x in (select x from " + q + ")",
            q -> "select x + (select max(x) from " + q + ") as x from " + q,
            q ->
                "select "
                    + wrapper()
                        .replace("#", "x")
                        .replaceAll("\\bi\\b|\\bj\\b", "x")
                        .replaceAll("\\bs\\b", "'a'")
                        .replaceAll("\\bdt\\b", "current_date")
                    + " as x from "
                    + q,
            q ->
                "select x from "
                    + q
                    + " a where exists (select 1 from "
                    + q
                    + " b where a.x = b.x)");
    UnaryOperator<String> way = ways.get(random.nextInt(ways.size()));
    StringBuilder with = new StringBuilder("with q0 as (select i as x from t)");
    for (int i = 1; i < depth; i++) {
      with.append(", q").append(i).append(" as (").append(way.apply("q" + (i - 1))).append(")");
    }
    return with + " select * from q" + (depth - 1);
  }

  private String grouped() {
    List<String> columns = List.of("id", "i", "j", "l", "d", "e", "x", "s", "p", "n");
    String parts =
        IntStream.rangeClosed(0, random.nextInt(8))
            .mapToObj(i -> part(columns))
            .collect(Collectors.joining(", "));
    return "select count(*) from t group by " + parts;
  }

  private String part(List<String> columns) {
    String some =
        columns.stream().filter(c -> random.nextInt(3) > 0).collect(Collectors.joining(", "));
    String list = some.isEmpty() ? "i" : some;
    return switch (random.nextInt(4)) {
      case 0 -> "rollup(" + list + ")";
      case 1 -> "cube(" + list + ")";
      case 2 -> "grouping sets (" + list + ")";
      default -> "grouping sets (cube(" + list + "), rollup(" + list + "))";
    };
  }

  /** Rows that double in width. */
  private String stars() {
    String inside = "t";
    int depth = 2 + random.nextInt(20);
    for (int i = 0; i < depth; i++) {
      String from = inside + " a" + i;
      inside =
          random.nextBoolean()
              ? "(select *, * from " + from + ")"
              : "(select a" + i + ".*, b.* from " + from + ", t b)";
    }
    return "select * from " + inside + " a";
  }

  private String layers() {
    String way =
        wrapper()
            .replaceAll("\\bi\\b|\\bj\\b", "x")
            .replaceAll("\\bs\\b", "'a'")
            .replaceAll("\\bdt\\b", "current_date")
            .replace("#", "x");
    String inside = "select i as x from t";
    for (int i = 0; i < 2 + random.nextInt(60) && inside.length() < 20_000; i++) {
      inside = "select " + way + " as x from (" + inside + ") q" + i;
    }
    return inside;
  }

  private String values() {
    String row =
        random.nextBoolean() ? "(1, 'a')" : "(" + nested().replaceAll("\\b[a-z]+\\b", "1") + ", 2)";
    int rows = Math.max(1, 30_000 / (row.length() + 2));
    return "select * from (values "
        + String.join(
            ", ",
            new ArrayList<>(
                IntStream.range(0, Math.min(rows, 1 + random.nextInt(4000)))
                    .mapToObj(i -> row)
                    .toList()))
        + ") as v(a, b)";
  }

  private String chained() {
    String[] ways = {
      " + i",
      " || s",
      " or i = 1",
      " and s like 'a%'",
      ", i",
      " union all select id from t",
      " join t u using (id)",
      " natural join t",
      " cross join t",
      " in (1, 2)",
      " between 1 and 2",
      " is not null",
      " is true",
      "::integer"
    };
    String way = ways[random.nextInt(ways.length)];
    int times = 1 + random.nextInt(30_000 / way.length());
    return random.nextBoolean()
        ? "select id from t where i = 1" + way.repeat(times)
        : "select id from t" + way.repeat(times);
  }
}
