package nl.ketendata.server.odata;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One of the media types that a client accepts.
 *
 * @param type in lower case, such as {@code application/json} or {@code text/*}
 * @param parameters by name in lower case, without the quality
 * @param quality from 0, refused, to 1
 */
record MediaRange(String type, Map<String, String> parameters, double quality) {

  /** Whether an {@code Accept} header refuses a type by its name, whatever else it takes. */
  static boolean refuses(String header, String type) {
    boolean refused = false;
    for (String item : header.split(",")) {
      MediaRange range = one(item);
      if (range.type().equals(type)) {
        if (range.quality() > 0) {
          return false;
        }
        refused = true;
      }
    }
    return refused;
  }

  /** Reads an {@code Accept} header: the most wanted first, the refused left out. */
  static List<MediaRange> parse(String header) {
    List<MediaRange> ranges = new ArrayList<>();
    for (String item : header.split(",")) {
      if (!item.isBlank()) {
        ranges.add(one(item));
      }
    }
    ranges.removeIf(range -> range.quality() <= 0);
    ranges.sort(Comparator.comparingDouble(MediaRange::quality).reversed());
    return ranges;
  }

  private static MediaRange one(String item) {
    String[] parts = item.split(";");
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals > 0) {
        parameters.put(
            parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT),
            parts[i].substring(equals + 1).strip().replace("\"", ""));
      }
    }
    double quality = weight(parameters.remove("q"));
    String type = parts.length == 0 ? "" : parts[0].strip().toLowerCase(Locale.ROOT);
    return new MediaRange(type, parameters, quality);
  }

  private static double weight(String text) {
    if (text == null || !text.matches("[01](\\.[0-9]{0,3})?")) {
      return 1;
    }
    return Double.parseDouble(text);
  }
}
