package nl.ketendata.server.algebra;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;

/** Puts the rows of several pipelines together; what one of them lacks is null there. */
final class Branches {
  private final RelBuilder builder;
  private final RexBuilder rex;

  Branches(RelBuilder builder) {
    this.builder = builder;
    this.rex = builder.getRexBuilder();
  }

  Rows of(List<Rows> branches) {
    Map<String, RelDataType> types = types(branches);
    int number = 0;
    for (Rows branch : branches) {
      builder.push(branch.rel());
      List<RexNode> nodes = new ArrayList<>();
      types.forEach((path, type) -> nodes.add(value(branch, path, type)));
      nodes.add(branch(branch, number));
      number += branch.branches();
      List<String> names = IntStream.range(0, nodes.size()).mapToObj(i -> "_t" + i).toList();
      builder.project(nodes, names, true);
    }
    builder.union(true, branches.size());
    return rows(branches, types, builder.build(), number);
  }

  private Map<String, RelDataType> types(List<Rows> branches) {
    Map<String, RelDataType> types = new LinkedHashMap<>();
    for (Rows branch : branches) {
      branch
          .fields()
          .forEach(
              (path, field) ->
                  types.merge(path, type(branch, field), (a, b) -> common(path, a, b)));
    }
    return types;
  }

  private RelDataType type(Rows branch, Rows.Field field) {
    RelDataType type = branch.rel().getRowType().getFieldList().get(field.index()).getType();
    return builder.getTypeFactory().createTypeWithNullability(type, true);
  }

  private RelDataType common(String path, RelDataType a, RelDataType b) {
    return Optional.ofNullable(builder.getTypeFactory().leastRestrictive(List.of(a, b)))
        .orElseThrow(() -> Failure.of(Code.INVALID_QUESTION, "concat: " + path));
  }

  private RexNode value(Rows branch, String path, RelDataType type) {
    Rows.Field field = branch.fields().get(path);
    return field == null
        ? rex.makeNullLiteral(type)
        : rex.ensureType(type, builder.field(field.index()), false);
  }

  private RexNode branch(Rows branch, int from) {
    RelDataType bigint = builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
    RexNode first = rex.makeExactLiteral(BigDecimal.valueOf(from), bigint);
    return branch.branch().isEmpty()
        ? first
        : rex.makeCall(SqlStdOperatorTable.PLUS, builder.field(branch.branch().getAsInt()), first);
  }

  private static Rows rows(
      List<Rows> branches, Map<String, RelDataType> types, RelNode rel, int number) {
    Map<String, Rows.Field> fields = new LinkedHashMap<>();
    for (String path : types.keySet()) {
      Optional<Rows.Field> known =
          branches.stream()
              .filter(branch -> branch.fields().containsKey(path))
              .map(branch -> branch.fields().get(path))
              .findFirst();
      fields.put(path, new Rows.Field(fields.size(), known.flatMap(Rows.Field::clock)));
    }
    List<Integer> ties = new ArrayList<>(List.of(types.size()));
    IntStream.range(0, types.size()).forEach(ties::add);
    Rows first = branches.get(0);
    return new Rows(
        rel,
        first.snapshot(),
        fields,
        Optional.empty(),
        ties,
        OptionalInt.of(types.size()),
        number,
        List.of(),
        branches.stream().anyMatch(Rows::narrowed));
  }
}
