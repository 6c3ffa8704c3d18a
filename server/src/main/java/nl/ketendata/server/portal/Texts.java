package nl.ketendata.server.portal;

import java.util.Locale;
import java.util.ResourceBundle;

/** The words of the pages in one language. */
final class Texts {
  private final ResourceBundle bundle;

  private Texts(ResourceBundle bundle) {
    this.bundle = bundle;
  }

  static Texts in(Locale language) {
    ResourceBundle bundle =
        ResourceBundle.getBundle(
            "nl.ketendata.server.portal.portal",
            language,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    return new Texts(bundle);
  }

  String get(String key) {
    return bundle.getString(key);
  }
}
