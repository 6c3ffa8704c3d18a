package nl.ketendata.server.odata;

import java.util.List;
import java.util.Random;

/** Makes addresses by OData's grammar, over the messages of {@link ServedData}, and spoils some. */
final class AddressMaker {
  private static final String SPOILERS = "()'/$,;:=&%@ -+.*?0a\"\\é#|";
  private static final List<String> TEXTS =
      List.of(
          "Bericht_Id",
          "Uitwisseling_Zender",
          "Header_Ontvanger",
          "Client_Naam_Geslachtsnaam_Achternaam");
  private static final List<String> CHILD_TEXTS =
      List.of("ToegewezenProduct_Id", "Bericht_Id", "Product_Code", "Product_Categorie");

  private final Random random;

  AddressMaker(long seed) {
    this.random = new Random(seed);
  }

  String valid() {
    boolean child = random.nextBoolean();
    StringBuilder url = new StringBuilder(child ? "JW301_ToegewezenProduct" : "JW301");
    if (chance(5)) {
      return url + (child ? "('p1')" : "('a')") + single(child);
    }
    if (chance(8)) {
      url.append("/$count");
    }
    url.append("?$count=").append(random.nextBoolean());
    boolean applied = chance(3);
    if (applied) {
      url.append("&$apply=").append(pipeline(child, 2));
    } else {
      plain(url, child);
    }
    if (chance(3)) {
      url.append("&$top=").append(random.nextInt(4));
    }
    if (chance(4)) {
      url.append("&$skip=").append(random.nextInt(3));
    }
    return url.toString();
  }

  private String single(boolean child) {
    return pick(
        "",
        "/Bericht_Id",
        "/Bericht_Id/$value",
        "/$ref",
        child ? "/JW301" : "/ToegewezenProduct?$orderby=" + text(true),
        child
            ? "?$expand=JW301"
            : "?$expand=ToegewezenProduct($filter=" + condition(true, 1) + ")");
  }

  private void plain(StringBuilder url, boolean child) {
    if (chance(2)) {
      url.append("&$filter=").append(condition(child, 3));
    }
    if (chance(3)) {
      url.append("&$orderby=").append(order(child));
    }
    if (chance(3)) {
      url.append("&$select=").append(text(child)).append(',').append(number(child));
    }
    if (chance(4)) {
      url.append("&$compute=").append(value(child, 2)).append(" as Nieuw");
    }
    if (chance(5)) {
      url.append("&$search=").append(pick("jansen", "a OR b", "NOT x", "\"de vries\" AND a"));
    }
    if (chance(4)) {
      url.append("&$expand=").append(expand(child, 2));
    }
  }

  private String expand(boolean child, int depth) {
    String navigation = child ? "JW301" : "ToegewezenProduct";
    if (depth == 0) {
      return navigation;
    }
    String options =
        pick("$select=Bericht_Id", "$expand=" + expand(!child, depth - 1), "$compute=1 as Een");
    if (!child) {
      options +=
          ";$filter=" + condition(true, 1) + ";$orderby=" + order(true) + ";$top=2;$count=true";
    }
    return navigation + pick("", "/$ref", "(" + options + ")", "(" + options + ")");
  }

  private String order(boolean child) {
    return value(child, 1) + pick("", " desc", " asc") + pick("", "," + text(child));
  }

  private String pipeline(boolean child, int depth) {
    StringBuilder steps = new StringBuilder();
    for (int i = random.nextInt(3); i > 0; i--) {
      steps.append(entityStep(child)).append('/');
    }
    return steps.append(last(child, depth)).toString();
  }

  private String entityStep(boolean child) {
    int n = random.nextInt(5);
    return pick(
        "filter(" + condition(child, 2) + ")",
        "identity",
        "topcount(" + n + "," + number(child) + ")",
        "bottompercent(" + n * 10 + "," + number(child) + ")",
        "topsum(" + n * 10 + "," + number(child) + ")",
        "orderby(" + order(child) + ")/skip(" + n + ")",
        "search(a)",
        "top(" + n + ")");
  }

  private String last(boolean child, int depth) {
    String alias = "x" + random.nextInt(1_000);
    String aggregate =
        "aggregate($count as "
            + alias
            + "n,"
            + number(child)
            + " with "
            + pick("sum", "min", "max", "average", "countdistinct")
            + " as "
            + alias
            + (child ? "" : ",ToegewezenProduct/Budget with max as " + alias + "m")
            + ")";
    if (depth == 0) {
      return aggregate;
    }
    String group = text(child) + pick("", child ? ",JW301/Header_Ontvanger" : ",Header_Ontvanger");
    return pick(
        aggregate,
        "groupby((" + group + "))",
        "groupby((" + group + ")," + aggregate + ")",
        "groupby((rollup("
            + pick("", "$all,")
            + "Bericht_Id,"
            + number(child)
            + ")),"
            + aggregate
            + ")",
        "groupby((" + group + ")," + pipeline(child, depth - 1) + ")",
        "concat(" + pipeline(child, depth - 1) + "," + pipeline(child, depth - 1) + ")",
        "compute(" + value(child, 2) + " as " + alias + ")/" + aggregate);
  }

  String condition(boolean child, int depth) {
    if (depth == 0) {
      return comparison(child);
    }
    return switch (random.nextInt(8)) {
      case 0 -> condition(child, depth - 1) + " and " + condition(child, depth - 1);
      case 1 -> "(" + condition(child, depth - 1) + " or " + condition(child, depth - 1) + ")";
      case 2 -> "not (" + condition(child, depth - 1) + ")";
      case 3 ->
          child
              ? "JW301/ToegewezenProduct/$count gt " + random.nextInt(3)
              : "ToegewezenProduct/"
                  + pick("any", "all")
                  + "(p:p/Budget gt "
                  + random.nextInt(99)
                  + ")";
      case 4 ->
          child
              ? "JW301 ne null"
              : "ToegewezenProduct/$count($filter=" + condition(true, depth - 1) + ") lt 2";
      default -> comparison(child);
    };
  }

  private String comparison(boolean child) {
    String operator = pick("eq", "ne", "gt", "ge", "lt", "le");
    return switch (random.nextInt(7)) {
      case 0 -> text(child) + " " + operator + " " + textValue(child);
      case 1 -> "contains(" + text(child) + ",'" + pick("a", "é", "''", "45") + "')";
      case 2 -> text(child) + " in ('a','p1',null)";
      case 3 ->
          child
              ? "Ingangsdatum " + operator + " 2024-02-0" + (1 + random.nextInt(9))
              : "Uitwisseling_OntvangenGGk "
                  + operator
                  + " now() sub duration'P"
                  + random.nextInt(900)
                  + "D'";
      case 4 -> "matchesPattern(" + text(child) + ",'^[a-e]')";
      default -> value(child, 2) + " " + operator + " " + pick("null", "0", "1.5", "-3", "1e3");
    };
  }

  private String textValue(boolean child) {
    return pick("'a'", "null", "tolower('B')", "concat('4','5')", text(child));
  }

  /** A number. */
  String value(boolean child, int depth) {
    if (depth == 0) {
      return number(child);
    }
    return switch (random.nextInt(8)) {
      case 0 ->
          value(child, depth - 1)
              + " "
              + pick("add", "sub", "mul", "div", "divby", "mod")
              + " "
              + random.nextInt(4);
      case 1 -> "length(" + text(child) + ")";
      case 2 -> "case(" + comparison(child) + ":1,true:" + number(child) + ")";
      case 3 -> "round(" + value(child, depth - 1) + " divby 2)";
      case 4 -> "indexof(" + text(child) + ",'a')";
      case 5 -> "cast(" + text(child) + ",Edm." + pick("Int64", "Decimal", "Double") + ")";
      case 6 -> "year(" + (child ? "Ingangsdatum" : "Client_Geboortedatum_Datum") + ")";
      default -> number(child);
    };
  }

  private String number(boolean child) {
    return child ? pick("Budget", "JW301/Header_BerichtVersie") : "Header_BerichtVersie";
  }

  private String text(boolean child) {
    List<String> names = child ? CHILD_TEXTS : TEXTS;
    return names.get(random.nextInt(names.size()));
  }

  /** The address with a few characters changed, or a piece of it twice. */
  String spoiled(String url) {
    StringBuilder spoiled = new StringBuilder(url);
    for (int change = random.nextInt(4); change >= 0 && spoiled.length() > 1; change--) {
      int at = random.nextInt(spoiled.length());
      char spoiler = SPOILERS.charAt(random.nextInt(SPOILERS.length()));
      switch (random.nextInt(4)) {
        case 0 -> spoiled.deleteCharAt(at);
        case 1 -> spoiled.insert(at, spoiler);
        case 2 -> spoiled.setCharAt(at, spoiler);
        default -> {
          int end = Math.min(spoiled.length(), at + random.nextInt(12));
          spoiled.insert(random.nextInt(spoiled.length()), spoiled.substring(at, end));
        }
      }
    }
    return spoiled.toString();
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
