package nl.ketendata.server.odata;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.schema.Column;
import nl.ketendata.schema.Table;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.odata.model.Model;
import nl.ketendata.server.odata.uri.Address;
import nl.ketendata.server.odata.uri.QueryOptions;
import nl.ketendata.server.query.Door;
import nl.ketendata.server.query.Mounted;

/**
 * Questions for what has changed since a version. What can no longer be compared is gone (410): its
 * client has to walk through all rows again, which is another message than that it asks wrongly.
 */
final class Since {
  private Since() {}

  /**
   * @throws Failure KD410 for changes of columns that are no longer there
   */
  static Address address(Model model, RequestPath path, QueryOptions options, String root) {
    try {
      return EntityId.asked(path.segments())
          ? EntityId.read(model, path.segments(), options, root)
          : Address.read(model, path.segments(), options);
    } catch (Failure failure) {
      if (failure.code() == Code.UNKNOWN_PROPERTY && options.get(DeltaToken.OPTION).isPresent()) {
        throw Failure.of(Code.VERSION_GONE, DeltaToken.OPTION).causedBy(failure);
      }
      throw failure;
    }
  }

  /**
   * The version whose changes are asked for. Before anything is answered: also what was answered
   * once, and is known or kept, ends with its version, or a walk would end somewhere in the middle.
   */
  static Optional<Mounted> version(Door door, Request request) {
    return request
        .since()
        .map(
            since ->
                door.mounted(
                    request.exchange().caller(), request.mounted().scope(), since.version()))
        .map(before -> comparable(before, request));
  }

  /**
   * @throws Failure KD410 when all columns are shown and one of them is no longer there: the rows
   *     that the client has would keep it
   */
  private static Mounted comparable(Mounted before, Request request) {
    String table = request.address().rows().type().name();
    Set<Column> left = new HashSet<>(columns(before, table));
    left.removeAll(columns(request.mounted(), table));
    if (request.address().rows().select().all() && !left.isEmpty()) {
      throw Failure.of(Code.VERSION_GONE, before.version());
    }
    return before;
  }

  private static List<Column> columns(Mounted mounted, String table) {
    return mounted.table(table).map(Table::allColumns).orElse(List.of());
  }
}
