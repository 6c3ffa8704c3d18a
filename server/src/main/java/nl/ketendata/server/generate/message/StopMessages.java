package nl.ketendata.server.generate.message;

import java.util.List;
import java.util.Optional;
import nl.ketendata.server.generate.contract.Assignment;
import nl.ketendata.server.generate.contract.Dossier;
import nl.ketendata.server.generate.sheet.Cell;
import nl.ketendata.server.generate.sheet.Sheets;
import nl.ketendata.server.generate.world.Moment;
import nl.ketendata.server.generate.world.World;

/** Writes 307: temporary and final ends of care. */
public final class StopMessages {
  private final World world;
  private final Outgoing outgoing;
  private final ClientCells client;
  private final Outgoing.Child product;
  private final ProductCells productCells;
  private final Cell begin;
  private final Cell end;
  private final Cell reason;
  private final Cell status;

  /**
   * A reported stop.
   *
   * @param assignment on which the care stops
   * @param begin first day of care, as in the start that it ends
   * @param end last day of care
   * @param reason JZ588 or WMO588
   * @param status COD467
   */
  public record Stop(Assignment assignment, int begin, int end, String reason, String status) {}

  public StopMessages(World world, Sheets sheets) {
    this.world = world;
    outgoing = new Outgoing(world, sheets, "307", "308", "StopProduct");
    client = new ClientCells(world, outgoing.main());
    product = outgoing.child("StopProduct");
    productCells = new ProductCells(world, product.sheet());
    begin = product.sheet().cell("Begindatum");
    end = product.sheet().cell("Einddatum");
    reason = product.sheet().cell("RedenBeeindiging");
    status = product.sheet().cell("StatusAanlevering");
  }

  public Optional<Verdict> send(Moment now, Dossier dossier, List<Stop> stops) {
    outgoing.begin(now, dossier.provider().code(), world.gemeente());
    client.fill(dossier.client());
    for (Stop stop : stops) {
      productCells.fill(stop.assignment());
      begin.day(stop.begin());
      end.day(stop.end());
      reason.text(stop.reason());
      status.text(stop.status());
      outgoing.add(product);
    }
    return outgoing.send(now);
  }
}
