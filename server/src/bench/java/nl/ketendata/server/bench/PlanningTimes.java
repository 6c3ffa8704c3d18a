package nl.ketendata.server.bench;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import nl.ketendata.server.algebra.Planner;
import nl.ketendata.server.algebra.Snapshot;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.query.Limits;
import nl.ketendata.server.query.StoreDoor;
import nl.ketendata.server.question.Expression;
import nl.ketendata.server.question.Expression.Call;
import nl.ketendata.server.question.Expression.ColumnOf;
import nl.ketendata.server.question.Expression.Constant;
import nl.ketendata.server.question.Function;
import nl.ketendata.server.question.Order;
import nl.ketendata.server.question.RowsQuestion;
import nl.ketendata.server.question.SqlQuestion;
import nl.ketendata.server.store.Store;
import nl.ketendata.server.store.StoreSettings;

/** From a question to the store's SQL, in this process, warm. */
final class PlanningTimes {
  private static final int WARM_UP = 20;
  private static final String TABLE = "JW301_ToegewezenProduct";

  private final BenchSettings settings;
  private final DataSet data;
  private final Table table;
  private final Catalogue catalogue = Catalogue.read();
  private final Organisation organisation = Organisation.of(Gemeente.parse(DataSet.GEMEENTE));
  private int unique;

  PlanningTimes(BenchSettings settings, DataSet data, Table table) {
    this.settings = settings;
    this.data = data;
    this.table = table;
  }

  void run() {
    StoreSettings storeSettings =
        new StoreSettings(data.folder(), 1_024, 1_024, 2, 8, Duration.ofHours(1));
    Planner planner = new Planner();
    Duration minute = Duration.ofMinutes(1);
    try (Store store = new Store(catalogue, storeSettings, Clock.systemUTC());
        StoreDoor door =
            new StoreDoor(
                catalogue,
                store,
                planner,
                new Limits(8, minute, minute, minute),
                new Events(List.of()))) {
      Caller caller = new Caller("bench", Map.of(organisation.id(), organisation), Role.ANALIST);
      sql(door, caller);
      odata(planner, snapshot(store));
    }
  }

  private Snapshot snapshot(Store store) {
    return Snapshot.of(
        organisation,
        Product.IJW,
        List.of(store.current(organisation.gemeenten().get(0), Product.IJW).orElseThrow()),
        catalogue.standard(Product.IJW).joins());
  }

  private void sql(StoreDoor door, Caller caller) {
    for (int i = 0; i < WARM_UP; i++) {
      Statements.ANALYTIC.forEach(statement -> prepare(door, caller, fresh(statement)));
    }
    double[] fresh = new double[Statements.ANALYTIC.size() * settings.rounds()];
    double[] known = new double[fresh.length];
    for (int i = 0; i < fresh.length; i++) {
      String text = fresh(Statements.ANALYTIC.get(i % Statements.ANALYTIC.size()));
      fresh[i] = prepare(door, caller, text);
      known[i] = prepare(door, caller, text);
    }
    report("planning SQL, 20 analytic statements", fresh, known);
  }

  private String fresh(String statement) {
    return Statements.text(statement, unique++);
  }

  private static double prepare(StoreDoor door, Caller caller, String text) {
    long started = System.nanoTime();
    door.prepare(caller, new SqlQuestion(text, Optional.empty()));
    return Rounds.since(started);
  }

  private void odata(Planner planner, Snapshot snapshot) {
    IntStream.range(0, 20 * WARM_UP).forEach(i -> plan(planner, snapshot, page(unique++)));
    double[] fresh = new double[20 * settings.rounds()];
    double[] known = new double[fresh.length];
    for (int i = 0; i < fresh.length; i++) {
      RowsQuestion question = page(unique++);
      fresh[i] = plan(planner, snapshot, question);
      known[i] = plan(planner, snapshot, question);
    }
    report("planning an OData page with filter and order", fresh, known);
  }

  private static double plan(Planner planner, Snapshot snapshot, RowsQuestion question) {
    long started = System.nanoTime();
    planner.rows(snapshot, question);
    return Rounds.since(started);
  }

  private static RowsQuestion page(int number) {
    Expression filter =
        Call.of(
            Function.AND,
            Call.of(Function.EQ, column("Product_Code"), Constant.of("41A" + number)),
            Call.of(Function.GE, column("Ingangsdatum"), Constant.of(LocalDate.of(2024, 1, 1))));
    return new RowsQuestion(
        TABLE,
        List.of("ToegewezenProduct_Id", "Product_Code", "Ingangsdatum", "Einddatum"),
        Optional.of(filter),
        List.of(new Order(column("Ingangsdatum"), true)),
        0,
        OptionalLong.of(100),
        OptionalLong.empty(),
        List.of());
  }

  private static Expression column(String name) {
    return new ColumnOf(Expression.IT, List.of(), name);
  }

  private void report(String what, double[] fresh, double[] known) {
    table.row(
        what,
        "new: median " + Table.millis(Rounds.quantile(fresh, 0.5)),
        "p95 " + Table.millis(Rounds.quantile(fresh, 0.95)),
        "known: " + Table.format("%.3f ms", Rounds.quantile(known, 0.5) * 1_000),
        "");
  }
}
