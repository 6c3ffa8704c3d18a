package nl.ketendata.server.odata.uri;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.odata.uri.RowOptions.Expansion;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Order;
import nl.ketendata.server.question.RowsQuestion.Computed;
import nl.ketendata.server.question.Step;

/**
 * Collects the options about rows of one type, of the request itself or of one expand. Options of
 * {@link #FIRST} are read before all others, for these may name what they make.
 */
final class RowOptionsReader {
  /** What makes the rows that the other options are about, in the order in which it works. */
  static final List<String> FIRST = List.of("$apply", "$compute");

  private final Context context;
  private final Set<String> seen = new HashSet<>();
  private final List<Step> steps = new ArrayList<>();
  private boolean applied;
  private Shape shape;
  private List<Computed> computed = List.of();
  private Optional<Selection> select = Optional.empty();
  private Optional<Expression> filter = Optional.empty();
  private List<Order> order = List.of();
  private List<Expansion> expands = List.of();
  private OptionalLong top = OptionalLong.empty();
  private long skip;
  private boolean count;

  RowOptionsReader(Context context, Shape shape) {
    this.context = context;
    this.shape = shape;
  }

  /**
   * Reads the value of one option, as far as it goes.
   *
   * @param option its name, with {@code $}
   */
  void read(String option, Scanner value) {
    if (!seen.add(option)) {
      throw Failure.of(Code.OPTION_TWICE, option);
    }
    switch (option) {
      case "$apply" -> apply(value);
      case "$compute" -> compute(value);
      case "$select" -> select = Optional.of(Selection.read(context, shape, value));
      case "$filter" -> require(ExpressionReader.of(context, shape, value).condition());
      case "$search" -> require(SearchReader.read(context, shape, value));
      case "$orderby" -> order = Criteria.read(context, shape, value);
      case "$expand" -> expands = expand(value);
      case "$top" -> top = OptionalLong.of(Numbers.read(value, Long.MAX_VALUE));
      case "$skip" -> skip = Numbers.read(value, Limits.SKIP);
      case "$count" -> count = truth(value);
      default -> throw Failure.of(Code.NOT_BUILT, option);
    }
  }

  private void apply(Scanner value) {
    ApplyReader.Applied read = new ApplyReader(context, value).read(shape);
    applied = true;
    shape = read.shape();
    steps.addAll(read.steps());
  }

  private void compute(Scanner value) {
    ComputeReader.Computation read = ComputeReader.read(context, shape, value, !applied);
    shape = read.shape();
    if (applied) {
      steps.add(new Step.Compute(read.values()));
    } else {
      computed = read.values();
    }
  }

  private void require(Expression condition) {
    if (applied) {
      steps.add(new Step.Filter(condition));
    } else {
      filter = Optional.of(Place.and(filter, condition));
    }
  }

  private List<Expansion> expand(Scanner value) {
    if (!shape.entity()) {
      throw Failure.of(Code.NOT_BUILT, "$expand: groupby, aggregate, concat");
    }
    return ExpandReader.read(context, shape, value);
  }

  /** What the rows are, as far as the options are read. */
  Shape shape() {
    return shape;
  }

  RowOptions options() {
    return new RowOptions(
        shape,
        select.orElseGet(() -> Selection.everything(shape)),
        computed,
        steps,
        filter,
        order,
        skip,
        top,
        count,
        expands);
  }

  private static boolean truth(Scanner value) {
    int start = value.position();
    String word = value.name().toLowerCase(Locale.ROOT);
    if (word.equals("true") || word.equals("false")) {
      return word.equals("true");
    }
    value.back(start);
    throw value.expected("true, false");
  }
}
