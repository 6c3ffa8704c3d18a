package nl.ketendata.server.manage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import nl.ketendata.server.audit.Act;
import nl.ketendata.server.audit.Auditor;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.http.Head;
import nl.ketendata.server.http.PlainRefusal;
import nl.ketendata.server.identity.Tokens;
import nl.ketendata.server.identity.Users;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.policy.Role;

/**
 * {@code /gebruikers/{organisation}}: its users with a password.
 *
 * <pre>
 * GET    /gebruikers                          whose users the caller manages
 * GET    /gebruikers/GM9030                   all
 * POST   /gebruikers/GM9030                   adds {"naam", "rol"}; tells a one-time password
 * GET    /gebruikers/GM9030/anna              one
 * PATCH  /gebruikers/GM9030/anna              another {"rol"}
 * DELETE /gebruikers/GM9030/anna              removes
 * POST   /gebruikers/GM9030/anna/wachtwoord   another one-time password
 * </pre>
 *
 * <p>A page posts to {@code /gebruikers/GM9030/anna} with the field {@code actie}: {@code rol},
 * {@code wachtwoord} or {@code verwijder}.
 */
public final class UsersHead implements Head {
  private static final String PASSWORD = "wachtwoord";

  private final Users users;
  private final Tokens tokens;
  private final Function<String, Optional<Organisation>> find;
  private final Noted noted;

  /**
   * @param find an organisation by its identifier in upper case
   */
  public UsersHead(
      Users users, Tokens tokens, Function<String, Optional<Organisation>> find, Auditor auditor) {
    this.users = users;
    this.tokens = tokens;
    this.find = find;
    this.noted = new Noted(auditor);
  }

  @Override
  public String segment() {
    return "gebruikers";
  }

  @Override
  public boolean servesForms() {
    return true;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Route route = Route.of(exchange, 3);
    if (route.size() == 0) {
      Places.answer(exchange, segment());
      return;
    }
    Managed managed = Managed.of(exchange.caller(), route.part(0), find);
    if (route.size() == 1) {
      all(exchange, managed);
      return;
    }
    Users.Account account = managed.account(users, route.part(1));
    if (route.size() == 2) {
      one(exchange, managed, account);
      return;
    }
    if (!route.part(2).equals(PASSWORD)) {
      throw Failure.of(Code.UNKNOWN_RESOURCE, exchange.rawPath());
    }
    require(exchange, "POST");
    Sent sent = Sent.of(exchange);
    reset(exchange, managed, account, sent);
  }

  private void all(Exchange exchange, Managed managed) throws IOException {
    if (exchange.method().equals("POST")) {
      add(exchange, managed);
      return;
    }
    require(exchange, "GET", "POST");
    List<Users.Account> accounts = users.all().stream().filter(managed::holds).toList();
    Answer answer = new Answer(exchange);
    if (answer.isPage()) {
      List<Tokens.Listed> own =
          managed.hasTokens() ? TokensHead.of(tokens, managed.organisation()) : List.of();
      new UsersPage(answer, managed).list(accounts, own, exchange.caller().name());
      return;
    }
    ObjectNode body = Answer.JSON.createObjectNode().put("organisatie", managed.name());
    ArrayNode list = body.putArray("gebruikers");
    accounts.forEach(account -> list.add(json(account)));
    answer.json(200, body);
  }

  private void add(Exchange exchange, Managed managed) throws IOException {
    Sent sent = Sent.of(exchange, "naam", "rol");
    String name = sent.required("naam");
    Role role = managed.role(sent.required("rol"));
    String password = users.invite(name, managed.organisation(), role);
    noted.change(
        exchange, Act.GEBRUIKER_VASTGELEGD, managed.organisation(), name + " " + role.id());
    told(exchange, managed, users.account(name), password, 201);
  }

  private void one(Exchange exchange, Managed managed, Users.Account account) throws IOException {
    switch (exchange.method()) {
      case "GET" -> new Answer(exchange).json(200, json(account));
      case "PATCH" -> role(exchange, managed, account, Sent.of(exchange, "rol"));
      case "DELETE" -> remove(exchange, managed, account, Sent.of(exchange));
      case "POST" -> {
        Sent sent = Sent.of(exchange, "actie", "rol");
        switch (sent.required("actie")) {
          case "rol" -> role(exchange, managed, account, sent);
          case "verwijder" -> remove(exchange, managed, account, sent);
          case PASSWORD -> reset(exchange, managed, account, sent);
          default ->
              throw Failure.of(
                  Code.BODY_FIELD, "actie", sent.required("actie"), "rol, verwijder, " + PASSWORD);
        }
      }
      default -> throw Failure.of(Code.METHOD, exchange.method(), "GET, PATCH, DELETE, POST");
    }
  }

  private void role(Exchange exchange, Managed managed, Users.Account account, Sent sent)
      throws IOException {
    notOneself(exchange, account);
    Role role = managed.role(sent.required("rol"));
    users.role(account.name(), role);
    noted.change(
        exchange,
        Act.GEBRUIKER_VASTGELEGD,
        managed.organisation(),
        account.name() + " " + role.id());
    if (sent.isForm()) {
      new Answer(exchange).done(true, back(managed));
      return;
    }
    new Answer(exchange).json(200, json(users.account(account.name())));
  }

  private void remove(Exchange exchange, Managed managed, Users.Account account, Sent sent)
      throws IOException {
    notOneself(exchange, account);
    users.remove(account.name());
    noted.change(exchange, Act.GEBRUIKER_VERWIJDERD, managed.organisation(), account.name());
    new Answer(exchange).done(sent.isForm(), back(managed));
  }

  /** The own password is chosen at {@code /wachtwoord}, by who knows it. */
  private void reset(Exchange exchange, Managed managed, Users.Account account, Sent sent)
      throws IOException {
    notOneself(exchange, account);
    String password = users.reset(account.name());
    noted.change(exchange, Act.WACHTWOORD_GEWIJZIGD, managed.organisation(), account.name());
    told(exchange, managed, users.account(account.name()), password, 200);
  }

  private static void notOneself(Exchange exchange, Users.Account account) {
    if (exchange.caller().name().equals(account.name())) {
      throw Failure.of(Code.OWN_ACCOUNT);
    }
  }

  private void told(
      Exchange exchange, Managed managed, Users.Account account, String password, int status)
      throws IOException {
    Answer answer = new Answer(exchange);
    if (answer.isPage()) {
      new UsersPage(answer, managed).oneTime(account.name(), password);
      return;
    }
    ObjectNode body = json(account).put("eenmalig_wachtwoord", password);
    answer.json(
        status,
        body,
        status == 201
            ? Map.of(
                "Location", exchange.baseUrl() + back(managed) + "/" + Markup.url(account.name()))
            : Map.of());
  }

  private static String back(Managed managed) {
    return "/gebruikers/" + managed.name();
  }

  private static ObjectNode json(Users.Account account) {
    ObjectNode json =
        Answer.JSON.createObjectNode().put("naam", account.name()).put("rol", account.role().id());
    account.lastUsed().ifPresent(when -> json.put("laatst_gebruikt", when.toString()));
    account.oneTimeUntil().ifPresent(when -> json.put("eenmalig_wachtwoord_tot", when.toString()));
    return json;
  }

  static void require(Exchange exchange, String... methods) {
    if (!List.of(methods).contains(exchange.method())) {
      throw Failure.of(Code.METHOD, exchange.method(), String.join(", ", methods));
    }
  }

  @Override
  public void refuse(Exchange exchange, Failure failure) throws IOException {
    PlainRefusal.write(exchange, failure);
  }
}
