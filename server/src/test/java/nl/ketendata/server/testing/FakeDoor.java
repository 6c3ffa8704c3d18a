package nl.ketendata.server.testing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.schema.Join;
import nl.ketendata.schema.Standard;
import nl.ketendata.schema.Table;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.query.Answer;
import nl.ketendata.server.query.Door;
import nl.ketendata.server.query.Mounted;
import nl.ketendata.server.query.PreparedSql;
import nl.ketendata.server.query.RowStream;
import nl.ketendata.server.question.ChangesQuestion;
import nl.ketendata.server.question.CountQuestion;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.Call;
import nl.ketendata.server.question.Expression.ColumnOf;
import nl.ketendata.server.question.Expression.Constant;
import nl.ketendata.server.question.Expression.Lambda;
import nl.ketendata.server.question.RowsQuestion;
import nl.ketendata.server.question.RowsQuestion.Expand;
import nl.ketendata.server.question.Scope;
import nl.ketendata.server.question.SqlQuestion;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * A door on rows in memory. It remembers what it was asked. Of filters it obeys only {@code column
 * eq constant} on the row itself or in an any over its children, joined by and; of orders none.
 * Closing it fails when a batch was not given back.
 */
public final class FakeDoor implements Door, AutoCloseable {
  private final Catalogue catalogue;
  private final BufferAllocator allocator = new RootAllocator();
  private final Map<String, List<Map<String, Object>>> rows = new LinkedHashMap<>();
  private final List<RowsQuestion> asked = new ArrayList<>();
  private final List<CountQuestion> counted = new ArrayList<>();
  private String version = "v1";
  private long breakAfter = Long.MAX_VALUE;

  public FakeDoor(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Adds a row: names and values in turn. */
  public FakeDoor row(String table, Object... namesAndValues) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    rows.computeIfAbsent(table, absent -> new ArrayList<>()).add(row);
    return this;
  }

  /** Publishes a new version; the one before is no longer kept. */
  public void publish(String next) {
    version = next;
  }

  /** Lets every question fail that reads more than so many rows. */
  public void breakAfter(long rows) {
    breakAfter = rows;
  }

  public List<RowsQuestion> asked() {
    return asked;
  }

  public RowsQuestion lastAsked() {
    return asked.get(asked.size() - 1);
  }

  public List<CountQuestion> counted() {
    return counted;
  }

  @Override
  public Mounted mounted(Caller caller, Scope scope) {
    Standard standard = catalogue.standard(scope.product());
    return new Mounted(scope, version, standard.tables(), standard.joins());
  }

  @Override
  public Mounted mounted(Caller caller, Scope scope, String wanted) {
    if (!wanted.equals(version)) {
      throw Failure.of(Code.VERSION_GONE, wanted);
    }
    return mounted(caller, scope);
  }

  @Override
  public Answer rows(Caller caller, Mounted mounted, RowsQuestion question) {
    asked.add(question);
    List<Hit> hits = new ArrayList<>();
    List<Map<String, Object>> all = matching(question.table(), question.filter());
    long from = question.from().orElse(0) + question.skip();
    long until = from + question.top().orElse(Long.MAX_VALUE - from);
    for (int i = 0; i < all.size(); i++) {
      if (i >= from && i < until) {
        hits.add(new Hit(all.get(i), i, 0));
      }
    }
    return answer(mounted, question, hits, Optional.empty());
  }

  private record Hit(Map<String, Object> row, long position, long parent) {}

  private Answer answer(
      Mounted mounted, RowsQuestion question, List<Hit> hits, Optional<RowStream> counts) {
    boolean inside = counts.isPresent();
    Map<String, ColumnType> columns = columns(mounted, question);
    int named = columns.size();
    columns.put("$position", ColumnType.INTEGER);
    columns.put("$ordinal", ColumnType.INTEGER);
    columns.put("$parent", ColumnType.INTEGER);
    List<List<Object>> values = new ArrayList<>();
    for (int i = 0; i < hits.size(); i++) {
      List<Object> row = new ArrayList<>();
      for (String column : question.columns()) {
        row.add(hits.get(i).row().get(column));
      }
      row.addAll(List.of(hits.get(i).position(), (long) i, hits.get(i).parent()));
      values.add(row);
    }
    List<Answer> expands =
        question.expands().stream().map(expand -> inner(mounted, question, expand, hits)).toList();
    boolean positioned = !inside && question.order().isEmpty();
    return new Answer(
        new Batches(allocator, columns, values, breakAfter),
        positioned ? OptionalInt.of(named) : OptionalInt.empty(),
        expands.isEmpty() ? OptionalInt.empty() : OptionalInt.of(named + 1),
        inside ? OptionalInt.of(named + 2) : OptionalInt.empty(),
        counts,
        expands);
  }

  private Map<String, ColumnType> columns(Mounted mounted, RowsQuestion question) {
    Table table = mounted.table(question.table()).orElseThrow();
    Map<String, ColumnType> columns = new LinkedHashMap<>();
    for (String name : question.columns()) {
      columns.put(name, table.column(name).orElseThrow().type());
    }
    return columns;
  }

  private Answer inner(Mounted mounted, RowsQuestion outer, Expand expand, List<Hit> hits) {
    Join join = mounted.navigation(outer.table(), expand.navigation()).orElseThrow();
    RowsQuestion question = expand.rows();
    List<Hit> related = new ArrayList<>();
    List<List<Object>> counts = new ArrayList<>();
    for (int i = 0; i < hits.size(); i++) {
      Object key = hits.get(i).row().get(join.column());
      List<Map<String, Object>> mine =
          matching(question.table(), question.filter()).stream()
              .filter(row -> key != null && key.equals(row.get(join.column())))
              .toList();
      if (!mine.isEmpty()) {
        counts.add(List.of((long) i, (long) mine.size()));
      }
      long ordinal = i;
      mine.stream()
          .skip(question.skip())
          .limit(question.top().orElse(Long.MAX_VALUE))
          .forEach(row -> related.add(new Hit(row, 0, ordinal)));
    }
    related.sort(Comparator.comparingLong(Hit::parent));
    Map<String, ColumnType> columns = new LinkedHashMap<>();
    columns.put("ordinal", ColumnType.INTEGER);
    columns.put("n", ColumnType.INTEGER);
    Answer answer =
        answer(mounted, question, related, Optional.of(new Batches(allocator, columns, counts)));
    return expand.count()
        ? answer
        : new Answer(
            answer.rows(),
            answer.position(),
            answer.ordinal(),
            answer.parent(),
            Optional.empty(),
            answer.expands());
  }

  @Override
  public RowStream changes(Caller caller, Mounted before, Mounted now, ChangesQuestion question) {
    throw new UnsupportedOperationException("no changes here");
  }

  @Override
  public long count(Caller caller, Mounted mounted, CountQuestion question) {
    counted.add(question);
    return matching(question.table(), question.filter()).size();
  }

  private List<Map<String, Object>> matching(String table, Optional<Expression> filter) {
    return rows.getOrDefault(table, List.of()).stream()
        .filter(row -> filter.isEmpty() || fulfils(table, row, filter.get()))
        .toList();
  }

  private boolean fulfils(String table, Map<String, Object> row, Expression condition) {
    if (condition instanceof Lambda lambda && lambda.path().size() == 1) {
      return any(table, row, lambda);
    }
    if (!(condition instanceof Call call)) {
      return true;
    }
    return switch (call.function()) {
      case AND -> call.arguments().stream().allMatch(part -> fulfils(table, row, part));
      case EQ -> equal(row, call.arguments().get(0), call.arguments().get(1));
      default -> true;
    };
  }

  private static boolean equal(Map<String, Object> row, Expression left, Expression right) {
    return !(left instanceof ColumnOf column)
        || !(right instanceof Constant constant)
        || !column.navigations().isEmpty()
        || constant.value().equals(Optional.ofNullable(row.get(column.column())));
  }

  private boolean any(String table, Map<String, Object> row, Lambda lambda) {
    Join join =
        catalogue.standards().values().stream()
            .flatMap(standard -> standard.childrenOf(table).stream())
            .filter(candidate -> candidate.toChildren().equals(lambda.path().get(0)))
            .findFirst()
            .orElseThrow();
    return matching(join.child(), lambda.condition()).stream()
        .anyMatch(child -> row.get(join.column()).equals(child.get(join.column())));
  }

  @Override
  public PreparedSql prepare(Caller caller, SqlQuestion question) {
    throw new UnsupportedOperationException("no SQL here");
  }

  @Override
  public RowStream run(Caller caller, PreparedSql statement, List<Object> parameters) {
    throw new UnsupportedOperationException("no SQL here");
  }

  @Override
  public void close() {
    allocator.close();
  }
}
