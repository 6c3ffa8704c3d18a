package nl.ketendata.server.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Standard;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.query.Answer;
import nl.ketendata.server.query.Door;
import nl.ketendata.server.query.Mounted;
import nl.ketendata.server.query.OutputColumn;
import nl.ketendata.server.query.PreparedSql;
import nl.ketendata.server.query.RowStream;
import nl.ketendata.server.question.ChangesQuestion;
import nl.ketendata.server.question.CountQuestion;
import nl.ketendata.server.question.RowsQuestion;
import nl.ketendata.server.question.Scope;
import nl.ketendata.server.question.SqlQuestion;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** A door that knows a few statements by heart, and the tables of the catalogue, all empty. */
public final class FakeSqlDoor implements Door, AutoCloseable {
  private final BufferAllocator allocator = new RootAllocator();
  private final Catalogue catalogue;
  private final Map<String, Known> known = new HashMap<>();
  private final List<List<Object>> asked = new CopyOnWriteArrayList<>();
  private final List<SqlQuestion> questions = new CopyOnWriteArrayList<>();
  private final AtomicInteger open = new AtomicInteger();
  private volatile Runnable closing = () -> {};

  public FakeSqlDoor(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Answers a statement with these rows. */
  public FakeSqlDoor answers(String sql, FakeRows rows) {
    return answers(sql, rows, List.of());
  }

  /** Answers a statement that has parameters. */
  public FakeSqlDoor answers(String sql, FakeRows rows, List<OutputColumn> parameters) {
    known.put(sql, new Known(rows, parameters));
    return this;
  }

  /** The values given for parameters, one list per execution. */
  public List<List<Object>> asked() {
    return asked;
  }

  /** The statements that were prepared. */
  public List<SqlQuestion> questions() {
    return questions;
  }

  /** Has rows do this before they are closed. */
  public void whenClosing(Runnable task) {
    closing = task;
  }

  /** The number of row streams that nobody closed yet. */
  public int open() {
    return open.get();
  }

  @Override
  public Mounted mounted(Caller caller, Scope scope) {
    caller.organisation(scope.organisation());
    Standard standard = catalogue.standard(scope.product());
    return new Mounted(scope, "1", standard.tables(), standard.joins());
  }

  @Override
  public Mounted mounted(Caller caller, Scope scope, String version) {
    return mounted(caller, scope);
  }

  @Override
  public Answer rows(Caller caller, Mounted mounted, RowsQuestion question) {
    throw Failure.of(Code.NOT_BUILT, "rows");
  }

  @Override
  public RowStream changes(Caller caller, Mounted before, Mounted now, ChangesQuestion question) {
    throw new UnsupportedOperationException("no changes here");
  }

  @Override
  public long count(Caller caller, Mounted mounted, CountQuestion question) {
    throw Failure.of(Code.NOT_BUILT, "count");
  }

  @Override
  public PreparedSql prepare(Caller caller, SqlQuestion question) {
    questions.add(question);
    if (question.text().startsWith("delete")) {
      throw Failure.of(Code.READ_ONLY, "DELETE");
    }
    if (question.text().equals("crash")) {
      throw new IllegalStateException("inside of the server");
    }
    Known found = known.get(question.text());
    if (found == null) {
      throw Failure.of(Code.UNKNOWN_TABLE, question.text());
    }
    return new PreparedSql(question, found.rows().columns(), found.parameters());
  }

  @Override
  public RowStream run(Caller caller, PreparedSql statement, List<Object> parameters) {
    asked.add(parameters);
    open.incrementAndGet();
    return known.get(statement.question().text()).rows().stream(
        allocator,
        () -> {
          closing.run();
          open.decrementAndGet();
        });
  }

  /** Fails when a batch was not given back. */
  @Override
  public void close() {
    allocator.close();
  }

  private record Known(FakeRows rows, List<OutputColumn> parameters) {}
}
