package nl.ketendata.server.odata;

import java.util.ArrayList;
import java.util.List;
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
    if (!rows.select().all()) {
      items.addAll(rows.select().columns());
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
}
