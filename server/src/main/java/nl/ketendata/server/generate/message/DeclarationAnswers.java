package nl.ketendata.server.generate.message;

import nl.ketendata.server.generate.sheet.Cell;
import nl.ketendata.server.generate.sheet.Sheet;
import nl.ketendata.server.generate.sheet.Sheets;
import nl.ketendata.server.generate.world.Moment;
import nl.ketendata.server.generate.world.World;

/** Writes 325: answers to declarations, with a header of their own and only rejected lines. */
final class DeclarationAnswers {
  private final World world;
  private final Sheet main;
  private final Exchange exchange;
  private final Header header;
  private final Cell crossReference;
  private final Cell identification;
  private final Cell dated;
  private final Cell stylesheet;
  private final Cell baseSchema;
  private final Cell messageSchema;
  private final int heenReference;
  private final int heenSender;
  private final int heenIdentification;
  private final int heenDated;
  private final int heenBaseSchema;
  private final int heenMessageSchema;
  private final Sheet answer;
  private final Cell answerKey;
  private final Cell answerMessage;
  private final Cell number;
  private final MoneyCells submitted;
  private final MoneyCells granted;
  private final LineCells lines;
  private final ReturnCodes codes;
  private final Cell codeClient;

  DeclarationAnswers(World world, Sheets sheets) {
    this.world = world;
    main = sheets.main("325");
    exchange = new Exchange(world, main);
    header = new Header(world, main);
    crossReference = main.cell("Uitwisseling_CrossReferentienummer");
    identification = main.cell("Header_DeclaratieIdentificatie_Identificatie");
    dated = main.cell("Header_DeclaratieIdentificatie_Dagtekening");
    stylesheet = main.cell("Header_XsltVersie");
    baseSchema = main.cell("Header_XsdVersieDeclaratie_BasisschemaXsdVersie");
    messageSchema = main.cell("Header_XsdVersieDeclaratie_BerichtXsdVersie");
    Sheet heen = sheets.main("323");
    heenReference = heen.cell("Uitwisseling_Referentienummer").index();
    heenSender = heen.cell("Uitwisseling_Zender").index();
    heenIdentification = heen.cell("Header_BerichtIdentificatie_Identificatie").index();
    heenDated = heen.cell("Header_BerichtIdentificatie_Dagtekening").index();
    heenBaseSchema = heen.cell("Header_XsdVersie_BasisschemaXsdVersie").index();
    heenMessageSchema = heen.cell("Header_XsdVersie_BerichtXsdVersie").index();
    answer = sheets.child("325", "DeclaratieAntwoord");
    answerKey = answer.key();
    answerMessage = answer.cell("Bericht_Id");
    number = answer.cell("DeclaratieNummer");
    submitted =
        new MoneyCells(answer, "TotaalIngediendBedrag_TotaalBedrag", "TotaalIngediendBedrag");
    granted = new MoneyCells(answer, "TotaalToegekendBedrag_TotaalBedrag", "TotaalToegekendBedrag");
    lines = new LineCells(world, sheets.child("325", "Prestatie"), "DeclaratieAntwoord_Id");
    Sheet codeSheet = sheets.child("325", "RetourCode");
    codes = new ReturnCodes(world, codeSheet);
    codeClient = codeSheet.cell("Client_Bsn");
  }

  boolean send(Moment now, DeclarationAnswer content) {
    String[] heen = content.main();
    String id = exchange.begin(now, world.gemeente(), heen[heenSender]);
    header.fill(now, world.gemeente(), heen[heenSender]);
    crossReference.text(heen[heenReference]);
    identification.text(heen[heenIdentification]);
    dated.text(heen[heenDated]);
    baseSchema.text(heen[heenBaseSchema]);
    messageSchema.text(heen[heenMessageSchema]);
    if (content.whole().isPresent()) {
      stylesheet.text("1.0." + world.dice().between(0, 4));
    }
    main.write();
    String answerId = writeAnswer(id, content);
    writeLines(id, answerId, content);
    return true;
  }

  private String writeAnswer(String id, DeclarationAnswer content) {
    String answerId = world.keys().next();
    answerKey.text(answerId);
    answerMessage.text(id);
    number.text(content.number());
    submitted.fill(content.total());
    granted.fill(content.granted());
    answer.write();
    String good = content.lines().isEmpty() ? Verdict.GRANTED : Verdict.GOOD;
    codes.write(
        id, new Returning.Judged("DeclaratieAntwoord", answerId), content.whole().orElse(good));
    return answerId;
  }

  private void writeLines(String id, String answerId, DeclarationAnswer content) {
    for (DeclarationAnswer.RejectedLine rejected : content.lines()) {
      String lineId = lines.write(id, answerId, rejected.assignment(), rejected.line());
      codes.write(id, new Returning.Judged("Prestatie", lineId), rejected.code());
      codeClient.text(world.pseudonyms().bsn(rejected.assignment().dossier().client()));
      codes.write(id, new Returning.Judged(Verdict.CLIENT, ""), Verdict.GOOD);
    }
  }
}
