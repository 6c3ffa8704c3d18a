package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Patterns. The engine's always end soon, so they have no looking around and no referring back; a
 * pattern is a constant, since what is computed cannot be checked before.
 */
final class PatternParity {
  private static final Pattern BEYOND = Pattern.compile("\\(\\?[=!<>]|\\\\[1-9kGZ]|[*+?}]\\+|&&");

  /** As many repetitions are written out by the engine, so they cost memory. */
  private static final Pattern REPEATED = Pattern.compile("\\{(\\d+)?(?:,(\\d+)?)?\\}");

  private static final int MOST_REPEATED = 255;

  private final RexBuilder rex;

  PatternParity(RexBuilder rex) {
    this.rex = rex;
  }

  /**
   * {@code x ~ 'pattern'} and its three sisters.
   *
   * @throws Failure KD405 for a pattern that is computed or beyond the engine's, KD406 for one that
   *     is none
   */
  RexNode matches(RexCall call) {
    List<RexNode> operands = new ArrayList<>(call.getOperands());
    operands.set(1, rex.makeLiteral(checked("~", constant("~", call))));
    String name = call.getOperator().getName();
    if (name.endsWith("INSENSITIVE")) {
      operands.add(rex.makeLiteral("i"));
    }
    RexNode matches = rex.makeCall(call.getType(), Operators.REGEXP_MATCHES, operands);
    return name.startsWith("NEGATED") ? rex.makeCall(SqlStdOperatorTable.NOT, matches) : matches;
  }

  /** {@code x SIMILAR TO 'pattern' ESCAPE '\'}; without ESCAPE a backslash is it. */
  RexNode similar(RexCall call) {
    String escape = "\\";
    if (call.getOperands().size() > 2) {
      escape =
          Optional.of(call.getOperands().get(2))
              .filter(RexLiteral.class::isInstance)
              .map(each -> ((RexLiteral) each).getValueAs(String.class))
              .orElseThrow(() -> Failure.of(Code.NOT_SUPPORTED, "SIMILAR TO … ESCAPE (kolom)"));
    }
    String pattern = SimilarPattern.of(constant("SIMILAR TO", call), escape);
    RexNode matches =
        rex.makeCall(
            call.getType(),
            Operators.FULL_MATCH,
            List.of(
                call.getOperands().get(0),
                rex.makeLiteral(checked("SIMILAR TO", pattern)),
                rex.makeLiteral("s")));
    return call.getOperator() == SqlStdOperatorTable.NOT_SIMILAR_TO
        ? rex.makeCall(SqlStdOperatorTable.NOT, matches)
        : matches;
  }

  /** {@code REGEXP_REPLACE(x, 'pattern', 'text')}: every place; the text stands for itself. */
  RexNode replaced(RexCall call) {
    if (call.getOperands().size() != 3
        || !(call.getOperands().get(2) instanceof RexLiteral by)
        || by.isNull()) {
      throw Failure.of(Code.OTHER_WAY, "REGEXP_REPLACE", "REGEXP_REPLACE(x, 'patroon', 'tekst')");
    }
    String text = by.getValueAs(String.class);
    if (text.contains("\\") || text.contains("$")) {
      throw Failure.of(Code.NOT_SUPPORTED, "REGEXP_REPLACE (\\1, $1)");
    }
    String pattern = checked("REGEXP_REPLACE", constant("REGEXP_REPLACE", call));
    return rex.makeCall(
        call.getType(),
        Operators.REGEXP_REPLACE,
        List.of(call.getOperands().get(0), rex.makeLiteral(pattern), by, rex.makeLiteral("g")));
  }

  private static String constant(String operator, RexCall call) {
    if (call.getOperands().get(1) instanceof RexLiteral literal) {
      return literal.isNull() ? "" : literal.getValueAs(String.class);
    }
    throw Failure.of(Code.NOT_SUPPORTED, operator + " (kolom als patroon)");
  }

  private static String checked(String operator, String pattern) {
    String shown = operator + " '" + pattern + "'";
    if (BEYOND.matcher(pattern).find()) {
      throw Failure.of(Code.NOT_SUPPORTED, shown);
    }
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw Failure.of(Code.INVALID_QUESTION, shown).causedBy(e);
    }
    REPEATED
        .matcher(pattern)
        .results()
        .flatMap(found -> Stream.of(found.group(1), found.group(2)))
        .filter(number -> number != null && (number.length() > 3 || times(number) > MOST_REPEATED))
        .findFirst()
        .ifPresent(
            number -> {
              throw Failure.of(Code.TOO_LARGE, "{" + number + "}", number, MOST_REPEATED);
            });
    return pattern;
  }

  private static int times(String number) {
    return Integer.parseInt(number);
  }
}
