package nl.ketendata.server;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.ColumnType;
import nl.ketendata.schema.Join;
import nl.ketendata.schema.Table;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.query.Door;
import nl.ketendata.server.query.Mounted;
import nl.ketendata.server.question.CountQuestion;
import nl.ketendata.server.question.Scope;

/**
 * Addresses of small questions about the smallest tables with rows: what clients ask most, so that
 * every step of an answer is in them. And of a part of the largest table, long enough for the steps
 * that only a long answer takes: several batches, pieces and packed blocks.
 */
final class RehearsedQuestions {
  private static final int COLUMNS = 6;

  /** More than a batch of the store has. */
  private static final int MANY_ROWS = 5_000;

  private RehearsedQuestions() {}

  /** Questions that the caller may ask; none when there are no rows. */
  static List<RehearsedQuestion> of(Door door, Caller caller) {
    List<RehearsedQuestion> all = new ArrayList<>();
    for (Scope scope : door.scopes(caller)) {
      Mounted mounted = door.mounted(caller, scope);
      List<Join> joins = joins(door, caller, mounted);
      joins.stream().findFirst().ifPresent(join -> all.addAll(about(mounted, join)));
      joins.stream()
          .reduce((smaller, larger) -> larger)
          .ifPresent(join -> all.add(manyRows(mounted, join)));
    }
    return all;
  }

  /** To children that there are, fewest first. */
  private static List<Join> joins(Door door, Caller caller, Mounted mounted) {
    return mounted.joins().stream()
        .filter(join -> !join.isToCodes())
        .filter(join -> rows(door, caller, mounted, join.child()) > 0)
        .sorted(Comparator.comparingLong(join -> rows(door, caller, mounted, join.child())))
        .toList();
  }

  private static long rows(Door door, Caller caller, Mounted mounted, String table) {
    return door.count(caller, mounted, new CountQuestion(table, Optional.empty()));
  }

  private static List<RehearsedQuestion> about(Mounted mounted, Join join) {
    String root = root(mounted.scope());
    Table child = mounted.table(join.child()).orElseThrow();
    String set = root + child.name();
    String key = child.key();
    String columns =
        child.columns().stream().limit(COLUMNS).map(Column::name).collect(Collectors.joining(","));
    String condition = key + " ne '__n__' and " + dated(child);
    String filter = "$filter=" + encoded(condition);
    String ordered = "&$orderby=" + encoded(Table.GELADEN_OP + " desc," + key);
    String page = set + "?$top=20&$select=" + columns + ordered + "&" + filter;
    return Stream.of(
            page,
            set + "/$count?" + filter,
            set + "('__n__')",
            page,
            set + "?$top=5&n=__n__",
            set + "/$count?n=__n__",
            root + join.parent() + "?$top=5&n=__n__&$expand=" + join.toChildren(),
            page + "&$count=true",
            set + "?$apply=" + encoded("filter(" + condition + ")/aggregate($count as n)"))
        .map(address -> new RehearsedQuestion(address, false))
        .toList();
  }

  private static RehearsedQuestion manyRows(Mounted mounted, Join join) {
    String set = root(mounted.scope()) + join.child();
    return new RehearsedQuestion(set + "?$top=" + MANY_ROWS + "&n=__n__", true);
  }

  private static String root(Scope scope) {
    return String.join("/", "/odata", scope.organisation(), scope.product().id(), "");
  }

  private static String dated(Table table) {
    return table.columns().stream()
        .filter(column -> column.type() == ColumnType.DATE)
        .findFirst()
        .map(column -> "(" + column.name() + " ge 2001-01-01 or " + column.name() + " eq null)")
        .orElse(Table.NUMMER + " ge 1");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
