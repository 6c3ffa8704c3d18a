package nl.ketendata.server.portal;

import java.util.Locale;
import java.util.ResourceBundle;
import nl.ketendata.server.failure.Failure;

/** The words of the pages in one language. */
final class Texts {
  private final ResourceBundle bundle;
  private final Locale language;

  private Texts(ResourceBundle bundle, Locale language) {
    this.bundle = bundle;
    this.language = language;
  }

  static Texts in(Locale wanted) {
    Locale language = wanted.getLanguage().equals("en") ? Locale.ENGLISH : Failure.DUTCH;
    ResourceBundle bundle =
        ResourceBundle.getBundle(
            "nl.ketendata.server.portal.portal",
            language,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    return new Texts(bundle, language);
  }

  String get(String key) {
    return bundle.getString(key);
  }

  Locale language() {
    return language;
  }
}
