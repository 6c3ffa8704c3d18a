package nl.ketendata.server.algebra;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Words;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlExplain;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.tools.RelBuilder;

/**
 * SQL text as a tree: parsed, validated against what the caller may see, checked against the
 * allow-list. Sub-queries stay sub-queries; the store plans them better than a rewrite does.
 */
final class SqlPlanner {
  /** A longer list of IN becomes a table: alternatives by the thousand take seconds to plan. */
  static final int LONGEST_LIST = 100;

  private final CalciteSchema root;
  private final List<List<String>> paths;
  private final Supplier<SqlFailures.Names> names;

  /**
   * @param root what the caller may see
   * @param paths where unqualified names are looked up, in order
   * @param names what a wrong name could have meant
   */
  SqlPlanner(CalciteSchema root, List<List<String>> paths, Supplier<SqlFailures.Names> names) {
    this.root = root;
    this.paths = paths;
    this.names = names;
  }

  /**
   * @param snapshots everything that the caller may see
   * @param organisation the catalog of unqualified names
   */
  static SqlPlanner over(Collection<Snapshot> snapshots, Optional<String> organisation) {
    return new SqlPlanner(
        Mounts.root(snapshots), paths(organisation), () -> SqlFailures.Names.of(snapshots));
  }

  /** The default catalog's products first. */
  private static List<List<String>> paths(Optional<String> organisation) {
    List<List<String>> paths = new ArrayList<>();
    organisation.ifPresent(
        id -> {
          for (Product product : Product.values()) {
            paths.add(List.of(id, product.schemaName()));
          }
          paths.add(List.of(id));
        });
    paths.add(List.of());
    return paths;
  }

  Plan plan(String text) {
    SqlText read = SqlText.parse(text);
    return plan(read, new Lifting.Applied(read.node(), Lifting.NONE));
  }

  /**
   * @param lifted what was read, with parameters for constants
   */
  Plan plan(SqlText read, Lifting.Applied lifted) {
    SqlNode parsed = lifted.node();
    boolean explain = parsed instanceof SqlExplain;
    SqlNode query = explain ? ((SqlExplain) parsed).getExplicandum() : parsed;
    try {
      return explain ? explained(query) : planned(query, lifted.lifting());
    } catch (CalciteContextException e) {
      throw SqlFailures.of(e, names.get(), read.edits());
    } catch (AssertionError e) {
      throw String.valueOf(e.getMessage()).contains("RepeatUnion")
          ? Failure.of(Code.RECURSION, OTHER_TYPE).causedBy(e)
          : Failure.of(Code.NOT_SUPPORTED, "Deze vorm van SQL").causedBy(e);
    } catch (UnsupportedOperationException e) {
      throw Failure.of(Code.NOT_SUPPORTED, "Deze vorm van SQL").causedBy(e);
    }
  }

  private Plan planned(SqlNode query, Lifting lifting) {
    Validated validated = validate(query);
    RelNode tree = validated.root.project();
    List<PlanColumn> columns = columns(validated);
    if (!lifting.isEmpty()) {
      return lifted(tree, columns);
    }
    Unparser.Written written = Unparser.written(tree);
    return new Plan(written.sql(), columns, parameters(validated), 0, written.lookup());
  }

  private static Plan lifted(RelNode tree, List<PlanColumn> columns) {
    LiftedValues values = new LiftedValues(tree.getCluster().getRexBuilder());
    Unparser.Written written = Unparser.written(tree.accept(values));
    int lifted = values.readsTexts() ? 0 : written.parameters().size();
    return new Plan(written.sql(), columns, List.of(), lifted, written.lookup());
  }

  /** The tree as text: one line per row, in our names. */
  private Plan explained(SqlNode query) {
    RelNode tree = validate(query).root.project();
    RelBuilder builder = Clusters.builder(tree.getCluster());
    RelDataType row = builder.getTypeFactory().builder().add("PLAN", SqlTypeName.VARCHAR).build();
    Object[] lines = Explanation.of(tree).toArray();
    builder.values(new String[] {"PLAN"}, lines);
    return new Plan(
        Unparser.sql(builder.build()),
        List.of(Unparser.column("PLAN", row.getFieldList().get(0).getType(), List.of())),
        List.of());
  }

  private record Validated(SqlValidator validator, SqlNode node, RelRoot root) {}

  private Validated validate(SqlNode query) {
    RelOptCluster cluster = Clusters.create();
    CatalogReader reader = new CatalogReader(root, paths, (Types) cluster.getTypeFactory());
    SqlValidator validator =
        new Validator(Functions.TABLE, reader, (Types) cluster.getTypeFactory());
    SqlNode node = validator.validate(query);
    SqlToRelConverter converter =
        new SqlToRelConverter(
            (type, sql, path, view) -> {
              throw new UnsupportedOperationException("view");
            },
            validator,
            reader,
            cluster,
            new Convertlets(),
            SqlToRelConverter.config()
                .withExpand(false)
                .withTrimUnusedFields(false)
                .withInSubQueryThreshold(LONGEST_LIST)
                .withRelBuilderConfigTransform(config -> config.withSimplify(false).withBloat(-1)));
    RelRoot root = converter.convertQuery(node, false, true);
    AllowList.check(root.rel);
    return new Validated(validator, node, root.withRel(Recursion.bounded(root.rel)));
  }

  private static List<PlanColumn> columns(Validated validated) {
    List<PlanColumn> columns = new ArrayList<>();
    List<List<String>> origins = validated.validator.getFieldOrigins(validated.node);
    List<RelDataTypeField> fields = validated.root.validatedRowType.getFieldList();
    for (int i = 0; i < fields.size(); i++) {
      List<String> origin = i < origins.size() ? origins.get(i) : null;
      columns.add(
          Unparser.column(
              fields.get(i).getName(),
              fields.get(i).getType(),
              origin == null ? List.of() : origin));
    }
    return columns;
  }

  private static List<PlanColumn> parameters(Validated validated) {
    return Unparser.columns(validated.validator.getParameterRowType(validated.node));
  }

  /** Finds names in any case. */
  private static final Words OTHER_TYPE =
      new Words(
          "een kolom verandert per stap van type, leg het vast met bijvoorbeeld CAST(x AS DOUBLE)",
          "a column changes its type with each step, fix it with for example CAST(x AS DOUBLE)");

  private static final class CatalogReader extends CalciteCatalogReader {
    private static final CalciteConnectionConfigImpl ANY_CASE = anyCase();
    private static final int TABLE_EFFORT = 50;

    CatalogReader(CalciteSchema root, List<List<String>> paths, Types types) {
      super(root, new AnyCase(types.effort()), paths, types, ANY_CASE);
    }

    @Override
    public Prepare.PreparingTable getTable(List<String> names) {
      ((Types) typeFactory).effort().spend(TABLE_EFFORT);
      return super.getTable(names);
    }

    private static CalciteConnectionConfigImpl anyCase() {
      Properties properties = new Properties();
      properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
      return new CalciteConnectionConfigImpl(properties);
    }
  }
}
