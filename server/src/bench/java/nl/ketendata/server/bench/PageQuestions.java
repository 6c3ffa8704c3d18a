package nl.ketendata.server.bench;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;

/**
 * The filtered page and its like, as an address and as a statement, by number.
 *
 * @param codes product codes, in turn
 * @param keys row keys, in turn
 */
record PageQuestions(List<String> codes, List<String> keys) {
  static final String SIX =
      "ToegewezenProduct_Id,Bericht_Id,Product_Code,Ingangsdatum,Einddatum,Omvang_Volume";

  String page(String set, int i) {
    return set
        + "?$top=100&$select="
        + SIX
        + "&$orderby="
        + encoded("Ingangsdatum desc,ToegewezenProduct_Id")
        + "&$filter="
        + encoded(filter(i));
  }

  String filter(int i) {
    return "Product_Code eq '"
        + code(i)
        + "' and Ingangsdatum ge "
        + from(i)
        + " and Ingangsdatum lt "
        + until(i);
  }

  String where(int i) {
    return "Product_Code = '"
        + code(i)
        + "' AND Ingangsdatum >= DATE '"
        + from(i)
        + "' AND Ingangsdatum < DATE '"
        + until(i)
        + "'";
  }

  String code(int i) {
    return codes.get(i % codes.size());
  }

  String key(int i) {
    return keys.get(i % keys.size());
  }

  static LocalDate from(int i) {
    return PageData.FIRST.plusDays(i * 7L % (PageData.DAYS - 365));
  }

  static LocalDate until(int i) {
    return from(i).plusYears(1).minusDays(i / (PageData.DAYS - 365) % 200);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
