package nl.ketendata.server.query;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.ServerTable;
import nl.ketendata.server.algebra.Bound;
import nl.ketendata.server.algebra.Plan;
import nl.ketendata.server.algebra.PlanColumn;
import nl.ketendata.server.algebra.PlanTree;
import nl.ketendata.server.algebra.Planner;
import nl.ketendata.server.algebra.Snapshot;
import nl.ketendata.server.audit.Act;
import nl.ketendata.server.audit.AuditLog;
import nl.ketendata.server.audit.Auditor;
import nl.ketendata.server.audit.Entry;
import nl.ketendata.server.audit.Shape;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.lookup.Lookups;
import nl.ketendata.server.policy.Action;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.policy.Policy;
import nl.ketendata.server.policy.Reading;
import nl.ketendata.server.question.ChangesQuestion;
import nl.ketendata.server.question.CountQuestion;
import nl.ketendata.server.question.RowsQuestion;
import nl.ketendata.server.question.Scope;
import nl.ketendata.server.question.SqlQuestion;
import nl.ketendata.server.share.Workplaces;
import nl.ketendata.server.store.Batches;
import nl.ketendata.server.store.LogTables;
import nl.ketendata.server.store.Store;
import org.apache.arrow.vector.BigIntVector;

/** The door to the store: authorise, plan, admit, run. */
public final class StoreDoor implements Door, AutoCloseable {
  /** Lines of an organisation's audit log that are in its table. */
  private static final long LOG_LINES = 500_000;

  private final Catalogue catalogue;
  private final Store store;
  private final Lookups lookups;
  private final Planner planner;
  private final Limits limits;
  private final Events events;
  private final Policy policy;
  private final Auditor auditor;
  private final Optional<AuditTables> logs;
  private final Admission admission;
  private final Workplaces workplaces;
  private final Deadlines deadlines = new Deadlines();
  private final Ahead ahead;
  private final Crowding crowding;
  private final Map<Thread, RowStream> working = new ConcurrentHashMap<>();
  private final Views views;

  /** A door with the standard policy. */
  public StoreDoor(
      Catalogue catalogue, Store store, Planner planner, Limits limits, Events events) {
    this(
        catalogue,
        store,
        Lookups.none(store),
        planner,
        limits,
        events,
        Policy.STANDARD,
        Auditor.silent());
  }

  /**
   * A door behind which nobody reads what the auditor writes down.
   *
   * @param lookups closed by who made them, after this
   */
  public StoreDoor(
      Catalogue catalogue,
      Store store,
      Lookups lookups,
      Planner planner,
      Limits limits,
      Events events,
      Policy policy,
      Auditor auditor) {
    this(catalogue, store, lookups, planner, limits, events, policy, auditor, Optional.empty());
  }

  /**
   * A door through which administrators read the log, too.
   *
   * @param lookups closed by who made them, after this
   */
  public StoreDoor(
      Catalogue catalogue,
      Store store,
      Lookups lookups,
      Planner planner,
      Limits limits,
      Events events,
      Policy policy,
      AuditLog log) {
    this(catalogue, store, lookups, planner, limits, events, policy, log, Optional.of(log));
  }

  private StoreDoor(
      Catalogue catalogue,
      Store store,
      Lookups lookups,
      Planner planner,
      Limits limits,
      Events events,
      Policy policy,
      Auditor auditor,
      Optional<AuditLog> log) {
    this.logs = log.map(known -> new AuditTables(known, new LogTables(store), LOG_LINES));
    this.catalogue = catalogue;
    this.store = store;
    this.lookups = lookups;
    this.planner = planner;
    this.limits = limits;
    this.events = events;
    this.policy = policy;
    this.auditor = auditor;
    this.admission = new Admission(limits.open(), limits.waiting(), System::nanoTime);
    this.ahead = new Ahead(limits.running());
    this.workplaces = Workplaces.of(limits.room());
    this.crowding = new Crowding(workplaces, store, ahead);
    this.views = new Views(catalogue, store, policy, log.isPresent());
  }

  @Override
  public List<Scope> scopes(Caller caller) {
    return Door.super.scopes(caller).stream()
        .filter(
            scope ->
                caller.organisation(scope.organisation()).gemeenten(scope.product()).stream()
                    .anyMatch(gemeente -> store.current(gemeente, scope.product()).isPresent()))
        .toList();
  }

  @Override
  public Mounted mounted(Caller caller, Scope scope) {
    return views.current(caller, scope).mounted();
  }

  @Override
  public Mounted mounted(Caller caller, Scope scope, String version) {
    return views.version(caller, scope, version).mounted();
  }

  /**
   * Whether a version is still kept.
   *
   * @param id of a {@link Mounted}
   */
  public boolean keeps(String id) {
    return views.keeps(id);
  }

  @Override
  public Mounted pinned(Caller caller, Mounted mounted, String table) {
    if (!table.equals(ServerTable.AUDITLOG) || logs.isEmpty()) {
      return mounted;
    }
    Views.View view = views.version(caller, mounted.scope(), mounted.version());
    return view.until(fill(caller, mounted.scope().organisation())).mounted();
  }

  private long fill(Caller caller, String organisation) {
    Organisation own = caller.require(Action.SEE_AUDIT, organisation);
    return logs.orElseThrow().fill(own.id(), catalogue.auditlog(Product.IJW));
  }

  /** A statement may name the log of any organisation whose log the caller may read. */
  private void fillLogs(Caller caller, String sql) {
    if (logs.isEmpty()) {
      return;
    }
    for (String organisation : caller.organisations().keySet()) {
      if (LogTables.isIn(sql, organisation) && caller.may(Action.SEE_AUDIT, organisation)) {
        fill(caller, organisation);
      }
    }
  }

  @Override
  public Answer rows(Caller caller, Mounted mounted, RowsQuestion question) {
    Snapshot snapshot = views.version(caller, mounted.scope(), mounted.version()).snapshot();
    Bound<PlanTree> bound = planner.rows(snapshot, question);
    PlanTree tree = bound.plan();
    Asker asker = Asker.of(caller, mounted, "rows", Shapes.of(question));
    admit(asker.organisation, tree.statements());
    Opened opened = new Opened(asker, bound.values(), tree.statements());
    try {
      return opened.answer(tree);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  @Override
  public RowStream changes(Caller caller, Mounted before, Mounted now, ChangesQuestion question) {
    Snapshot earlier = views.version(caller, before.scope(), before.version()).snapshot();
    Snapshot later = views.version(caller, now.scope(), now.version()).snapshot();
    Asker asker = Asker.of(caller, now, "changes", question.table() + " changes");
    return open(asker, planner.changes(earlier, later, question), List.of());
  }

  @Override
  public long count(Caller caller, Mounted mounted, CountQuestion question) {
    Views.View view = views.version(caller, mounted.scope(), mounted.version());
    Asker asker = Asker.of(caller, mounted, "count", question.table() + " count");
    if (!question.wholeTable()) {
      return count(asker, view, question);
    }
    Long known = view.counts().get(question.table());
    if (known != null) {
      tell(asker, 1, Duration.ZERO);
      return known;
    }
    long counted = count(asker, view, question);
    view.counts().put(question.table(), counted);
    return counted;
  }

  private long count(Asker asker, Views.View view, CountQuestion question) {
    Bound<Plan> bound = planner.count(view.snapshot(), question);
    try (RowStream rows = open(asker, bound.plan(), bound.values())) {
      if (!rows.advance()
          || rows.batch().getRowCount() == 0
          || rows.batch().getVector(0).isNull(0)) {
        throw Failure.of(Code.SMALL_GROUP, policy.smallestGroup());
      }
      return ((BigIntVector) rows.batch().getVector(0)).get(0);
    }
  }

  @Override
  public PreparedSql prepare(Caller caller, SqlQuestion question) {
    Plan plan = plan(caller, question).plan();
    return new PreparedSql(question, columns(plan.columns()), columns(plan.parameters()));
  }

  @Override
  public RowStream run(Caller caller, PreparedSql statement, List<Object> parameters) {
    Bound<Plan> bound = plan(caller, statement.question());
    Plan plan = bound.plan();
    if (parameters.size() != plan.parameters().size()) {
      throw Failure.of(
          Code.INVALID_QUESTION,
          parameters.size() + " parameters, verwacht " + plan.parameters().size());
    }
    String text = statement.question().text();
    String organisation = catalog(caller, statement.question()).orElseGet(caller::payer);
    Asker asker = new Asker(caller, organisation, "sql", Shape.ofSql(text));
    return open(asker, plan, plan.lifted() > 0 ? bound.values() : parameters);
  }

  private Bound<Plan> plan(Caller caller, SqlQuestion question) {
    List<Snapshot> snapshots =
        Door.super.scopes(caller).stream()
            .flatMap(scope -> views.found(caller, scope).stream())
            .map(Views.View::snapshot)
            .toList();
    if (snapshots.isEmpty() && policy.reading(caller.role()).isEmpty()) {
      throw Failure.of(Code.NOT_ALLOWED, caller.role().id());
    }
    return planner.sql(snapshots, catalog(caller, question), question.text());
  }

  /** Stops what the engine does for this thread, if anything; the thread gets KD420. */
  public void abandon(Thread worker) {
    RowStream rows = working.get(worker);
    if (rows != null) {
      rows.cancel();
    }
  }

  private static Optional<String> catalog(Caller caller, SqlQuestion question) {
    if (question.organisation().isPresent()) {
      return Optional.of(caller.organisation(question.organisation().get()).id());
    }
    return caller.organisations().size() == 1
        ? Optional.of(caller.organisations().values().iterator().next().id())
        : Optional.empty();
  }

  /**
   * Who asks, and what in short.
   *
   * @param organisation on whose share of the machine: that of the data asked for
   * @param shape without values
   */
  private record Asker(Caller caller, String organisation, String kind, String shape) {
    static Asker of(Caller caller, Mounted mounted, String kind, String shape) {
      return new Asker(caller, mounted.scope().organisation(), kind, shape);
    }
  }

  /** Whoever has to wait for statements that others hold must not keep them from working. */
  private void admit(String who, int statements) {
    if (!admission.enterNow(who, statements)) {
      workplaces.aside(() -> admission.enter(who, statements, limits.patience()));
    }
  }

  private RowStream open(Asker asker, Plan plan, List<Object> parameters) {
    String who = asker.organisation;
    admit(who, 1);
    try {
      return stream(asker, plan, parameters, limits.statement());
    } catch (RuntimeException e) {
      admission.leave(who, 1);
      throw e;
    }
  }

  /** Gives back its place when it is closed. */
  private RowStream stream(Asker asker, Plan plan, List<Object> parameters, Duration budget) {
    String who = asker.organisation;
    fillLogs(asker.caller, plan.sql());
    Batches batches = open(plan, parameters);
    RowStream rows =
        new CursorStream(
            batches,
            columns(plan.columns()),
            working,
            deadlines,
            ahead,
            new Turn(workplaces, who),
            budget,
            (read, worked) -> {
              admission.leave(who, 1);
              tell(asker, read, worked);
            });
    boolean whole = policy.reading(asker.caller.role()).equals(Optional.of(Reading.WHOLE));
    return whole ? rows : new Discreet(rows);
  }

  private Batches open(Plan plan, List<Object> parameters) {
    return plan.lookup()
        .flatMap(lookup -> lookups.open(lookup, parameters))
        .orElseGet(() -> fromTheEngine(plan.sql(), parameters));
  }

  private Batches fromTheEngine(String sql, List<Object> parameters) {
    crowding.look();
    return store.open(sql, parameters);
  }

  private void tell(Asker asker, long rows, Duration worked) {
    events.emit(new Event.QuestionAnswered(asker.kind, rows, worked));
    auditor.record(
        new Entry(
            Act.GELEZEN,
            asker.caller.name(),
            asker.organisation,
            "",
            asker.shape,
            Entry.GOOD,
            rows));
  }

  private static List<OutputColumn> columns(List<PlanColumn> columns) {
    return columns.stream()
        .map(
            column ->
                new OutputColumn(
                    column.label(),
                    column.jdbcType(),
                    column.typeName(),
                    column.precision(),
                    column.scale(),
                    column.nullable(),
                    origin(column.origin())))
        .toList();
  }

  private static Optional<OutputColumn.Origin> origin(List<String> path) {
    return path.size() == 4
        ? Optional.of(new OutputColumn.Origin(path.get(0), path.get(1), path.get(2), path.get(3)))
        : Optional.empty();
  }

  /** The streams of one answer while they are being opened: all or none stay open. */
  private final class Opened implements AutoCloseable {
    private final List<RowStream> streams = new ArrayList<>();
    private final Asker asker;
    private final List<Object> values;
    private int unused;

    Opened(Asker asker, List<Object> values, int places) {
      this.asker = asker;
      this.values = values;
      this.unused = places;
    }

    Answer answer(PlanTree tree) {
      RowStream rows = stream(tree.plan());
      Optional<RowStream> counts = tree.counts().map(this::stream);
      List<Answer> expands = tree.expands().stream().map(this::answer).toList();
      return new Answer(rows, tree.position(), tree.ordinal(), tree.parent(), counts, expands);
    }

    private RowStream stream(Plan plan) {
      RowStream rows = StoreDoor.this.stream(asker, plan, values, limits.export());
      unused--;
      streams.add(rows);
      return rows;
    }

    @Override
    public void close() {
      admission.leave(asker.organisation, unused);
      streams.forEach(RowStream::close);
    }
  }

  /** Where threads work for callers; shared with whoever else lets them work. */
  public Workplaces workplaces() {
    return workplaces;
  }

  /** Statements that have a place now, running or being read. */
  public int running() {
    return admission.running();
  }

  @Override
  public void close() {
    ahead.close();
    deadlines.close();
  }
}
