package nl.ketendata.server.generate.message;

import java.util.List;
import java.util.Map;
import java.util.Set;
import nl.ketendata.schema.CodeList;
import nl.ketendata.server.generate.world.Dice;
import nl.ketendata.server.generate.world.World;

/** Draws reasons to reject a message, from the code list's own column of messages. */
final class Verdicts {
  private static final Set<String> ON_HEADER = Set.of("0001", "8848", "9056", "S300");
  private static final Map<String, String> ON_CLASS =
      Map.of(
          "8187", Verdict.CLIENT,
          "9350", "OngewijzigdProduct",
          "9361", "NieuwProduct",
          "9347", "Verzoek",
          "9349", "Verzoek",
          "9374", "Verzoek");

  /** Codes about a whole declaration. */
  private static final Set<String> ON_DECLARATION = Set.of("8214", "9333");

  /** Codes about credit lines or other declarations: they would contradict the lines. */
  private static final Set<String> NOT_ON_LINES = Set.of("8017", "9389", "9390");

  private final Dice dice;
  private final CodeList codes;

  Verdicts(World world) {
    dice = world.dice();
    codes =
        world
            .catalogue()
            .codeList("WJ001")
            .orElseThrow(() -> new IllegalArgumentException("the catalogue lacks WJ001"));
  }

  /** The codes with which a message can be rejected. */
  List<Verdict> of(String number, String mainClass) {
    int messages = codes.fields().indexOf("heenberichten");
    int outcome = codes.fields().indexOf("uitkomst");
    return codes.entries().stream()
        .filter(entry -> List.of(entry.get(messages).split(";")).contains(number))
        .filter(entry -> entry.get(outcome).endsWith("afgekeurd"))
        .map(entry -> entry.get(0))
        .map(code -> new Verdict(dataClass(number, mainClass, code), code))
        .toList();
  }

  private static String dataClass(String number, String mainClass, String code) {
    if (ON_HEADER.contains(code)) {
      return Verdict.HEADER;
    }
    String dataClass = ON_CLASS.getOrDefault(code, mainClass);
    return dataClass.equals("Verzoek") && !number.equals("317") ? mainClass : dataClass;
  }

  /** The codes on a line of a declaration. */
  List<String> onLines() {
    return of("323", "Prestatie").stream()
        .filter(verdict -> verdict.dataClass().equals("Prestatie"))
        .map(Verdict::code)
        .filter(code -> !ON_DECLARATION.contains(code) && !NOT_ON_LINES.contains(code))
        .toList();
  }

  /** A code on a whole declaration. */
  String onDeclaration() {
    return dice.pick(ON_DECLARATION.stream().sorted().toList());
  }
}
