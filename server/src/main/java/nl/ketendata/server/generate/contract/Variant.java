package nl.ketendata.server.generate.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nl.ketendata.schema.Catalogue;

/**
 * A combination of fields that an assignment may have, as the catalogue declares them.
 *
 * @param hasCategory whether the product category is filled
 * @param hasCode whether the product code is filled
 * @param hasBudget whether it has a budget
 * @param hasVolume whether it has a volume
 * @param unit code of the unit, empty without volume
 * @param frequency code of the frequency, empty without volume
 * @param mustEnd whether the end is mandatory
 */
record Variant(
    boolean hasCategory,
    boolean hasCode,
    boolean hasBudget,
    boolean hasVolume,
    String unit,
    String frequency,
    boolean mustEnd) {
  static final String DAY = "1";
  static final String WEEK = "2";
  static final String MONTH = "4";
  static final String TOTAL = "6";

  private static final String RESOURCE = "toewijzingsvarianten.tsv";
  private static final String FILLED = "Gevuld";
  private static final Map<String, String> FREQUENCIES =
      Map.of("Dag", DAY, "Week", WEEK, "Maand", MONTH, "TBGT", TOTAL, "Leeg", "");
  private static final Pattern UNIT = Pattern.compile("\\(([0-9]{2})\\)$");

  /** All combinations that the standard allows. */
  static List<Variant> read() {
    try (InputStream in = Catalogue.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalArgumentException("the catalogue lacks " + RESOURCE);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<String[]> lines = text.lines().map(line -> line.split("\t", -1)).toList();
      List<String> fields = List.of(lines.get(0));
      Stream<Map<String, String>> rows =
          lines.stream()
              .skip(1)
              .map(
                  line ->
                      Map.of(
                          "categorie", line[fields.indexOf("categorie")],
                          "productcode", line[fields.indexOf("productcode")],
                          "budget", line[fields.indexOf("budget")],
                          "volume", line[fields.indexOf("volume")],
                          "eenheid", line[fields.indexOf("eenheid")],
                          "frequentie", line[fields.indexOf("frequentie")],
                          "einddatum", line[fields.indexOf("einddatum")]));
      return rows.map(Variant::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Variant of(Map<String, String> row) {
    Matcher unit = UNIT.matcher(row.get("eenheid"));
    return new Variant(
        row.get("categorie").equals(FILLED),
        row.get("productcode").equals(FILLED),
        row.get("budget").equals(FILLED),
        row.get("volume").equals(FILLED),
        unit.find() ? unit.group(1) : "",
        FREQUENCIES.get(row.get("frequentie")),
        row.get("einddatum").equals("Verplicht"));
  }
}
