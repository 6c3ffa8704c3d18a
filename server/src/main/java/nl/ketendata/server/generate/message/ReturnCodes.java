package nl.ketendata.server.generate.message;

import java.util.List;
import java.util.Optional;
import nl.ketendata.server.generate.sheet.Cell;
import nl.ketendata.server.generate.sheet.Sheet;
import nl.ketendata.server.generate.world.World;

/** Writes the return codes of a rejected message: one bad, the others good. */
final class ReturnCodes {
  private final World world;
  private final Sheet sheet;
  private final Cell key;
  private final Cell message;
  private final Cell dataClass;
  private final Cell code;

  ReturnCodes(World world, Sheet sheet) {
    this.world = world;
    this.sheet = sheet;
    key = sheet.key();
    message = sheet.cell("Bericht_Id");
    dataClass = sheet.cell("Berichtklasse");
    code = sheet.cell("RetourCode");
  }

  /**
   * Writes one code per part of the message. When it has no part of the verdict's class the verdict
   * is about the last part of the main file.
   */
  void write(String messageId, Verdict verdict, List<Returning.Judged> judged) {
    Returning.Judged rejected = rejected(verdict, judged);
    for (Returning.Judged part : judged) {
      boolean bad = part.equals(rejected);
      write(messageId, part, bad ? verdict.code() : good());
    }
  }

  private Returning.Judged rejected(Verdict verdict, List<Returning.Judged> judged) {
    List<Returning.Judged> fitting =
        judged.stream().filter(part -> part.dataClass().equals(verdict.dataClass())).toList();
    if (!fitting.isEmpty()) {
      return world.dice().pick(fitting);
    }
    List<Returning.Judged> inMain = judged.stream().filter(part -> part.key().isEmpty()).toList();
    return inMain.get(inMain.size() - 1);
  }

  private String good() {
    return world.dice().chance(0.1) ? Verdict.NOT_JUDGED : Verdict.GOOD;
  }

  /** Writes one code. */
  void write(String messageId, Returning.Judged part, String value) {
    key.text(world.keys().next());
    message.text(messageId);
    dataClass.text(part.dataClass());
    Optional<Cell> foreignKey =
        part.key().isEmpty() ? Optional.empty() : Optional.of(sheet.cell(part.dataClass() + "_Id"));
    foreignKey.ifPresent(cell -> cell.text(part.key()));
    code.text(value);
    sheet.write();
  }
}
