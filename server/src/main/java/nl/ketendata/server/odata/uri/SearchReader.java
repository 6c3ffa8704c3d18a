package nl.ketendata.server.odata.uri;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.Call;
import nl.ketendata.server.question.Expression.Constant;
import nl.ketendata.server.question.Function;

/**
 * Reads a search (ABNF: searchExpr): words and phrases with AND, OR and NOT. AND binds more than
 * OR, and stands between two words when nothing does. Each word must be part of the text of a
 * column, in any case of letters.
 */
final class SearchReader {
  private final Context context;
  private final Scanner scanner;
  private final List<Expression> texts;

  private SearchReader(Context context, Scanner scanner, List<Expression> texts) {
    this.context = context;
    this.scanner = scanner;
    this.texts = texts;
  }

  static Expression read(Context context, Shape shape, Scanner scanner) {
    List<Expression> texts =
        shape.properties().values().stream()
            .filter(property -> property.type() == ValueType.STRING)
            .map(Shape.Property::expression)
            .toList();
    if (texts.isEmpty()) {
      throw Failure.of(Code.NOT_BUILT, "$search zonder tekst in de rijen");
    }
    return new SearchReader(context, scanner, texts).alternatives();
  }

  private Expression alternatives() {
    context.limits().enter();
    List<Expression> all = new ArrayList<>(List.of(together()));
    while (scanner.word("OR")) {
      all.add(together());
    }
    context.limits().leave();
    return all.size() == 1 ? all.get(0) : new Call(Function.OR, all);
  }

  private Expression together() {
    List<Expression> all = new ArrayList<>(List.of(one()));
    while (more()) {
      scanner.word("AND");
      all.add(one());
    }
    return all.size() == 1 ? all.get(0) : new Call(Function.AND, all);
  }

  private boolean more() {
    scanner.skipSpaces();
    int start = scanner.position();
    boolean end = scanner.searchEnd() || scanner.word("OR");
    scanner.back(start);
    return !end;
  }

  private Expression one() {
    scanner.skipSpaces();
    context.limits().term();
    if (scanner.word("NOT")) {
      context.limits().enter();
      Expression not = Call.of(Function.NOT, one());
      context.limits().leave();
      return not;
    }
    if (scanner.accept("(")) {
      Expression inner = alternatives();
      scanner.skipSpaces();
      scanner.expect(")");
      return inner;
    }
    String term = scanner.peek() == '"' ? scanner.phrase() : scanner.searchWord();
    if (term.isEmpty() || term.equals("AND") || term.equals("OR")) {
      throw scanner.noValue();
    }
    List<Expression> arguments = new ArrayList<>(texts);
    arguments.add(0, Constant.of(term.toLowerCase(Locale.ROOT)));
    return new Call(Function.SEARCH, arguments);
  }
}
