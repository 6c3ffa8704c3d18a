package nl.ketendata.server.manage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import nl.ketendata.server.audit.Act;
import nl.ketendata.server.audit.Auditor;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.http.Head;
import nl.ketendata.server.http.PlainRefusal;
import nl.ketendata.server.identity.Tokens;
import nl.ketendata.server.policy.Action;
import nl.ketendata.server.policy.Role;

/**
 * {@code /tokens/{organisation}}: the keys of programs.
 *
 * <pre>
 * GET    /tokens/GM9030            all that are good
 * POST   /tokens/GM9030            makes one of {"naam", "rol", "dagen"}; tells it once
 * DELETE /tokens/GM9030/1a2b3c4d   revokes the one with this mark
 * </pre>
 *
 * <p>A page revokes by a {@code POST} to the address of the token.
 */
public final class TokensHead implements Head {
  private static final int DAYS = 90;

  private final Tokens tokens;
  private final Noted noted;

  public TokensHead(Tokens tokens, Auditor auditor) {
    this.tokens = tokens;
    this.noted = new Noted(auditor);
  }

  /** The tokens of an organisation that are good. */
  static List<Tokens.Listed> of(Tokens tokens, String organisation) {
    return tokens.all().stream().filter(each -> each.organisation().equals(organisation)).toList();
  }

  @Override
  public String segment() {
    return "tokens";
  }

  @Override
  public boolean servesForms() {
    return true;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Route route = Route.of(exchange, 2);
    if (route.size() == 0) {
      throw Failure.of(Code.UNKNOWN_RESOURCE, exchange.rawPath());
    }
    String organisation = exchange.caller().require(Action.MANAGE_USERS, route.part(0)).id();
    if (route.size() == 2) {
      revoke(exchange, organisation, route.part(1));
      return;
    }
    if (exchange.method().equals("POST")) {
      make(exchange, organisation);
      return;
    }
    UsersHead.require(exchange, "GET", "POST");
    ObjectNode body = Answer.JSON.createObjectNode().put("organisatie", organisation);
    ArrayNode list = body.putArray("tokens");
    of(tokens, organisation).forEach(token -> list.add(json(token)));
    new Answer(exchange).json(200, body);
  }

  private void make(Exchange exchange, String organisation) throws IOException {
    Sent sent = Sent.of(exchange, "naam", "rol", "dagen");
    String name = sent.required("naam");
    Role role = Role.parse(sent.text("rol").orElse(Role.ANALIST.id()));
    int days = sent.number("dagen", DAYS);
    String token = tokens.create(name, organisation, role, days);
    noted.change(exchange, Act.TOKEN_GEMAAKT, organisation, name + " " + role.id());
    Answer answer = new Answer(exchange);
    if (answer.isPage()) {
      new TokensPage(answer, organisation).made(name, token);
      return;
    }
    ObjectNode body = Answer.JSON.createObjectNode();
    of(tokens, organisation).stream()
        .filter(each -> each.mark().equals(Tokens.mark(token)))
        .findFirst()
        .ifPresent(each -> body.setAll(json(each)));
    answer.json(201, body.put("token", token));
  }

  private void revoke(Exchange exchange, String organisation, String mark) throws IOException {
    UsersHead.require(exchange, "DELETE", "POST");
    Sent sent = Sent.of(exchange);
    Tokens.Listed token =
        of(tokens, organisation).stream()
            .filter(each -> each.mark().equals(mark))
            .findFirst()
            .orElseThrow(() -> Failure.of(Code.UNKNOWN_TOKEN, mark));
    tokens.revoke(token);
    noted.change(exchange, Act.TOKEN_INGETROKKEN, organisation, token.name() + " " + token.mark());
    boolean form = sent.isForm() || exchange.method().equals("POST");
    new Answer(exchange).done(form, "/gebruikers/" + organisation);
  }

  private static ObjectNode json(Tokens.Listed token) {
    ObjectNode json =
        Answer.JSON
            .createObjectNode()
            .put("naam", token.name())
            .put("kenmerk", token.mark())
            .put("rol", token.role().id())
            .put("geldig_tot", token.expires().toString());
    token.lastUsed().ifPresent(when -> json.put("laatst_gebruikt", when.toString()));
    return json;
  }

  @Override
  public void refuse(Exchange exchange, Failure failure) throws IOException {
    PlainRefusal.write(exchange, failure);
  }
}
