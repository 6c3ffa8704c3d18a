package nl.ketendata.server.http;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.ketendata.server.failure.Failure;

/**
 * The language of a page: that of {@code ?taal=} when the reader chose one, else the browser's.
 *
 * @param locale Dutch or English
 * @param chosen whether the reader chose it, so that links must carry it along
 */
public record PageLanguage(Locale locale, boolean chosen) {
  private static final Pattern CHOICE = Pattern.compile("(?:^|&)taal=(nl|en)(?:&|$)");

  public static PageLanguage of(Exchange exchange) {
    Optional<Locale> choice =
        exchange
            .rawQuery()
            .map(CHOICE::matcher)
            .filter(Matcher::find)
            .map(found -> Locale.forLanguageTag(found.group(1)));
    return new PageLanguage(choice.orElse(exchange.language()), choice.isPresent());
  }

  public boolean english() {
    return locale.equals(Locale.ENGLISH);
  }

  public String choose(String dutch, String english) {
    return english() ? english : dutch;
  }

  /** The address of a page of ours that is to speak the same language. */
  public String keep(String path) {
    return chosen ? path + "?taal=" + locale.getLanguage() : path;
  }

  /** A link to this page in the other language. */
  public String other() {
    Locale other = english() ? Failure.DUTCH : Locale.ENGLISH;
    String code = other.getLanguage();
    return "<a href=\"?taal=%1$s\" hreflang=\"%1$s\" lang=\"%1$s\">%2$s</a>\n"
        .formatted(code, choose("English", "Nederlands"));
  }
}
