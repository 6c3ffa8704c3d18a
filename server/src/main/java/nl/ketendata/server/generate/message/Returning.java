package nl.ketendata.server.generate.message;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.schema.Column;
import nl.ketendata.server.generate.sheet.Cell;
import nl.ketendata.server.generate.sheet.Sheet;
import nl.ketendata.server.generate.sheet.Sheets;
import nl.ketendata.server.generate.world.Edition;
import nl.ketendata.server.generate.world.Moment;
import nl.ketendata.server.generate.world.World;

/**
 * Writes return messages. A return repeats the header of the message that it answers; the client
 * and the rows come along only when something is rejected.
 */
final class Returning {
  private static final double CHECKED_BY_STYLESHEET = 0.4;

  private final World world;
  private final Sheet main;
  private final Exchange exchange;
  private final int heenSender;
  private final int heenReceiver;
  private final int heenReference;
  private final Cell crossReference;
  private final Cell code;
  private final String ownCode;
  private final Cell identification;
  private final Cell dated;
  private final Cell stylesheet;
  private final Cell baseSchema;
  private final Cell messageSchema;
  private final Map<Integer, Cell> header = new LinkedHashMap<>();
  private final Map<Integer, Cell> client = new LinkedHashMap<>();
  private final Map<Sheet, Echo> echoes = new LinkedHashMap<>();
  private final ReturnCodes codes;

  Returning(World world, Sheets sheets, String heenNumber, String number) {
    this.world = world;
    main = sheets.main(number);
    exchange = new Exchange(world, main);
    Sheet heen = sheets.main(heenNumber);
    heenSender = heen.cell("Uitwisseling_Zender").index();
    heenReceiver = heen.cell("Uitwisseling_Ontvanger").index();
    heenReference = heen.cell("Uitwisseling_Referentienummer").index();
    crossReference = main.cell("Uitwisseling_CrossReferentienummer");
    code = main.cell("Header_BerichtCode");
    ownCode = world.catalogue().message(main.name()).orElseThrow().code();
    identification = main.cell("Header_IdentificatieRetour");
    dated = main.cell("Header_DagtekeningRetour");
    stylesheet = main.cell("Header_XsltVersie");
    baseSchema = main.cell("Header_XsdVersieRetour_BasisschemaXsdVersie");
    messageSchema = main.cell("Header_XsdVersieRetour_BerichtXsdVersie");
    for (Column column : heen.table().columns()) {
      int from = heen.cell(column.name()).index();
      if (column.name().startsWith("Header_")) {
        header.put(from, main.cell(column.name()));
      }
      if (column.name().startsWith("Client_")) {
        client.put(from, main.cell(column.name()));
      }
    }
    // The answer has a code of its own; all else of the header is an echo (IV028).
    header.remove(heen.cell("Header_BerichtCode").index());
    for (Sheet child : sheets.children(heenNumber)) {
      echoes.put(child, new Echo(child, sheets.child(number, Sheets.dataClass(child.table()))));
    }
    codes = new ReturnCodes(world, sheets.child(number, "RetourCode"));
  }

  /** Answers a message: rejected with a verdict, accepted without. */
  boolean send(Moment now, Letter letter, Optional<Verdict> verdict) {
    String sender = letter.main()[heenReceiver];
    String id = exchange.begin(now, sender, letter.main()[heenSender]);
    crossReference.text(letter.main()[heenReference]);
    code.text(ownCode);
    header.forEach((from, cell) -> cell.text(letter.main()[from]));
    Edition edition = world.edition(now.day());
    identification.text(world.identification(sender, main.name()));
    dated.day(now.day());
    baseSchema.text(edition.baseSchema());
    messageSchema.text(edition.messageSchema());
    verdict.ifPresent(reason -> reject(id, letter, reason));
    main.write();
    return true;
  }

  private void reject(String id, Letter letter, Verdict verdict) {
    if (world.dice().chance(CHECKED_BY_STYLESHEET)) {
      stylesheet.text("1.0." + world.dice().between(0, 4));
    }
    List<Judged> judged = new ArrayList<>();
    judged.add(new Judged(Verdict.HEADER, ""));
    if (!verdict.dataClass().equals(Verdict.HEADER)) {
      client.forEach((from, cell) -> cell.text(letter.main()[from]));
      if (!client.isEmpty()) {
        judged.add(new Judged(Verdict.CLIENT, ""));
      }
      Map<String, String> newKeys = new HashMap<>();
      letter
          .rows()
          .forEach(
              row -> judged.add(echoes.get(row.sheet()).repeat(row, id, newKeys, world.keys())));
    }
    codes.write(id, verdict, judged);
  }

  /**
   * Something that a return code may be about.
   *
   * @param dataClass the class
   * @param key the row's key; empty for what stands in the main file
   */
  record Judged(String dataClass, String key) {}
}
