package nl.ketendata.server.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The 22 queries of TPC-H by our road give what the engine itself makes of them. */
class TpchTest {
  private static final double SCALE = 0.01;

  private static Connection engine;
  private static CalciteSchema root;

  @BeforeAll
  static void fill(@TempDir Path folder) throws Exception {
    engine = Roads.engine();
    Map<String, Table> tables = new HashMap<>();
    for (TpchTable<?> table : TpchTable.getTables()) {
      load(table, folder.resolve(table.getTableName() + ".tbl"));
      tables.put(table.getTableName(), new Mirror(table));
    }
    root = Roads.root(tables);
  }

  private static <E extends TpchEntity> void load(TpchTable<E> table, Path file)
      throws IOException, SQLException {
    try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(file))) {
      for (E row : table.createGenerator(SCALE, 1, 1)) {
        String line = row.toLine();
        writer.print(line.substring(0, line.length() - 1) + "\n");
      }
    }
    String columns =
        table.getColumns().stream()
            .map(column -> column.getColumnName() + " " + typeName(column))
            .collect(Collectors.joining(", "));
    try (Statement statement = engine.createStatement()) {
      statement.execute("create table " + table.getTableName() + " (" + columns + ")");
      statement.execute(
          "copy " + table.getTableName() + " from '" + file + "' (delimiter '|', header false)");
    }
  }

  private static <T> T type(
      TpchColumn<?> column, Function<SqlTypeName, T> plain, Function<Integer, T> decimal) {
    return switch (column.getType().getBase()) {
      case IDENTIFIER -> plain.apply(SqlTypeName.BIGINT);
      case INTEGER -> plain.apply(SqlTypeName.INTEGER);
      case DATE -> plain.apply(SqlTypeName.DATE);
      case DOUBLE -> decimal.apply(2);
      case VARCHAR -> plain.apply(SqlTypeName.VARCHAR);
    };
  }

  private static String typeName(TpchColumn<?> column) {
    return type(column, SqlTypeName::getName, scale -> "decimal(15, " + scale + ")");
  }

  /** The engine's table as Calcite sees it. */
  private static final class Mirror extends AbstractTable {
    private final TpchTable<?> table;

    Mirror(TpchTable<?> table) {
      this.table = table;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory types) {
      RelDataTypeFactory.Builder row = types.builder();
      for (TpchColumn<?> column : table.getColumns()) {
        RelDataType type =
            type(
                column,
                types::createSqlType,
                scale -> types.createSqlType(SqlTypeName.DECIMAL, 15, scale));
        row.add(column.getColumnName(), type);
      }
      return row.build();
    }
  }

  @AfterAll
  static void close() throws SQLException {
    engine.close();
  }

  static List<String> queries() throws IOException {
    try (InputStream text =
        Objects.requireNonNull(TpchTest.class.getResourceAsStream("tpch.sql"))) {
      return List.of(
          new String(text.readAllBytes(), StandardCharsets.UTF_8).strip().split(";\\s*"));
    }
  }

  @Test
  void answersAll22QueriesAsTheEngineDoes() throws Exception {
    List<String> queries = queries();
    assertThat(queries).hasSize(22);
    Planner plans = new Planner();
    for (String query : queries) {
      Plan plan = Roads.plan(root, query);
      Outcome direct = Roads.run(engine, query);
      Outcome ours = Roads.run(engine, plan.sql());
      assertThat(ours.rows()).as(query).isEqualTo(direct.rows());
      assertThat(Roads.run(engine, Roads.shared(plans, root, query))).as(query).isEqualTo(ours);
      assertThat(ours.types()).as(query).isEqualTo(Roads.declared(plan));
      assertThat(direct.types()).as(query).isEqualTo(engineTypes(ours.types(), direct.types()));
    }
  }

  /** The engine's own type of a sum of whole numbers is one that no client knows. */
  private static List<String> engineTypes(List<String> ours, List<String> direct) {
    return IntStream.range(0, ours.size())
        .mapToObj(i -> direct.get(i).equals("HUGEINT") ? "HUGEINT" : ours.get(i))
        .toList();
  }
}
