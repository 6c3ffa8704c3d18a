package nl.ketendata.server.generate.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.ketendata.server.generate.contract.Assignment;
import nl.ketendata.server.generate.contract.DeclaredLine;
import nl.ketendata.server.generate.contract.Provider;
import nl.ketendata.server.generate.message.DeclarationAnswer.RejectedLine;
import nl.ketendata.server.generate.sheet.Cell;
import nl.ketendata.server.generate.sheet.Days;
import nl.ketendata.server.generate.sheet.Digits;
import nl.ketendata.server.generate.sheet.Sheet;
import nl.ketendata.server.generate.sheet.Sheets;
import nl.ketendata.server.generate.world.Dice;
import nl.ketendata.server.generate.world.Moment;
import nl.ketendata.server.generate.world.World;

/** Writes 323: declarations, and sees to their answers. */
public final class Declarations {
  private static final double REJECTED_WHOLE = 0.01;
  private static final double REJECTED_LINE = 0.025;
  private static final double UNANSWERED = 0.02;
  private static final double LATE = 0.05;

  private final World world;
  private final Sheet main;
  private final Exchange exchange;
  private final Header header;
  private final Sheet declaration;
  private final Cell declarationKey;
  private final Cell declarationMessage;
  private final Cell number;
  private final Cell from;
  private final Cell to;
  private final Cell dated;
  private final MoneyCells total;
  private final LineCells lines;
  private final DeclarationAnswers answers;
  private final List<String> lineCodes;
  private final Verdicts verdicts;

  /**
   * A line to declare.
   *
   * @param assignment what was delivered
   * @param month in which it was delivered
   * @param content the line's figures, not numbered yet
   */
  public record Line(Assignment assignment, int month, DeclaredLine content) {}

  public Declarations(World world, Sheets sheets) {
    this.world = world;
    main = sheets.main("323");
    exchange = new Exchange(world, main);
    header = new Header(world, main);
    declaration = sheets.child("323", "Declaratie");
    declarationKey = declaration.key();
    declarationMessage = declaration.cell("Bericht_Id");
    number = declaration.cell("DeclaratieNummer");
    from = declaration.cell("DeclaratiePeriode_Begindatum");
    to = declaration.cell("DeclaratiePeriode_Einddatum");
    dated = declaration.cell("DeclaratieDagtekening");
    total =
        new MoneyCells(declaration, "TotaalIngediendBedrag_TotaalBedrag", "TotaalIngediendBedrag");
    lines = new LineCells(world, sheets.child("323", "Prestatie"), "Declaratie_Id");
    answers = new DeclarationAnswers(world, sheets);
    verdicts = new Verdicts(world);
    lineCodes = verdicts.onLines();
  }

  /** Sends a declaration of a month, and plans its answer. */
  public void send(Moment now, Provider provider, int month, List<Line> wanted) {
    String id = exchange.begin(now, provider.code(), world.gemeente());
    header.fill(now, provider.code(), world.gemeente());
    boolean rejected = world.dice().chance(REJECTED_WHOLE);
    String declarationNumber = "D" + Digits.padded(provider.newDeclaration(), 7);
    String declarationId = world.keys().next();
    List<RejectedLine> rejectedLines = new ArrayList<>();
    long sum = 0;
    boolean correcting = false;
    for (Line line : wanted) {
      DeclaredLine numbered = line.content().numbered(provider.newLine());
      lines.write(id, declarationId, line.assignment(), numbered);
      sum += numbered.signed();
      boolean plain = !correcting && !numbered.isCredit();
      correcting = numbered.isCredit();
      if (!rejected) {
        judge(line, numbered, plain).ifPresent(rejectedLines::add);
      }
    }
    writeDeclaration(now, id, declarationId, declarationNumber, month, sum);
    Optional<String> whole = rejected ? Optional.of(verdicts.onDeclaration()) : Optional.empty();
    String[] mainRow = main.values();
    main.write();
    planAnswer(now, new DeclarationAnswer(mainRow, declarationNumber, sum, whole, rejectedLines));
  }

  /**
   * Decides on a line. What is rejected will be declared once more; what belongs to a correction is
   * never rejected, since its other half would then hang in the air.
   */
  private Optional<RejectedLine> judge(Line line, DeclaredLine numbered, boolean plain) {
    Assignment assignment = line.assignment();
    if (plain && world.dice().chance(REJECTED_LINE)) {
      assignment.settle(line.month() - 1);
      return Optional.of(new RejectedLine(assignment, numbered, world.dice().pick(lineCodes)));
    }
    assignment.declare(numbered);
    assignment.settle(line.month());
    return Optional.empty();
  }

  private void writeDeclaration(
      Moment now, String id, String declarationId, String declarationNumber, int month, long sum) {
    declarationKey.text(declarationId);
    declarationMessage.text(id);
    number.text(declarationNumber);
    from.day(Days.firstOfMonth(month));
    to.day(Days.lastOfMonth(month));
    dated.day(now.day());
    total.fill(sum);
    declaration.write();
  }

  private void planAnswer(Moment now, DeclarationAnswer answer) {
    Dice dice = world.dice();
    if (dice.chance(UNANSWERED)) {
      return;
    }
    int workdays = dice.chance(LATE) ? dice.between(11, 30) : dice.between(1, 9);
    int day = Days.plusWorkdays(now.day(), workdays);
    world.agenda().answerOn(day, later -> answers.send(later, answer));
  }
}
