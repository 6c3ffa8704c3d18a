package nl.ketendata.server.generate;

import java.util.List;
import nl.ketendata.server.policy.Gemeente;

/** Invented names: one per code, each different, none of an existing gemeente. */
final class GemeenteNames {
  private static final List<String> STEMS =
      List.of(
          "Test", "Proef", "Oefen", "Model", "Schets", "Toon", "Beeld", "Leer", "Keur", "Vinger",
          "Nabij", "Verzin", "Wiebel", "Kwartel", "Zomer", "Herfst", "Lente", "Winter", "Avond",
          "Ochtend");
  private static final List<String> ENDINGS =
      List.of(
          "dorp", "stad", "hoven", "drecht", "werf", "brug", "dijk", "waard", "veen", "rade",
          "beek", "horst", "lo", "meer", "broek", "wijk", "kerke", "poort", "haven", "berg", "dal",
          "gaard", "wolde", "zijl", "terp");
  private static final List<String> WATERS =
      List.of(
          "de-Vaart",
          "het-Meer",
          "de-Plas",
          "de-Sloot",
          "het-Kanaal",
          "de-Gracht",
          "de-Bron",
          "de-Kolk",
          "het-Wed",
          "de-Dijk",
          "de-Duinen",
          "het-Bos",
          "de-Heide",
          "de-Polder",
          "het-Spoor",
          "de-Kade",
          "de-Sluis",
          "de-Oever",
          "het-Strand",
          "de-Baai");
  private static final String HANDBOOK_CODE = "9030";
  private static final String HANDBOOK_NAME = "Test-aan-Zee";

  private GemeenteNames() {}

  static String of(Gemeente gemeente) {
    if (gemeente.code().equals(HANDBOOK_CODE)) {
      return HANDBOOK_NAME;
    }
    int code = Integer.parseInt(gemeente.code());
    String stem = STEMS.get(code % STEMS.size());
    int rest = code / STEMS.size();
    String ending = ENDINGS.get(rest % ENDINGS.size());
    return stem + ending + "-aan-" + WATERS.get(rest / ENDINGS.size() % WATERS.size());
  }
}
