package nl.ketendata.server.http;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.failure.Failure;

/** Where somebody replaces the own password. */
final class PasswordPage {
  private static final int GOOD = 200;

  private PasswordPage() {}

  /**
   * @param refused why the password that was sent before is not taken
   */
  static void form(Exchange exchange, Optional<Failure> refused) throws IOException {
    PageLanguage language = PageLanguage.of(exchange);
    Html html = new Html();
    refused.ifPresent(
        failure ->
            html.element(
                "p id=\"fout\" class=\"fault\" role=\"alert\"",
                failure.code().id() + " - " + failure.message(language.locale())));
    html.raw("<form method=\"post\" action=\"").text(language.keep("/wachtwoord")).raw("\">\n");
    // Password managers ask for the name beside it.
    html.element("label for=\"naam\"", language.choose("Gebruiker", "User"));
    html.raw("<input id=\"naam\" readonly autocomplete=\"username\" value=\"");
    html.text(exchange.caller().name()).raw("\">\n");
    html.element("label for=\"nieuw\"", language.choose("Nieuw wachtwoord", "New password"));
    html.raw("<input id=\"nieuw\" name=\"nieuw\" type=\"password\" required minlength=\"15\"");
    html.raw(" maxlength=\"1024\" autocomplete=\"new-password\"");
    html.raw(refused.isPresent() ? " aria-invalid=\"true\" autofocus" : "");
    html.raw(" aria-describedby=\"uitleg").raw(refused.isPresent() ? " fout" : "").raw("\">\n");
    html.element(
        "p id=\"uitleg\"",
        language.choose(
            "Minstens 15 tekens, bijvoorbeeld vier woorden die niets met elkaar te maken hebben.",
            "At least 15 characters, for example four words that have nothing to do with each"
                + " other."));
    html.element("button", language.choose("Wijzigen", "Change")).raw("</form>\n");
    html.raw("<p>").link(language.keep("/"), back(language)).raw("</p>\n");
    SmallPage.write(
        exchange,
        refused.map(failure -> failure.code().httpStatus()).orElse(GOOD),
        Map.of(),
        language.choose("Wijzig uw wachtwoord", "Change your password"),
        html);
  }

  static void done(Exchange exchange) throws IOException {
    PageLanguage language = PageLanguage.of(exchange);
    Html html = new Html();
    html.element(
        "p",
        language.choose(
            "Meld u vanaf nu aan met het nieuwe wachtwoord, ook in Power BI en Excel.",
            "From now on sign in with the new password, in Power BI and Excel too."));
    html.raw("<p>").link(language.keep("/"), back(language)).raw("</p>\n");
    SmallPage.write(
        exchange,
        GOOD,
        Map.of(),
        language.choose("Wachtwoord gewijzigd", "Password changed"),
        html);
  }

  private static String back(PageLanguage language) {
    return language.choose("Terug naar de eerste bladzijde", "Back to the first page");
  }
}
