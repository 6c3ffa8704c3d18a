package nl.ketendata.server.generate.message;

import java.util.List;
import java.util.Optional;
import nl.ketendata.server.generate.contract.Dossier;
import nl.ketendata.server.generate.contract.Offer;
import nl.ketendata.server.generate.contract.Provider;
import nl.ketendata.server.generate.sheet.Cell;
import nl.ketendata.server.generate.sheet.Days;
import nl.ketendata.server.generate.sheet.Sheet;
import nl.ketendata.server.generate.sheet.Sheets;
import nl.ketendata.server.generate.world.Dice;
import nl.ketendata.server.generate.world.Moment;
import nl.ketendata.server.generate.world.Remarks;
import nl.ketendata.server.generate.world.World;

/** Writes 315: requests for an assignment. */
public final class RequestMessages {
  /** Of the requests with an end that is not a date: seen in a published example. */
  private static final int ROWS_PER_MISTAKE = 500;

  private static final String NO_DATE = "2027-06-31";
  private static final List<String> REFERRERS =
      List.of("Huisartsenpost De Proef", "J. Oefenaar", "CJG Test-aan-Zee");
  private static final List<String> KINDS =
      List.of("01", "01", "02", "02", "02", "03", "04", "05", "06", "08");

  private final World world;
  private final Outgoing outgoing;
  private final ClientCells client;
  private final Outgoing.Child product;
  private final Cell reference;
  private final Cell decision;
  private final Cell decisionStart;
  private final Cell category;
  private final Cell code;
  private final Cell start;
  private final Cell end;
  private final OmvangCells omvang;
  private final Cell referrer;
  private final Cell referrerName;
  private final Cell referrerCode;
  private final Cell contract;
  private final Cell remark;
  private int written;

  /**
   * A requested product.
   *
   * @param reference number of the request within the provider
   * @param offer what is asked for
   * @param start wanted first day
   * @param end wanted last day, {@link Days#OPEN} for none
   */
  public record Request(int reference, Offer offer, int start, int end) {}

  public RequestMessages(World world, Sheets sheets) {
    this.world = world;
    outgoing = new Outgoing(world, sheets, "315", "316", "AangevraagdProduct");
    client = new ClientCells(world, outgoing.main());
    product = outgoing.child("AangevraagdProduct");
    Sheet sheet = product.sheet();
    reference = sheet.cell("ReferentieAanbieder");
    decision = sheet.cell("BeschikkingNummer");
    decisionStart = sheet.cell("BeschikkingIngangsdatum");
    category = sheet.cell("Product_Categorie");
    code = sheet.cell("Product_Code");
    start = sheet.cell("ToewijzingIngangsdatum");
    end = sheet.cell("ToewijzingEinddatum");
    omvang = new OmvangCells(sheet);
    referrer = sheet.cell("Verwijzer_Type");
    referrerName = sheet.cell("Verwijzer_Naam");
    referrerCode = sheet.cell("Verwijzer_ZorgverlenerCode");
    contract = sheet.cell("Raamcontract");
    remark = sheet.cell("Commentaar");
  }

  public Optional<Verdict> send(Moment now, Dossier dossier, List<Request> requests) {
    outgoing.begin(now, dossier.provider().code(), world.gemeente());
    client.fill(dossier.client());
    requests.forEach(request -> add(dossier.provider(), request));
    return outgoing.send(now);
  }

  private void add(Provider provider, Request request) {
    Dice dice = world.dice();
    reference.text(world.pseudonyms().reference(provider.code(), request.reference()));
    if (dice.chance(0.3)) {
      decision.text(world.pseudonyms().decision(world.newDecision()));
      decisionStart.day(request.start() - dice.between(0, 40));
    }
    category.text(request.offer().category());
    code.text(request.offer().code());
    start.day(request.start());
    end.dayUnlessOpen(request.end());
    if (++written % ROWS_PER_MISTAKE == 0) {
      end.text(NO_DATE);
    }
    omvang.fill(request.offer(), request.offer().volume(), request.offer().budget());
    String kind = dice.pick(KINDS);
    referrer.text(kind);
    boolean named = !kind.equals("06");
    referrerName.text(named ? dice.pick(REFERRERS) : "");
    referrerCode.text(named && dice.chance(0.5) ? "01" + dice.between(100_000, 999_999) : "");
    contract.text(dice.chance(0.8) ? "1" : "2");
    remark.text(Remarks.draw(dice));
    outgoing.add(product);
  }
}
