package nl.ketendata.server.odata;

import java.util.ArrayList;
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
    return !segments.isEmpty() && segments.get(0).equals("$entity") && segments.size() <= 2;
  }

  /**
   * @param path {@code $entity}, and perhaps the name of a type
   * @param root absolute, with a slash at the end
   * @throws Failure KD516 when there is no id, or it is not that of an entity here
   */
  static Address read(Model model, List<String> path, QueryOptions options, String root) {
    String id = options.get(OPTION).or(() -> options.custom("id")).orElse("");
    String below = below(id, root);
    if (below.isEmpty() || below.startsWith("/") || below.contains("://")) {
      throw wrong(id);
    }
    List<String> segments = new ArrayList<>();
    Arrays.stream(below.split("/", -1)).map(Percent::decode).forEach(segments::add);
    // A type behind $entity says of which type the entity is.
    segments.addAll(path.subList(1, path.size()));
    Address address = Address.read(model, segments, options.without(OPTION));
    if (address.resource().kind() != Kind.ENTITY) {
      throw wrong(id);
    }
    return address;
  }

  /** The id below the service root: it may be whole, from the root of the host, or relative. */
  private static String below(String id, String root) {
    String path = root.replaceFirst("^[a-zA-Z]+://[^/]*", "");
    for (String start : List.of(root, path)) {
      if (id.startsWith(start)) {
        return id.substring(start.length());
      }
    }
    return id;
  }

  private static Failure wrong(String id) {
    String shown = id.length() > 40 ? id.substring(0, 40) + "…" : id;
    return Failure.of(Code.OPTION_LITERAL, OPTION, shown, "1");
  }
}
