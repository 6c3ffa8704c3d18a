package nl.ketendata.server.manage;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.server.http.Html;
import nl.ketendata.server.policy.Role;

/** Pieces that the pages have in common. */
final class Markup {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.of("Europe/Amsterdam"));

  private Markup() {}

  /** A part of a path. */
  static String url(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Dutch wall clock. */
  static String moment(Optional<Instant> moment) {
    return moment.map(MOMENT::format).orElse("-");
  }

  static void heads(Html html, String... names) {
    html.raw("<table>\n<thead><tr>\n");
    for (String name : names) {
      html.element("th scope=\"col\"", name);
    }
    html.raw("</tr></thead>\n<tbody>\n");
  }

  /** A cell that says under which head it stands, for where there is no room for columns. */
  static void cell(Html html, String head, String text) {
    html.raw("<td data-head=\"").text(head).raw("\">").text(text).raw("</td>\n");
  }

  static void choice(Html html, Set<Role> roles, Role chosen) {
    for (Role role : roles) {
      html.element(role == chosen ? "option selected" : "option", role.id());
    }
  }
}
