package nl.ketendata.server.http;

import java.io.IOException;

/** Where somebody replaces the own password. */
final class PasswordPage {
  private static final String FORM =
      """
      <form method="post" action="/wachtwoord">
      <p><label for="nieuw">%s</label></p>
      <p><input id="nieuw" name="nieuw" type="password" required minlength="15"
      maxlength="1024" autocomplete="new-password" aria-describedby="uitleg"></p>
      <p id="uitleg">%s</p>
      <p><button>%s</button></p>
      </form>
      """;

  private PasswordPage() {}

  static void form(Exchange exchange, boolean english) throws IOException {
    String form =
        english
            ? FORM.formatted(
                "New password",
                "At least 15 characters, for example four words that have nothing to do with each"
                    + " other.",
                "Change")
            : FORM.formatted(
                "Nieuw wachtwoord",
                "Minstens 15 tekens, bijvoorbeeld vier woorden die niets met elkaar te maken"
                    + " hebben.",
                "Wijzigen");
    SmallPage.write(
        exchange, english, english ? "Change your password" : "Wijzig uw wachtwoord", form);
  }

  static void done(Exchange exchange, boolean english) throws IOException {
    String text =
        english
            ? "<p>From now on sign in with the new password, in Power BI and Excel too.</p>"
                + "<p><a href=\"/\">Back to the first page</a></p>\n"
            : "<p>Meld u vanaf nu aan met het nieuwe wachtwoord, ook in Power BI en Excel.</p>"
                + "<p><a href=\"/\">Terug naar de eerste bladzijde</a></p>\n";
    SmallPage.write(exchange, english, english ? "Password changed" : "Wachtwoord gewijzigd", text);
  }
}
