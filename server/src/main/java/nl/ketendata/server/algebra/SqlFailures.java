package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Nearest;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParseException;

/** What Calcite's exceptions mean to the one who wrote the SQL. */
final class SqlFailures {
  private static final Pattern FOUND = Pattern.compile("Encountered:? \"(.*?)\"(?: at line| \\()");
  private static final Pattern LEXICAL = Pattern.compile("error at line (\\d+), column (\\d+)");
  private static final Pattern TABLE =
      Pattern.compile("(?:Object|Table) '([^']*)' not found(?: within '([^']*)')?");
  private static final Pattern COLUMN =
      Pattern.compile("Column '([^']*)' not found in (?:any table|table '([^']*)')");

  /** What an unknown column becomes where aliases of the select list may be used. */
  private static final Pattern ALIAS =
      Pattern.compile("definition of column '([^']*)' depends on itself()");

  private static final Pattern FUNCTION =
      Pattern.compile("No match found for function signature ([^(]*)");
  private static final Pattern GROUPED = Pattern.compile("Expression '(.*)' is not being grouped");
  private static final Pattern AMBIGUOUS = Pattern.compile("Column '([^']*)' is ambiguous");
  private static final Pattern CONDITION = Pattern.compile("^(\\w+) clause must be a condition");
  private static final Pattern OPERANDS =
      Pattern.compile("(?s)Cannot apply '([^']*)' to arguments of type '(.*?)'\\. .*");
  private static final Pattern TYPE = Pattern.compile("<([^<>]*)>");
  private static final Pattern STARRED = Pattern.compile("(\"[^\"]*\"|\\w+)\\s*\\.\\s*\\*.*");
  private static final Pattern TYPE_NAME = Pattern.compile("Unknown identifier '([^']*)'");

  private static final Pattern CAST =
      Pattern.compile("Cast function cannot convert value of type (\\w+).*? to type (\\w+)");

  private SqlFailures() {}

  /**
   * @param edits what was changed in the statement before it was read
   */
  static Failure of(SqlParseException e, Edits edits) {
    if (e.getCause() instanceof StackOverflowError) {
      return Failure.of(Code.TOO_DEEP, "meer", "100");
    }
    String message = String.valueOf(e.getMessage());
    Matcher found = FOUND.matcher(message);
    String token =
        found.find() ? found.group(1).replace("\\'", "'").strip() : standing(e, edits.applied());
    boolean end = token.equals("<EOF>") || token.isEmpty();
    Edits.Place place = place(e, message, edits);
    return Failure.of(
            Code.SYNTAX, place.line(), place.column(), end ? "einde / end" : "\"" + token + "\"")
        .causedBy(e);
  }

  /** What stands where a statement of another kind begins. */
  private static String standing(SqlParseException e, String text) {
    if (e.getPos() == null) {
      return "?";
    }
    return text.lines()
        .skip(e.getPos().getLineNum() - 1L)
        .findFirst()
        .map(line -> line.substring(Math.min(line.length(), e.getPos().getColumnNum() - 1)))
        .flatMap(rest -> Token.of(rest).stream().findFirst())
        .map(Token::text)
        .orElse("?");
  }

  private static Edits.Place place(SqlParseException e, String message, Edits edits) {
    if (e.getPos() != null) {
      return edits.place(e.getPos().getLineNum(), e.getPos().getColumnNum());
    }
    Matcher lexical = LEXICAL.matcher(message);
    return lexical.find()
        ? edits.place(Integer.parseInt(lexical.group(1)), Integer.parseInt(lexical.group(2)))
        : new Edits.Place(1, 1);
  }

  /**
   * @param names the names of tables and columns that could be meant
   * @param edits what was changed in the statement before it was read
   */
  static Failure of(CalciteContextException e, Names names, Edits edits) {
    String message =
        e.getCause() == null
            ? String.valueOf(e.getMessage())
            : String.valueOf(e.getCause().getMessage());
    Edits.Place place = edits.place(e.getPosLine(), e.getPosColumn());
    return unknown(message, names)
        .or(() -> starred(message, e, edits.applied(), names))
        .or(() -> misused(message, place))
        .orElseGet(() -> Failure.of(Code.WRONG_AT, place.line(), place.column(), message))
        .causedBy(e);
  }

  private static Optional<Failure> unknown(String message, Names names) {
    Matcher missing = TABLE.matcher(message);
    if (missing.find()) {
      return Optional.of(table(missing.group(1), names));
    }
    for (Pattern pattern : List.of(COLUMN, ALIAS)) {
      Matcher column = pattern.matcher(message);
      if (column.find()) {
        String table = column.group(2);
        String where = table == null || table.isEmpty() ? "" : " in " + table;
        return Optional.of(
            near(
                Failure.of(Code.UNKNOWN_COLUMN, column.group(1), where),
                column.group(1),
                names.columns()));
      }
    }
    Matcher function = FUNCTION.matcher(message);
    return function.find()
        ? Optional.of(
            near(
                Failure.of(Code.NOT_SUPPORTED, function.group(1)),
                function.group(1),
                Language.functionNames()))
        : Optional.empty();
  }

  /** The first part of a name that is unknown may be a schema of another product. */
  private static Failure table(String written, Names names) {
    List<String> known = new ArrayList<>(names.tables());
    for (Product product : Product.values()) {
      known.add(product.schemaName());
    }
    return near(Failure.of(Code.UNKNOWN_TABLE, written), written, known);
  }

  /** An unknown table before a star is told in the words of an unknown type. */
  private static Optional<Failure> starred(
      String message, CalciteContextException e, String text, Names names) {
    Matcher name = TYPE_NAME.matcher(message);
    Optional<String> rest =
        text.lines()
            .skip(Math.max(0, e.getPosLine() - 1L))
            .findFirst()
            .map(line -> line.substring(Math.min(line.length(), e.getPosColumn() - 1)));
    return name.find() && rest.filter(STARRED.asMatchPredicate()).isPresent()
        ? Optional.of(table(name.group(1), names))
        : Optional.empty();
  }

  private static Optional<Failure> misused(String message, Edits.Place at) {
    Matcher grouped = GROUPED.matcher(message);
    if (grouped.find()) {
      return Optional.of(at(Code.NOT_GROUPED, at, grouped.group(1)));
    }
    Matcher ambiguous = AMBIGUOUS.matcher(message);
    if (ambiguous.find()) {
      return Optional.of(at(Code.AMBIGUOUS, at, ambiguous.group(1)));
    }
    Matcher condition = CONDITION.matcher(message);
    if (condition.find()) {
      return Optional.of(at(Code.NO_CONDITION, at, condition.group(1)));
    }
    Matcher type = TYPE_NAME.matcher(message);
    if (type.find()) {
      return Optional.of(Failure.of(Code.NOT_SUPPORTED, type.group(1)));
    }
    Matcher cast = CAST.matcher(message);
    if (cast.find()) {
      return Optional.of(Failure.of(Code.NO_CAST, cast.group(1), cast.group(2)));
    }
    Matcher operands = OPERANDS.matcher(message);
    return operands.find()
        ? Optional.of(operands(operands.group(1), types(operands.group(2)), at))
        : Optional.empty();
  }

  private static Failure at(Code code, Edits.Place at, String what) {
    return Failure.of(code, at.line(), at.column(), what);
  }

  private static List<String> types(String signature) {
    return TYPE.matcher(signature).results().map(found -> found.group(1)).toList();
  }

  private static Failure operands(String operator, List<String> types, Edits.Place at) {
    boolean moments = types.stream().anyMatch(type -> type.startsWith("TIMESTAMP"));
    if (operator.equals("-") && moments) {
      return Failure.of(Code.OTHER_WAY, String.join(" - ", types), "TIMESTAMPDIFF(MINUTE, b, a)");
    }
    if (operator.equals("+") && moments) {
      return Failure.of(Code.OTHER_WAY, String.join(" + ", types), "x + INTERVAL '1' DAY");
    }
    return Failure.of(
        Code.WRONG_OPERANDS, at.line(), at.column(), operator, String.join(", ", types));
  }

  private static Failure near(Failure failure, String written, Collection<String> names) {
    return Nearest.to(written, names)
        .filter(name -> !name.equalsIgnoreCase(written))
        .map(failure::meaning)
        .orElse(failure);
  }

  /** Names that a statement can use. */
  record Names(List<String> tables, List<String> columns) {
    static Names of(Collection<Snapshot> snapshots) {
      List<String> tables = new ArrayList<>();
      List<String> columns = new ArrayList<>();
      for (Snapshot snapshot : snapshots) {
        snapshot
            .tables()
            .forEach(
                table -> {
                  tables.add(table.name());
                  table.allColumns().forEach(column -> columns.add(column.name()));
                });
      }
      return new Names(tables, columns.stream().distinct().toList());
    }
  }
}
