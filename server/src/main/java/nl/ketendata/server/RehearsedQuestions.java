package nl.ketendata.server;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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
 * every step of an answer is in them. {@code __n__} stands for a number that is another each time.
 */
final class RehearsedQuestions {
  private static final int COLUMNS = 6;

  private RehearsedQuestions() {}

  /** Questions that the caller may ask; none when there are no rows. */
  static List<String> of(Door door, Caller caller) {
    List<String> all = new ArrayList<>();
    for (Scope scope : door.scopes(caller)) {
      Mounted mounted = door.mounted(caller, scope);
      smallest(door, caller, mounted).ifPresent(join -> all.addAll(about(mounted, join)));
    }
    return all;
  }

  private static Optional<Join> smallest(Door door, Caller caller, Mounted mounted) {
    return mounted.joins().stream()
        .filter(join -> !join.isToCodes())
        .filter(join -> rows(door, caller, mounted, join.child()) > 0)
        .min(Comparator.comparingLong(join -> rows(door, caller, mounted, join.child())));
  }

  private static long rows(Door door, Caller caller, Mounted mounted, String table) {
    return door.count(caller, mounted, new CountQuestion(table, Optional.empty()));
  }

  private static List<String> about(Mounted mounted, Join join) {
    Scope scope = mounted.scope();
    String root = String.join("/", "/odata", scope.organisation(), scope.product().id(), "");
    Table child = mounted.table(join.child()).orElseThrow();
    String set = root + child.name();
    String key = child.key();
    String columns =
        child.columns().stream().limit(COLUMNS).map(Column::name).collect(Collectors.joining(","));
    String condition = key + " ne '__n__' and " + dated(child);
    String filter = "$filter=" + encoded(condition);
    String ordered = "&$orderby=" + encoded(Table.GELADEN_OP + " desc," + key);
    String page = set + "?$top=20&$select=" + columns + ordered + "&" + filter;
    return List.of(
        page,
        set + "/$count?" + filter,
        set + "('__n__')",
        page,
        set + "?$top=5&n=__n__",
        set + "/$count?n=__n__",
        root + join.parent() + "?$top=5&n=__n__&$expand=" + join.toChildren(),
        page + "&$count=true",
        set + "?$apply=" + encoded("filter(" + condition + ")/aggregate($count as n)"));
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
