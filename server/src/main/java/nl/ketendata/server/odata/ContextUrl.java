package nl.ketendata.server.odata;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.ketendata.server.odata.json.Links;
import nl.ketendata.server.odata.uri.RowOptions;
import nl.ketendata.server.odata.uri.RowOptions.Expansion;
import nl.ketendata.server.odata.uri.RowOptions.Shown;

/** Addresses that say what an answer holds (OData JSON Format, chapter 4.5.1 and 10). */
final class ContextUrl {
  private final String root;

  ContextUrl(String root) {
    this.root = root + "$metadata";
  }

  String service() {
    return root;
  }

  String rows(RowOptions rows) {
    return root + "#" + rows.type().name() + list(rows);
  }

  String entity(RowOptions rows) {
    return rows(rows) + "/$entity";
  }

  String property(String set, String key, String property) {
    return root + "#" + Links.entity(set, key) + "/" + property;
  }

  String deleted(String set) {
    return root + "#" + set + "/$deletedEntity";
  }

  String references() {
    return root + "#Collection($ref)";
  }

  String reference() {
    return root + "#$ref";
  }

  private static String list(RowOptions rows) {
    String items = items(rows);
    return items.isEmpty() ? "" : "(" + items + ")";
  }

  private static String items(RowOptions rows) {
    List<String> items = new ArrayList<>();
    if (!rows.select().all() || !rows.shape().entity()) {
      items.addAll(grouped(rows.select().columns()));
      items.addAll(rows.select().navigations());
    }
    for (Expansion expansion : rows.expands()) {
      String name = expansion.navigation().name();
      items.remove(name);
      if (expansion.shown() == Shown.ROWS) {
        items.add(name + "(" + items(expansion.rows()) + ")");
      } else if (expansion.shown() == Shown.REFERENCES) {
        items.add(name + "/$ref");
      }
    }
    return String.join(",", items);
  }

  /** Paths to columns of parents as OData writes them: {@code JW301(Header_Afzender)}. */
  private static List<String> grouped(List<String> paths) {
    Map<String, List<String>> inside = new LinkedHashMap<>();
    for (String path : paths) {
      int slash = path.indexOf('/');
      List<String> rest =
          inside.computeIfAbsent(
              slash < 0 ? path : path.substring(0, slash), name -> new ArrayList<>());
      if (slash >= 0) {
        rest.add(path.substring(slash + 1));
      }
    }
    List<String> items = new ArrayList<>();
    inside.forEach(
        (name, rest) ->
            items.add(rest.isEmpty() ? name : name + "(" + String.join(",", grouped(rest)) + ")"));
    return items;
  }
}
