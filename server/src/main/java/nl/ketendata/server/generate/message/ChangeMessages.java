package nl.ketendata.server.generate.message;

import java.util.List;
import java.util.Optional;
import nl.ketendata.server.generate.contract.Assignment;
import nl.ketendata.server.generate.contract.Dossier;
import nl.ketendata.server.generate.contract.Offer;
import nl.ketendata.server.generate.sheet.Cell;
import nl.ketendata.server.generate.sheet.Sheet;
import nl.ketendata.server.generate.sheet.Sheets;
import nl.ketendata.server.generate.world.Moment;
import nl.ketendata.server.generate.world.World;

/** Writes 317: requests to change what is assigned. */
public final class ChangeMessages {
  private final World world;
  private final Outgoing outgoing;
  private final Cell bsn;
  private final Outgoing.Child request;
  private final Cell reference;
  private final Cell reason;
  private final Outgoing.Child unchanged;
  private final Cell unchangedParent;
  private final Cell unchangedNumber;
  private final Outgoing.Child changed;
  private final Cell changedParent;
  private final Cell changedNumber;
  private final Wish changedWish;
  private final Outgoing.Child added;
  private final Cell addedParent;
  private final Cell addedCategory;
  private final Cell addedCode;
  private final Wish addedWish;

  /** The cells that changed and new products share. */
  private record Wish(Cell start, Cell end, OmvangCells omvang) {
    static Wish of(Sheet sheet) {
      return new Wish(
          sheet.cell("GewensteIngangsdatum"), sheet.cell("Einddatum"), new OmvangCells(sheet));
    }

    void fill(Offer offer, int from, int to, int volume, int budget) {
      start.day(from);
      end.dayUnlessOpen(to);
      omvang.fill(offer, volume, budget);
    }
  }

  /**
   * The wanted change.
   *
   * @param assignment what has to change
   * @param start from when
   * @param end the wanted end
   * @param volume the wanted volume
   * @param budget the wanted budget
   * @param addition a product that is wanted besides
   */
  public record Change(
      Assignment assignment,
      int start,
      int end,
      int volume,
      int budget,
      Optional<Offer> addition) {}

  public ChangeMessages(World world, Sheets sheets) {
    this.world = world;
    outgoing = new Outgoing(world, sheets, "317", "318", "TeWijzigenProduct");
    bsn = outgoing.main().cell("Client_Bsn");
    request = outgoing.child("Verzoek");
    reference = request.sheet().cell("ReferentieAanbieder");
    reason = request.sheet().cell("RedenVerzoek");
    unchanged = outgoing.child("OngewijzigdProduct");
    unchangedParent = unchanged.sheet().cell("Verzoek_Id");
    unchangedNumber = unchanged.sheet().cell("ToewijzingNummer");
    changed = outgoing.child("TeWijzigenProduct");
    changedParent = changed.sheet().cell("Verzoek_Id");
    changedNumber = changed.sheet().cell("ToewijzingNummer");
    changedWish = Wish.of(changed.sheet());
    added = outgoing.child("NieuwProduct");
    addedParent = added.sheet().cell("Verzoek_Id");
    addedCategory = added.sheet().cell("Product_Categorie");
    addedCode = added.sheet().cell("Product_Code");
    addedWish = Wish.of(added.sheet());
  }

  /**
   * Sends a request.
   *
   * @param number of the request within the provider
   * @param others the assignments that stay as they are
   */
  public Optional<Verdict> send(Moment now, int number, Change change, List<Assignment> others) {
    Dossier dossier = change.assignment().dossier();
    String provider = dossier.provider().code();
    outgoing.begin(now, provider, world.gemeente());
    bsn.text(world.pseudonyms().bsn(dossier.client()));
    reference.text(world.pseudonyms().reference(provider, number));
    reason.text(world.dice().chance(0.6) ? "1" : "2");
    String id = outgoing.add(request);
    for (Assignment other : others) {
      unchangedParent.text(id);
      unchangedNumber.text(world.pseudonyms().assignment(other.number()));
      outgoing.add(unchanged);
    }
    addChanged(id, change);
    change.addition().ifPresent(offer -> addNew(id, change, offer));
    return outgoing.send(now);
  }

  private void addChanged(String id, Change change) {
    Assignment assignment = change.assignment();
    changedParent.text(id);
    changedNumber.text(world.pseudonyms().assignment(assignment.number()));
    changedWish.fill(
        assignment.offer(), change.start(), change.end(), change.volume(), change.budget());
    outgoing.add(changed);
  }

  private void addNew(String id, Change change, Offer offer) {
    addedParent.text(id);
    addedCategory.text(offer.category());
    addedCode.text(offer.code());
    addedWish.fill(offer, change.start(), change.end(), offer.volume(), offer.budget());
    outgoing.add(added);
  }
}
