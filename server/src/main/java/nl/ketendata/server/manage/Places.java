package nl.ketendata.server.manage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.http.Html;
import nl.ketendata.server.policy.Action;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Policy;
import nl.ketendata.server.policy.Reach;

/** Whose users somebody manages, to choose from. */
final class Places {
  private Places() {}

  private static List<String> of(Caller caller) {
    List<String> names = new ArrayList<>();
    if (Policy.allows(caller.role(), Action.MANAGE_USERS, Reach.INSTALLATION)) {
      names.add(Managed.INSTALLATION);
    }
    caller.organisations().keySet().stream()
        .filter(id -> caller.may(Action.MANAGE_USERS, id))
        .sorted()
        .forEach(names::add);
    return names;
  }

  /**
   * @throws Failure KD602 when there are none
   */
  static void answer(Exchange exchange, String segment) throws IOException {
    UsersHead.require(exchange, "GET");
    List<String> names = of(exchange.caller());
    if (names.isEmpty()) {
      throw Failure.of(Code.NOT_ALLOWED, exchange.caller().role().id());
    }
    Answer answer = new Answer(exchange);
    if (answer.isPage() && names.size() == 1) {
      answer.done(true, "/" + segment + "/" + names.get(0));
      return;
    }
    if (answer.isPage()) {
      Html list = new Html().raw("<ul>\n");
      for (String name : names) {
        list.raw("<li>").link(answer.keep("/" + segment + "/" + name), name).raw("</li>\n");
      }
      answer.page(answer.say("Gebruikers", "Users"), list.raw("</ul>\n"));
      return;
    }
    ObjectNode body = Answer.JSON.createObjectNode();
    ArrayNode list = body.putArray("organisaties");
    names.forEach(list::add);
    answer.json(200, body);
  }
}
