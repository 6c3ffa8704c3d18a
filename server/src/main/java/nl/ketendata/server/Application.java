package nl.ketendata.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.server.admin.AdminServer;
import nl.ketendata.server.algebra.Planner;
import nl.ketendata.server.audit.Act;
import nl.ketendata.server.audit.AuditLog;
import nl.ketendata.server.audit.Auditor;
import nl.ketendata.server.audit.Entry;
import nl.ketendata.server.console.SqlHead;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.event.EventLog;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.event.Metrics;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.flight.FlightHead;
import nl.ketendata.server.http.AuditHead;
import nl.ketendata.server.http.BrowserHead;
import nl.ketendata.server.http.Head;
import nl.ketendata.server.http.KeptAnswers;
import nl.ketendata.server.http.Outside;
import nl.ketendata.server.http.PasswordHead;
import nl.ketendata.server.http.WebServer;
import nl.ketendata.server.identity.Authenticator;
import nl.ketendata.server.identity.Tokens;
import nl.ketendata.server.identity.Users;
import nl.ketendata.server.ingest.Ingest;
import nl.ketendata.server.ingest.Predecessors;
import nl.ketendata.server.intake.Board;
import nl.ketendata.server.intake.Inbox;
import nl.ketendata.server.intake.InboxSettings;
import nl.ketendata.server.intake.Intake;
import nl.ketendata.server.intake.IntakeHead;
import nl.ketendata.server.intake.IntakeSettings;
import nl.ketendata.server.intake.ProgressFiles;
import nl.ketendata.server.intake.Refusals;
import nl.ketendata.server.jdbc.JdbcHead;
import nl.ketendata.server.lookup.Lookups;
import nl.ketendata.server.manage.OrganisationsHead;
import nl.ketendata.server.manage.TokensHead;
import nl.ketendata.server.manage.UsersHead;
import nl.ketendata.server.odata.ODataHead;
import nl.ketendata.server.odata.ODataSettings;
import nl.ketendata.server.organisation.Organisations;
import nl.ketendata.server.organisation.RegisterFile;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.policy.Policy;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.portal.Portal;
import nl.ketendata.server.query.Limits;
import nl.ketendata.server.query.PreparedSql;
import nl.ketendata.server.query.RowStream;
import nl.ketendata.server.query.StoreDoor;
import nl.ketendata.server.question.SqlQuestion;
import nl.ketendata.server.settings.DeliverySettings;
import nl.ketendata.server.settings.Settings;
import nl.ketendata.server.share.Workplaces;
import nl.ketendata.server.store.DataFolder;
import nl.ketendata.server.store.Leftovers;
import nl.ketendata.server.store.Steps;
import nl.ketendata.server.store.Store;
import nl.ketendata.server.store.StoreSettings;

/** The serving program: every part, wired in reading order and closed in reverse. */
public final class Application implements AutoCloseable {
  private static final int PAGE_CAP = 100_000;

  /** The part of the heap that small answers may take. */
  private static final int SMALL_ANSWERS = 32;

  private static final Duration PROGRESS_LOGGED = Duration.ofSeconds(5);
  private static final int WAITING = 32;

  private static final Duration WAIT_FOR_TURN = Duration.ofSeconds(5);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Settings settings;
  private final Clock clock;
  private final Events events;
  private final Store store;
  private final Organisations organisations;
  private final AuditLog audit;
  private final DataFolder folder;
  private final Users users;
  private final Tokens tokens;
  private final Planner planner = new Planner();
  private final StoreDoor door;
  private final KeptAnswers answers;
  private final WebServer web;
  private final FlightHead flight;
  private final AdminServer admin;
  private final Inbox inbox;
  private final Lookups lookups;
  private final Quiet quiet = new Quiet(System::nanoTime);
  private final Rehearsal rehearsal;

  /**
   * Opens the store and wires the heads; answers nobody yet.
   *
   * @param demo whether the data is invented, which the pages then say
   */
  public Application(Settings settings, Catalogue catalogue, Clock clock, boolean demo) {
    this.settings = settings;
    this.clock = clock;
    SecureRandom random = new SecureRandom();
    Metrics metrics = new Metrics(clock);
    events = new Events(List.of(new EventLog(), metrics, quiet));
    new Leftovers(settings.data(), Steps.NONE).delete(this::startFault);
    makeKnown(catalogue);

    folder = new DataFolder(settings.data());
    store = owned(new Store(catalogue, storeSettings(settings), clock));
    organisations = new Organisations(new RegisterFile(settings.data()), store::gemeenten, clock);
    audit =
        owned(
            new AuditLog(settings.data(), clock, e -> events.emit(auditFault(e)), folder::isThere));
    Policy policy = new Policy(settings.policy().smallestGroup());
    lookups =
        owned(
            new Lookups(
                store, settings.data().resolve("kolommen"), settings.engine().columns().bytes()));
    door =
        owned(
            new StoreDoor(
                catalogue, store, lookups, planner, limits(settings), events, policy, audit));
    showFigures(metrics, door.workplaces());
    Ingest ingest = new Ingest(catalogue, IngestConfiguration.of(settings), clock);
    Intake intake =
        new Intake(ingest, events, new Refusals(settings.data(), clock), audit, folder::require);
    Board board = new Board(events, PROGRESS_LOGGED, new ProgressFiles(settings.data(), clock));
    IntakeHead intakeHead = new IntakeHead(intake, board, store, intakeSettings(settings));
    List<Head> heads = new ArrayList<>();
    heads.add(
        new ODataHead(door, catalogue, new ODataSettings(settings.query().pageSize(), PAGE_CAP)));
    heads.add(owned(new JdbcHead(door, catalogue, Version.current(), clock)));
    heads.add(new SqlHead(door));
    heads.add(
        new Portal(door, demo, this::flightPort, () -> heads.stream().map(Head::segment).toList()));
    heads.add(new AuditHead(audit));
    heads.add(intakeHead);
    answers = owned(answers(settings));
    users = new Users(settings.data(), random, clock);
    tokens = new Tokens(settings.data(), random, clock);
    if (!settings.http().open()) {
      heads.add(new PasswordHead(users, audit));
      heads.add(new UsersHead(users, tokens, organisations::find, audit));
      heads.add(new TokensHead(tokens, audit));
      heads.add(
          new OrganisationsHead(
              organisations,
              new RegisterFile(settings.data()),
              (gemeente, before) -> Predecessors.add(settings.data(), gemeente, before),
              audit));
    }
    SignIns signIns =
        new SignIns(settings, organisations, users, tokens, folder, clock, random, events);
    Authenticator entrance = signIns.entrance();
    signIns.browser().map(known -> new BrowserHead(known, audit)).ifPresent(heads::add);
    web =
        owned(
            new WebServer(
                settings.http(),
                heads,
                entrance,
                events,
                answers,
                settings.feed().corsOrigins(),
                new Outside(
                    settings.transport(),
                    door::abandon,
                    clock,
                    audit,
                    signIns.browser(),
                    Optional.of(door.workplaces()))));
    flight =
        owned(new FlightHead(door, catalogue, entrance, Version.current(), events, audit, clock));
    admin = owned(new AdminServer(settings.http(), new Readiness(store, folder), metrics));
    owned(intakeHead);
    rehearsal = rehearsal(catalogue, policy, metrics);
    inbox =
        owned(
            new Inbox(
                inboxSettings(settings),
                store::gemeenten,
                intake,
                board,
                events,
                clock,
                System::nanoTime));
  }

  /**
   * It reads as the server itself: nobody gets to see it, so that it is no reading to write down.
   */
  private Rehearsal rehearsal(Catalogue catalogue, Policy policy, Metrics metrics) {
    StoreDoor silent =
        owned(
            new StoreDoor(
                catalogue,
                store,
                lookups,
                planner,
                limits(settings),
                Events.silent(),
                policy,
                Auditor.silent()));
    Head head = new ODataHead(silent, catalogue, ODataSettings.DEFAULT);
    Rehearsal made =
        new Rehearsal(
            silent,
            head,
            this::anybody,
            () -> quiet.isQuiet() && door.running() == 0,
            System::nanoTime,
            e -> events.emit(new Event.FaultFound("", "warm-up", e)));
    metrics.show(
        "ketendata_rehearsed_questions",
        "Questions that the server has asked itself to warm up.",
        made::asked);
    return made;
  }

  private void showFigures(Metrics metrics, Workplaces workplaces) {
    metrics.show("ketendata_working", "Threads that have a place to work.", workplaces::working);
    metrics.show(
        "ketendata_waiting", "Requests that wait for a place to work.", workplaces::waiting);
    metrics.show(
        "ketendata_statements_open", "Statements that run or are being read.", door::running);
    metrics.show(
        "ketendata_threads",
        "Threads of the process.",
        () -> ManagementFactory.getThreadMXBean().getThreadCount());
    metrics.show(
        "ketendata_heap_used_bytes",
        "Heap in use.",
        () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  private static Event auditFault(Exception cause) {
    return new Event.FaultFound("", "audit", cause);
  }

  /**
   * A gemeente whose first delivery was cut off between its two products has one of them only. What
   * cannot be done for one, or on a drive that is read-only, keeps nobody else from being served.
   */
  private void makeKnown(Catalogue catalogue) {
    Ingest ingest = new Ingest(catalogue, IngestConfiguration.of(settings), clock);
    for (Gemeente gemeente : Store.gemeenten(settings.data())) {
      try {
        ingest.makeKnown(gemeente);
      } catch (Failure failure) {
        startFault(failure);
      }
    }
  }

  private void startFault(Failure failure) {
    events.emit(new Event.FaultFound("", "start", failure));
  }

  private static IntakeSettings intakeSettings(Settings settings) {
    return new IntakeSettings(
        settings.data(), settings.deliveries().archive().size().bytes(), settings.http().open());
  }

  private static InboxSettings inboxSettings(Settings settings) {
    DeliverySettings deliveries = settings.deliveries();
    return new InboxSettings(settings.data(), deliveries.inboxQuiet(), deliveries.refusedKept());
  }

  private static StoreSettings storeSettings(Settings settings) {
    return new StoreSettings(
        settings.data(),
        settings.engine().memory().bytes() / (1 << 20),
        settings.engine().temporary().bytes() / (1 << 20),
        settings.engine().threads(),
        connections(settings),
        settings.feed().versionsKept());
  }

  /** On a read-only drive no answer is kept. */
  private KeptAnswers answers(Settings settings) {
    long disk = settings.feed().answerCache().bytes();
    if (disk == 0) {
      return KeptAnswers.none();
    }
    long memory = Runtime.getRuntime().maxMemory() / SMALL_ANSWERS;
    try {
      return KeptAnswers.in(
          settings.data().resolve("antwoorden"),
          disk,
          memory,
          settings.engine().temporary().bytes());
    } catch (UncheckedIOException e) {
      events.emit(new Event.FaultFound("", "start", e));
      return KeptAnswers.none();
    }
  }

  /** A question with expands needs several; the admission counts statements, not questions. */
  private static int connections(Settings settings) {
    return Math.max(64, settings.query().running() * 8);
  }

  private static Limits limits(Settings settings) {
    return new Limits(
        connections(settings),
        settings.query().running(),
        WAITING,
        WAIT_FOR_TURN,
        settings.query().statement(),
        settings.query().export());
  }

  /** Begins to answer. */
  public void start() {
    admin.start();
    web.start();
    compareSettings();
    audit.record(Entry.here(Act.GESTART, "", "ketendata " + Version.current()));
    flight.start(settings.http().host(), settings.http().flightPort(), web.tls());
    // Last, for a server that finds a port taken has no business with deliveries.
    if (settings.deliveries().inbox()) {
      inbox.start();
    }
    ScheduledExecutorService housekeeping =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "ketendata-housekeeping");
              thread.setDaemon(true);
              return thread;
            });
    open.push(housekeeping::shutdownNow);
    housekeeping.execute(() -> warmUp(housekeeping::isShutdown));
    housekeeping.scheduleWithFixedDelay(this::deleteOldVersions, 1, 1, TimeUnit.MINUTES);
    housekeeping.scheduleWithFixedDelay(this::deleteOldZips, 1, 60, TimeUnit.MINUTES);
  }

  private void compareSettings() {
    try {
      new SettingsMark(settings.data()).compare(settings, audit);
    } catch (IOException e) {
      events.emit(auditFault(e));
    }
  }

  /** The first question of a fresh process costs seconds of loading classes; nobody should wait. */
  private void warmUp(BooleanSupplier stopping) {
    Optional<Caller> anybody = anybody();
    if (anybody.isEmpty()) {
      return;
    }
    Caller caller = anybody.get();
    try {
      String text = "SELECT count(*) FROM JW301 WHERE Client_Bsn = ? GROUP BY Header_Afzender";
      PreparedSql statement = door.prepare(caller, new SqlQuestion(text, Optional.empty()));
      try (RowStream rows = door.run(caller, statement, List.of(""))) {
        rows.advance();
      }
    } catch (RuntimeException e) {
      if (!stopping.getAsBoolean()) {
        events.emit(new Event.FaultFound("", "warm-up", e));
      }
    }
  }

  /** Somebody who may see the data of one gemeente, if there is any. */
  private Optional<Caller> anybody() {
    return store.gemeenten().stream()
        .findFirst()
        .map(Organisation::of)
        .map(each -> new Caller("warm-up", Map.of(each.id(), each), Role.ANALIST));
  }

  /** Begins to warm up, beside what is asked; for a program that goes on to serve for long. */
  public void rehearse() {
    owned(rehearsal).start();
  }

  /** Where a drive used to be nothing is written, and nobody seems to be there any more. */
  private void writeUses() {
    if (!folder.isThere()) {
      return;
    }
    try {
      users.writeUses();
      tokens.writeUses();
    } catch (RuntimeException e) {
      events.emit(new Event.FaultFound("", "huishouding", e));
    }
  }

  private void deleteOldVersions() {
    try {
      writeUses();
      audit.deleteOld(settings.policy().auditKept());
      store.deleteOldVersions();
      lookups.forgetGone();
      answers.retain(door::keeps);
    } catch (IOException | RuntimeException e) {
      events.emit(new Event.FaultFound("", "huishouding", e));
    }
  }

  private void deleteOldZips() {
    int days = settings.deliveries().keepDays();
    if (days == 0) {
      return;
    }
    new Leftovers(settings.data(), Steps.NONE)
        .deleteZips(
            Duration.ofDays(days),
            clock,
            failure -> events.emit(new Event.FaultFound("", "huishouding", failure)));
  }

  /** Where the pages, OData and JDBC are. */
  public int port() {
    return web.port();
  }

  /** Where Flight SQL is. */
  public int flightPort() {
    return flight.port();
  }

  /** Where health and metrics are. */
  public int adminPort() {
    return admin.port();
  }

  public Events events() {
    return events;
  }

  /** The gemeenten that are served. */
  public List<Gemeente> gemeenten() {
    return store.gemeenten();
  }

  private <T extends AutoCloseable> T owned(T part) {
    open.push(part);
    return part;
  }

  @Override
  public void close() {
    audit.record(Entry.here(Act.GESTOPT, "", "ketendata " + Version.current()));
    writeUses();
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        events.emit(new Event.FaultFound("", "huishouding", e));
      }
    }
  }
}
