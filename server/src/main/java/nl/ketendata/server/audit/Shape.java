package nl.ketendata.server.audit;

import java.util.regex.Pattern;

/** Texts without the values in them. */
public final class Shape {
  private static final Pattern SQL_VALUES =
      Pattern.compile(
          "'(?:[^']|'')*'?|--[^\\n]*|/\\*.*?(?:\\*/|$)|(?<![A-Za-z0-9_])[0-9][0-9.eE+-]*",
          Pattern.DOTALL);
  private static final Pattern URL_VALUES =
      Pattern.compile("\\((?!\\))[^/?]*|%27.*?(?:%27|$)|'[^']*'?|(?<![A-Za-z0-9_$])[0-9][0-9.]*");
  private static final Pattern OPTION = Pattern.compile("(\\$|%24)?[A-Za-z]{1,30}");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cntrl}]+");

  private Shape() {}

  /** Of a statement: names and words stay, literals become {@code ?} and comments go. */
  public static String ofSql(String text) {
    String bare =
        SQL_VALUES
            .matcher(text)
            .replaceAll(found -> found.group().matches("(?s)(--|/\\*).*") ? " " : "?");
    return SPACE.matcher(bare).replaceAll(" ").strip();
  }

  /** Of a path: keys become {@code (?)}. What follows the path is named by its options only. */
  public static String ofAddress(String path, String query) {
    StringBuilder shape = new StringBuilder(URL_VALUES.matcher(path).replaceAll("(?)"));
    char separator = '?';
    for (String option : query.split("&")) {
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      if (OPTION.matcher(name).matches()) {
        shape.append(separator).append(name.replace("%24", "$"));
        separator = '&';
      }
    }
    return SPACE.matcher(shape).replaceAll(" ");
  }
}
