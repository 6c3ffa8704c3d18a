package nl.ketendata.server.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes 323: declarations, and sees to their answers. */
final class Declarations {
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
  record Line(Assignment assignment, int month, DeclaredLine content) {}

  Declarations(World world, Sheets sheets) {
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

  void send(Moment now, Provider provider, int month, List<Line> wanted) {
    Dice dice = world.dice();
    String id = exchange.begin(now, provider.code(), world.gemeente());
    header.fill(now, provider.code(), world.gemeente());
    String declarationNumber = "D%07d".formatted(provider.newDeclaration());
    String declarationId = world.keys().next();
    boolean rejectedWhole = dice.chance(REJECTED_WHOLE);
    long sum = 0;
    List<DeclarationAnswer.RejectedLine> rejected = new ArrayList<>();
    boolean correcting = false;
    for (Line line : wanted) {
      DeclaredLine numbered = line.content().numbered(provider.newLine());
      sum += numbered.signed();
      boolean refused = !correcting && !numbered.isCredit() && dice.chance(REJECTED_LINE);
      correcting = numbered.isCredit();
      lines.write(id, declarationId, line.assignment(), numbered);
      if (refused && !rejectedWhole) {
        rejected.add(
            new DeclarationAnswer.RejectedLine(line.assignment(), numbered, dice.pick(lineCodes)));
      }
      if (!refused && !rejectedWhole) {
        line.assignment().lastLine = numbered;
      }
      if (!rejectedWhole) {
        int declared = refused ? line.month() - 1 : line.month();
        line.assignment().declaredMonth = Math.max(line.assignment().declaredMonth, declared);
      }
    }
    declarationKey.text(declarationId);
    declarationMessage.text(id);
    number.text(declarationNumber);
    from.day(Days.firstOfMonth(month));
    to.day(Days.lastOfMonth(month));
    dated.day(now.day());
    total.fill(sum);
    declaration.write();
    Optional<String> whole =
        rejectedWhole ? Optional.of(verdicts.onDeclaration()) : Optional.empty();
    DeclarationAnswer answer =
        new DeclarationAnswer(main.values(), declarationNumber, sum, whole, rejected);
    main.write();
    if (!dice.chance(UNANSWERED)) {
      int workdays = dice.chance(LATE) ? dice.between(11, 30) : dice.between(1, 9);
      int day = Days.plusWorkdays(now.day(), workdays);
      world.agenda().answerOn(day, later -> answers.send(later, answer));
    }
  }
}
