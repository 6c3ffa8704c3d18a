package nl.ketendata.server.settings;

import java.util.List;
import java.util.Map;

/** Tables that give an organisation and a role to what identifies somebody elsewhere. */
final class Memberships {
  /** As {@code policy} has them; settings know nothing of what a role may do. */
  static final List<String> ROLES =
      List.of("analist", "analist-beperkt", "beheerder", "functioneel-beheerder", "leverancier");

  private static final String ORGANISATION = "[A-Za-z][A-Za-z0-9-]{1,62}";

  private Memberships() {}

  /** Every value must be an organisation and a role that exists: {@code GM9030 analist}. */
  static void check(Values values, String name, Map<String, String> table) {
    table.forEach(
        (key, value) -> {
          String[] words = value.split(" ");
          boolean right =
              words.length == 2 && words[0].matches(ORGANISATION) && ROLES.contains(words[1]);
          if (!right) {
            String allowed = "GM9030 " + String.join("|", ROLES);
            values.fault(name + "." + key + " = \"" + value + "\" (" + allowed + ")");
          }
        });
  }
}
