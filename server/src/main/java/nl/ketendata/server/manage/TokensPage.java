package nl.ketendata.server.manage;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import nl.ketendata.server.http.Html;
import nl.ketendata.server.identity.Tokens;
import nl.ketendata.server.policy.Role;

/** What pages show of the keys of programs. */
final class TokensPage {
  private final Answer answer;
  private final String organisation;

  TokensPage(Answer answer, String organisation) {
    this.answer = answer;
    this.organisation = organisation;
  }

  void section(Html html, List<Tokens.Listed> tokens) {
    html.element("h2", answer.say("Sleutels voor programma's", "Tokens for programs"));
    if (!tokens.isEmpty()) {
      list(html, tokens);
    }
    making(html);
  }

  private void list(Html html, List<Tokens.Listed> tokens) {
    String mark = answer.say("Kenmerk", "Mark");
    String role = answer.say("Rol", "Role");
    String until = answer.say("Geldig tot", "Good until");
    String used = answer.say("Laatst gebruikt", "Last used");
    Markup.heads(
        html,
        answer.say("Naam", "Name"),
        mark,
        role,
        until,
        used,
        answer.say("Wijzigen", "Change"));
    for (Tokens.Listed each : tokens) {
      html.raw("<tr>\n").element("th scope=\"row\"", each.name());
      Markup.cell(html, mark, each.mark());
      Markup.cell(html, role, each.role().id());
      Markup.cell(html, until, Markup.moment(Optional.of(each.expires())));
      Markup.cell(html, used, Markup.moment(each.lastUsed()));
      html.raw("<td><form method=\"post\" action=\"");
      html.text(answer.keep("/tokens/" + organisation + "/" + each.mark())).raw("\">");
      html.element("button", answer.say("Intrekken", "Revoke")).raw("</form></td></tr>\n");
    }
    html.raw("</tbody></table>\n");
  }

  private void making(Html html) {
    html.raw("<form method=\"post\" action=\"");
    html.text(answer.keep("/tokens/" + organisation)).raw("\">\n");
    html.element("label for=\"sleutel\"", answer.say("Waar is hij voor?", "What is it for?"));
    html.raw("<input id=\"sleutel\" name=\"naam\" required maxlength=\"64\">\n");
    html.element("label for=\"sleutelrol\"", answer.say("Rol", "Role"));
    html.raw("<select id=\"sleutelrol\" name=\"rol\">\n");
    Markup.choice(html, Tokens.ROLES, Role.ANALIST);
    html.raw("</select>\n");
    html.element("label for=\"dagen\"", answer.say("Dagen geldig", "Days valid"));
    html.raw("<input id=\"dagen\" name=\"dagen\" type=\"number\" min=\"1\" max=\"");
    html.raw(Integer.toString(Tokens.MOST_DAYS)).raw("\" value=\"90\" required>\n");
    html.element("button", answer.say("Sleutel maken", "Make a token")).raw("</form>\n");
  }

  void made(String name, String token) throws IOException {
    Html html = new Html();
    html.raw("<p>").text(answer.say("Voor ", "For ")).raw("<strong>").text(name);
    html.raw("</strong>:</p>\n").element("code", token);
    html.element(
        "p",
        answer.say("Bewaar hem nu: hij is één keer te zien.", "Keep it now: it is shown once."));
    html.raw("<p>");
    html.link(
        answer.keep("/gebruikers/" + organisation),
        answer.say("Terug naar de gebruikers", "Back to the users"));
    html.raw("</p>\n");
    answer.page(answer.say("Sleutel gemaakt", "Token made"), html);
  }
}
