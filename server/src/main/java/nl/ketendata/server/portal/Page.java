package nl.ketendata.server.portal;

import java.util.List;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.Exchange;
import nl.ketendata.server.http.Html;
import nl.ketendata.server.http.PageLanguage;
import nl.ketendata.server.policy.Action;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Policy;
import nl.ketendata.server.policy.Reach;
import nl.ketendata.server.query.Door;
import nl.ketendata.server.query.Mounted;
import nl.ketendata.server.query.SqlGuide;
import nl.ketendata.server.question.Scope;

/** The first page: what is here for this caller, and how to connect to it. */
final class Page {
  private final Html html = new Html();
  private final PageLanguage language;
  private final Texts texts;
  private final boolean demo;
  private int codes;

  Page(PageLanguage language, boolean demo) {
    this.language = language;
    this.texts = Texts.in(language.locale());
    this.demo = demo;
  }

  String first(Door door, Exchange exchange, int flightPort) {
    Caller caller = exchange.caller();
    begin(texts.get("title"));
    html.element("p", texts.get("lead"));
    html.raw("<p>").text(texts.get("signed.in")).raw(" <strong>").text(caller.name());
    html.raw("</strong>.</p>\n");
    if (byPassword(exchange)) {
      html.raw("<p>")
          .link(language.keep("/wachtwoord"), texts.get("password.change"))
          .raw("</p>\n");
    }
    if (manages(caller)) {
      html.raw("<p>").link(language.keep("/gebruikers"), texts.get("users.manage")).raw("</p>\n");
    }
    if (exchange.inSession()) {
      html.element("p", texts.get("session.key"));
      html.raw("<form method=\"post\" action=\"/aanmelden/uit\"><button>");
      html.text(texts.get("sign.out")).raw("</button></form>\n");
    }
    List<Scope> scopes = door.scopes(caller);
    if (scopes.isEmpty()) {
      html.element("p", texts.get("none"));
    }
    String shown = "";
    for (Scope scope : scopes) {
      if (!scope.organisation().equals(shown)) {
        shown = scope.organisation();
        html.element("h2", shown);
      }
      product(door, caller, new Addresses(exchange.baseUrl(), shown, scope.product()), flightPort);
    }
    return end();
  }

  /** Every construct and function that a statement may use. */
  String sqlLanguage() {
    begin(texts.get("sql.language"));
    html.element("p", texts.get("sql.language.lead"));
    SqlGuide.sections(language.locale()).forEach(this::section);
    html.raw("<p>").link(language.keep("/"), texts.get("back")).raw("</p>\n");
    return end();
  }

  private void section(SqlGuide.Section section) {
    boolean names = section.lines().stream().allMatch(SqlGuide.Line::isName);
    html.element("h2", section.title()).raw(names ? "<ul class=\"names\">\n" : "<ul>\n");
    for (SqlGuide.Line line : section.lines()) {
      html.raw("<li>");
      if (!line.code().isEmpty()) {
        html.element("code", line.code());
      }
      html.text(line.text());
      if (!line.meaning().isEmpty()) {
        html.element("code", line.meaning());
      }
      html.raw("</li>\n");
    }
    html.raw("</ul>\n");
  }

  private static boolean manages(Caller caller) {
    return Policy.allows(caller.role(), Action.MANAGE_USERS, Reach.INSTALLATION)
        || caller.organisations().keySet().stream()
            .anyMatch(id -> caller.may(Action.MANAGE_USERS, id));
  }

  private static boolean byPassword(Exchange exchange) {
    String sent = exchange.header("Authorization").orElse("");
    return sent.regionMatches(true, 0, "Basic ", 0, "Basic ".length());
  }

  String failure(Failure failure) {
    begin(texts.get("error"));
    html.element("p", failure.code().id() + " - " + failure.message(language.locale()));
    html.raw("<p>").link(language.keep("/"), texts.get("back")).raw("</p>\n");
    return end();
  }

  private void product(Door door, Caller caller, Addresses addresses, int flightPort) {
    String title = addresses.product().domain() + " - " + addresses.organisation();
    html.raw("<section class=\"product\">\n").element("h3", title);
    try {
      Scope scope = new Scope(addresses.organisation(), addresses.product());
      contents(
          door.mounted(caller, scope), addresses, caller.organisations().size() > 1, flightPort);
    } catch (Failure failure) {
      html.element("p", texts.get("unavailable"));
      html.element("p", failure.code().id() + " - " + failure.message(language.locale()));
    }
    html.raw("</section>\n");
  }

  private void contents(Mounted mounted, Addresses addresses, boolean several, int flightPort) {
    html.raw("<dl>\n").element("dt", texts.get("tables"));
    html.element("dd", Integer.toString(mounted.tables().size()));
    html.element("dt", texts.get("version")).element("dd", mounted.version()).raw("</dl>\n");

    html.element("h4", texts.get("powerbi")).raw("<p>");
    html.link(addresses.connectionFile(), texts.get("powerbi.file")).raw("</p>\n");
    html.element("p", texts.get("powerbi.help"));
    way("excel", addresses.odata());
    way("jdbc", addresses.jdbc(texts, several));
    way("flight", addresses.flight(texts, several, flightPort));
    html.element("p", texts.get("flight.options"));
    code("--add-opens=java.base/java.nio=ALL-UNNAMED -Duser.timezone=UTC");
    String table = mounted.tables().isEmpty() ? "" : mounted.tables().get(0).name();
    way("curl", addresses.curl(texts, table));
    html.raw("<p>")
        .link(language.keep(Portal.SQL_LANGUAGE), texts.get("sql.language"))
        .raw("</p>\n");

    html.element("h4", texts.get("look")).raw("<ul>\n<li>");
    html.link(addresses.odata(), texts.get("root")).raw("</li>\n<li>");
    html.link(addresses.odata() + "$metadata", texts.get("metadata")).raw("</li>\n</ul>\n");
  }

  private void way(String name, String address) {
    html.element("h4", texts.get(name)).element("p", texts.get(name + ".help"));
    code(address);
  }

  private void code(String text) {
    String id = "a" + ++codes;
    html.raw("<div class=\"copy\">").element("code id=\"" + id + "\"", text).raw("</div>\n");
  }

  private void begin(String title) {
    String name = texts.get("title");
    boolean first = title.equals(name);
    html.raw("<!doctype html>\n<html lang=\"").text(language.locale().getLanguage());
    html.raw("\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.element("title", first ? name : title + " - " + name);
    html.raw("<link rel=\"stylesheet\" href=\"/portal.css\">\n");
    html.raw("<link rel=\"icon\" href=\"/favicon.ico\" type=\"image/svg+xml\">\n");
    html.raw("<script src=\"/portal.js\" defer></script>\n</head>\n<body data-copy=\"");
    html.text(texts.get("copy")).raw("\" data-copied=\"").text(texts.get("copied")).raw("\">\n");
    html.raw("<a class=\"skip\" href=\"#inhoud\">").text(texts.get("skip")).raw("</a>\n");
    html.raw("<header>\n");
    if (demo) {
      html.element("p class=\"banner\"", texts.get("demo"));
    }
    if (first) {
      html.element("h1 class=\"name\"", name);
    } else {
      html.raw("<p class=\"name\">").link(language.keep("/"), name).raw("</p>\n");
    }
    html.raw(language.other());
    html.raw("</header>\n<main id=\"inhoud\" tabindex=\"-1\">\n");
    if (!first) {
      html.element("h1", title);
    }
  }

  private String end() {
    return html.raw(
            "</main>\n<p id=\"status\" class=\"skip\" role=\"status\"></p>\n</body>\n</html>\n")
        .toString();
  }
}
