package nl.ketendata.server.odata.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.odata.uri.Excerpt;

/**
 * On which outcomes a request is made (OData JSON Format 4.01, 19.1): {@code $1/$succeeded} with
 * and, or, not, eq, ne and parentheses. Conditions on what an answer holds are not built: answers
 * are sent while they come, and kept by nobody.
 */
final class Condition {
  private static final Pattern TOKEN = Pattern.compile("\\s*([()]|[^\\s()]+)");
  private static final Pattern SUCCEEDED = Pattern.compile("\\$([^/$]+)/\\$succeeded");
  private static final int TOKENS = 100;

  private final String text;
  private final Outcomes outcomes;
  private final List<String> tokens = new ArrayList<>();
  private int at;

  private Condition(String text, Outcomes outcomes) {
    this.text = text;
    this.outcomes = outcomes;
    Matcher token = TOKEN.matcher(text);
    while (token.find()) {
      tokens.add(token.group(1));
    }
  }

  /**
   * @throws Failure KD551 when it is none that can be answered here
   */
  static boolean holds(String text, Outcomes outcomes) {
    Condition condition = new Condition(text, outcomes);
    if (condition.tokens.size() > TOKENS) {
      throw condition.unknown();
    }
    boolean holds = condition.either();
    if (condition.at < condition.tokens.size()) {
      throw condition.unknown();
    }
    return holds;
  }

  private boolean either() {
    boolean holds = both();
    while (accept("or")) {
      holds |= both();
    }
    return holds;
  }

  private boolean both() {
    boolean holds = equal();
    while (accept("and")) {
      holds &= equal();
    }
    return holds;
  }

  private boolean equal() {
    boolean left = one();
    if (accept("eq")) {
      return left == one();
    }
    return accept("ne") ? left != one() : left;
  }

  private boolean one() {
    if (accept("not")) {
      return !one();
    }
    if (accept("(")) {
      boolean holds = either();
      if (!accept(")")) {
        throw unknown();
      }
      return holds;
    }
    if (accept("true")) {
      return true;
    }
    if (accept("false")) {
      return false;
    }
    Matcher succeeded = SUCCEEDED.matcher(at < tokens.size() ? tokens.get(at++) : "");
    if (!succeeded.matches()) {
      throw unknown();
    }
    return outcomes.succeeded(succeeded.group(1));
  }

  private boolean accept(String token) {
    boolean next = at < tokens.size() && tokens.get(at).equalsIgnoreCase(token);
    at += next ? 1 : 0;
    return next;
  }

  private Failure unknown() {
    return Failure.of(Code.BATCH_CONDITION, Excerpt.of(text)).about("if");
  }
}
