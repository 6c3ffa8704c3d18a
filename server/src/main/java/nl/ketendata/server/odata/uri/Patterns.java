package nl.ketendata.server.odata.uri;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.question.Expression.Constant;

/**
 * What {@code matchesPattern} takes: a constant expression that every engine reads in one way and
 * in linear time, so no references back and no looking around.
 */
final class Patterns {
  private static final int LENGTH = 200;

  /** Back references, looking around, possessive counts, and counts that multiply. */
  private static final Pattern FOREIGN =
      Pattern.compile(
          "\\\\[1-9kKgGQEzZAXC]|\\(\\?|[*+?}][+]|\\{[0-9]{3,}|\\{[^}]*\\}.*\\{[^}]*\\}|&&|\\[.*\\[");

  private Patterns() {}

  /**
   * @throws Failure KD507 when the pattern is computed or needs more than we offer, KD516 when it
   *     is none
   */
  static void check(Scanner scanner, int start, Typed pattern) {
    if (pattern.isNull()) {
      return;
    }
    if (!(pattern.expression() instanceof Constant constant)) {
      throw Failure.of(Code.NOT_BUILT, "matchesPattern(…, kolom)");
    }
    String text = (String) constant.value().orElseThrow();
    if (text.length() > LENGTH || FOREIGN.matcher(text).find()) {
      throw Failure.of(Code.NOT_BUILT, "matchesPattern(…, '" + Excerpt.of(text) + "')");
    }
    try {
      Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw Failure.of(
              Code.OPTION_LITERAL, scanner.option(), Excerpt.of(text), Scanner.place(start))
          .causedBy(e);
    }
  }
}
