package nl.ketendata.server.manage;

import java.io.IOException;
import java.util.List;
import nl.ketendata.server.http.Html;
import nl.ketendata.server.identity.Tokens;
import nl.ketendata.server.identity.Users;

/** The page where somebody manages the users, and the tokens when they are his too. */
final class UsersPage {
  private final Answer answer;
  private final Managed managed;
  private final Html html = new Html();

  UsersPage(Answer answer, Managed managed) {
    this.answer = answer;
    this.managed = managed;
  }

  private String address() {
    return "/gebruikers/" + managed.name();
  }

  /**
   * @param oneself who looks: can change nothing about himself here
   */
  void list(List<Users.Account> accounts, List<Tokens.Listed> tokens, String oneself)
      throws IOException {
    String role = answer.say("Rol", "Role");
    String used = answer.say("Laatst aangemeld", "Last sign-in");
    String until = answer.say("Eenmalig wachtwoord tot", "One-time password until");
    Markup.heads(
        html, answer.say("Naam", "Name"), role, used, until, answer.say("Wijzigen", "Change"));
    for (Users.Account each : accounts) {
      html.raw("<tr>\n").element("th scope=\"row\"", each.name());
      Markup.cell(html, role, each.role().id());
      Markup.cell(html, used, Markup.moment(each.lastUsed()));
      Markup.cell(html, until, Markup.moment(each.oneTimeUntil()));
      html.raw("<td>");
      if (each.name().equals(oneself)) {
        html.link(answer.keep("/wachtwoord"), answer.say("wachtwoord", "password"));
      } else {
        changes(each);
      }
      html.raw("</td></tr>\n");
    }
    html.raw("</tbody></table>\n");
    adding();
    if (managed.hasTokens()) {
      new TokensPage(answer, managed.organisation()).section(html, tokens);
    }
    html.raw("<p>").link(answer.keep("/"), answer.say("Terug", "Back")).raw("</p>\n");
    answer.page(answer.say("Gebruikers van ", "Users of ") + managed.name(), html);
  }

  private void changes(Users.Account account) {
    String to = answer.keep(address() + "/" + Markup.url(account.name()));
    if (managed.roles().size() > 1) {
      open(to, "rol");
      String label = answer.say("Rol van ", "Role of ") + account.name();
      html.raw("<select name=\"rol\" aria-label=\"").text(label).raw("\">\n");
      Markup.choice(html, managed.roles(), account.role());
      html.raw("</select>\n");
      close(answer.say("Rol geven", "Give role"));
    }
    open(to, "wachtwoord");
    close(answer.say("Nieuw eenmalig wachtwoord", "New one-time password"));
    open(to, "verwijder");
    close(answer.say("Verwijderen", "Remove"));
  }

  private void open(String to, String action) {
    html.raw("<form method=\"post\" action=\"").text(to).raw("\">\n");
    html.raw("<input type=\"hidden\" name=\"actie\" value=\"" + action + "\">\n");
  }

  private void close(String button) {
    html.element("button", button).raw("</form>\n");
  }

  private void adding() {
    html.element("h2", answer.say("Gebruiker toevoegen", "Add a user"));
    html.raw("<form method=\"post\" action=\"").text(answer.keep(address())).raw("\">\n");
    html.element(
        "label for=\"naam\"",
        answer.say("Naam, bijvoorbeeld het e-mailadres", "Name, such as the e-mail address"));
    html.raw("<input id=\"naam\" name=\"naam\" required maxlength=\"64\">\n");
    html.element("label for=\"rol\"", answer.say("Rol", "Role"));
    html.raw("<select id=\"rol\" name=\"rol\">\n");
    Markup.choice(html, managed.roles(), managed.roles().iterator().next());
    html.raw("</select>\n");
    close(answer.say("Toevoegen", "Add"));
  }

  void oneTime(String name, String password) throws IOException {
    html.raw("<p>").text(answer.say("Voor ", "For ")).raw("<strong>").text(name);
    html.raw("</strong>:</p>\n").element("code", password);
    html.element(
        "p",
        answer.say(
            "Het is één keer te zien, geldt zeven dagen en wordt bij het eerste gebruik vervangen,"
                + " op de bladzijde /wachtwoord van deze server.",
            "It is shown once, is good for seven days and is replaced when it is first used, at"
                + " /wachtwoord on this server."));
    html.raw("<p>");
    html.link(answer.keep(address()), answer.say("Terug naar de gebruikers", "Back to the users"));
    html.raw("</p>\n");
    answer.page(answer.say("Eenmalig wachtwoord", "One-time password"), html);
  }
}
