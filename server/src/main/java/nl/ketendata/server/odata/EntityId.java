package nl.ketendata.server.odata;

import java.util.Arrays;
import java.util.List;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.odata.model.Model;
import nl.ketendata.server.odata.uri.Address;
import nl.ketendata.server.odata.uri.Percent;
import nl.ketendata.server.odata.uri.QueryOptions;
import nl.ketendata.server.odata.uri.Resource.Kind;

/** Entities by their id: {@code $entity?$id=JW301('a')}. The id is an address of ours. */
final class EntityId {
  private static final String OPTION = "$id";

  private EntityId() {}

  static boolean asked(List<String> segments) {
    return segments.equals(List.of("$entity"));
  }

  /**
   * @param root absolute, with a slash at the end
   * @throws Failure KD516 when there is no id, or it is not that of an entity here
   */
  static Address read(Model model, QueryOptions options, String root) {
    String id = options.get(OPTION).orElse("");
    String below = id.startsWith(root) ? id.substring(root.length()) : id;
    List<String> segments = Arrays.stream(below.split("/", -1)).map(Percent::decode).toList();
    if (below.isEmpty() || below.contains("://")) {
      throw wrong(id);
    }
    Address address = Address.read(model, segments, options.without(OPTION));
    if (address.resource().kind() != Kind.ENTITY) {
      throw wrong(id);
    }
    return address;
  }

  private static Failure wrong(String id) {
    String shown = id.length() > 40 ? id.substring(0, 40) + "…" : id;
    return Failure.of(Code.OPTION_LITERAL, OPTION, shown, "1");
  }
}
