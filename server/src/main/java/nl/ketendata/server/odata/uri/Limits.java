package nl.ketendata.server.odata.uri;

import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/** What one question may cost to read. Counts while it is read; one for each request. */
final class Limits {
  static final int DEPTH = 50;
  static final int NODES = 200;
  static final int VALUES = 1_000;
  static final int LAMBDAS = 3;
  static final int COUNTS = 10;
  static final int COMPUTED = 50;
  static final int TERMS = 20;
  static final int APPLY_DEPTH = 5;
  static final int STEPS = 30;

  /** How often {@code $apply} may need the rows of a table. */
  static final int WEIGHT = 32;

  static final int EXPAND_DEPTH = 5;
  static final int EXPANDS = 20;
  static final long SKIP = 1_000_000;

  private int depth;
  private int nodes;
  private int counts;
  private int terms;
  private int applyDepth;
  private int steps;
  private int expandDepth;
  private int expands;

  /** One more level of parentheses, functions or {@code not}. */
  void enter() {
    depth++;
    deep(depth, DEPTH);
  }

  void leave() {
    depth--;
  }

  /** One more operator, function, column or value. */
  void node() {
    nodes++;
    large("$filter", nodes, NODES);
  }

  void values(int count) {
    large("in", count, VALUES);
  }

  void lambdas(int nested) {
    deep(nested, LAMBDAS);
  }

  /** One more number of children: each is a join. */
  void count() {
    counts++;
    large("$count", counts, COUNTS);
  }

  /** One more word to search for: each looks at all text of a row. */
  void term() {
    terms++;
    large("$search", terms, TERMS);
  }

  void computed(int count) {
    large("$compute", count, COMPUTED);
  }

  void enterApply() {
    applyDepth++;
    deep(applyDepth, APPLY_DEPTH);
  }

  void leaveApply() {
    applyDepth--;
  }

  /** One more transformation. */
  void step() {
    steps++;
    large("$apply", steps, STEPS);
  }

  void weight(int found) {
    large("$apply", found, WEIGHT);
  }

  /** So many more of {@link #node}. */
  void nodes(int count) {
    nodes += count;
    large("$filter", nodes, NODES);
  }

  void enterExpand() {
    expandDepth++;
    deep(expandDepth, EXPAND_DEPTH);
  }

  void leaveExpand() {
    expandDepth--;
  }

  void expand() {
    expands++;
    large("$expand", expands, EXPANDS);
  }

  private static void deep(int found, int allowed) {
    if (found > allowed) {
      throw Failure.of(Code.TOO_DEEP, "> " + allowed, String.valueOf(allowed));
    }
  }

  private static void large(String what, int found, int allowed) {
    if (found > allowed) {
      throw Failure.of(Code.TOO_LARGE, what, "> " + allowed, String.valueOf(allowed));
    }
  }
}
