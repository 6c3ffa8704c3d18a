package nl.ketendata.server.algebra;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.calcite.jdbc.CalciteConnection;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;

/** Two roads to one answer: ours over the store's engine, and Calcite's own execution. */
final class Roads implements AutoCloseable {
  private final Connection store;
  private final Connection oracle;
  private final CalciteSchema root;

  private Roads(Connection store, Connection oracle, CalciteSchema root) {
    this.store = store;
    this.oracle = oracle;
    this.root = root;
  }

  /** Over the sample table. */
  static Roads overSample() throws SQLException {
    Connection store = engine();
    try (Statement statement = store.createStatement()) {
      statement.execute(Sample.CREATE);
      statement.execute(Sample.INSERT);
    }
    Sample sample = new Sample(store);
    Properties properties = new Properties();
    properties.setProperty("conformance", "LENIENT");
    properties.setProperty("fun", "standard,postgresql");
    properties.setProperty("caseSensitive", "false");
    properties.setProperty("unquotedCasing", "UNCHANGED");
    properties.setProperty("quotedCasing", "UNCHANGED");
    properties.setProperty("typeSystem", OracleTypes.class.getName() + "#INSTANCE");
    properties.setProperty("timeZone", "UTC");
    Connection oracle = DriverManager.getConnection("jdbc:calcite:", properties);
    oracle.unwrap(CalciteConnection.class).getRootSchema().add("t", sample);
    return new Roads(store, oracle, root(Map.of("t", sample)));
  }

  /** An engine with the settings that the store gives it. */
  static Connection engine() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("set error_on_division_by_zero=false");
      statement.execute("set ieee_floating_point_ops=false");
      statement.execute("set TimeZone='UTC'");
      statement.execute("set threads=2");
    }
    return connection;
  }

  /** Tables as they are named in an engine without files. */
  static CalciteSchema root(Map<String, Table> tables) {
    Schema main =
        new AbstractSchema() {
          @Override
          protected Map<String, Table> getTableMap() {
            return tables;
          }
        };
    Schema memory =
        new AbstractSchema() {
          @Override
          protected Map<String, Schema> getSubSchemaMap() {
            return Map.of("main", main);
          }
        };
    CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    root.add("memory", memory);
    return root;
  }

  static Plan plan(CalciteSchema root, String sql) {
    return planner(root).plan(sql);
  }

  private static SqlPlanner planner(CalciteSchema root) {
    return new SqlPlanner(
        root,
        List.of(List.of("memory", "main"), List.of()),
        () -> new SqlFailures.Names(List.of(), List.of()));
  }

  /** A plan that statements about other values share, with the values of this one. */
  static Bound<Plan> shared(Planner plans, CalciteSchema root, String sql) {
    return new SharedSql(plans, "", () -> planner(root)).plan(sql);
  }

  Bound<Plan> shared(Planner plans, String sql) {
    return shared(plans, root, sql);
  }

  Plan plan(String sql) {
    return plan(root, sql);
  }

  /** Our road; the engine's own types. */
  Outcome ours(String sql) throws SQLException {
    return ours(plan(sql));
  }

  Outcome ours(Plan plan) throws SQLException {
    return run(store, plan.sql());
  }

  Outcome run(Bound<Plan> bound) throws SQLException {
    return run(store, bound);
  }

  /** The types that we tell before running. */
  static List<String> declared(Plan plan) {
    return plan.columns().stream()
        .map(column -> Outcome.type(column.typeName(), column.precision(), column.scale()))
        .toList();
  }

  /** Calcite's own execution. */
  Outcome oracle(String sql) throws SQLException {
    return run(oracle, sql);
  }

  static Outcome run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return Outcome.of(rows);
    }
  }

  static Outcome run(Connection connection, Bound<Plan> bound) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(bound.plan().sql())) {
      for (int i = 0; i < bound.values().size(); i++) {
        statement.setObject(i + 1, bound.values().get(i));
      }
      try (ResultSet rows = statement.executeQuery()) {
        return Outcome.of(rows);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    oracle.close();
    store.close();
  }
}
