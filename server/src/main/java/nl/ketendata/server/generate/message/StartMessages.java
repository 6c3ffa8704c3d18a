package nl.ketendata.server.generate.message;

import java.util.List;
import java.util.Optional;
import nl.ketendata.server.generate.contract.Assignment;
import nl.ketendata.server.generate.contract.Dossier;
import nl.ketendata.server.generate.sheet.Cell;
import nl.ketendata.server.generate.sheet.Sheets;
import nl.ketendata.server.generate.world.Moment;
import nl.ketendata.server.generate.world.World;

/** Writes 305: starts of care. */
public final class StartMessages {
  private final World world;
  private final Outgoing outgoing;
  private final ClientCells client;
  private final Outgoing.Child product;
  private final ProductCells productCells;
  private final Cell begin;
  private final Cell status;

  /**
   * A reported start.
   *
   * @param assignment on which the care starts
   * @param begin first day of care
   * @param status COD467: {@link #FIRST} or {@link #DELETE}
   */
  public record Start(Assignment assignment, int begin, String status) {}

  public static final String FIRST = "1";
  public static final String DELETE = "3";

  public StartMessages(World world, Sheets sheets) {
    this.world = world;
    outgoing = new Outgoing(world, sheets, "305", "306", "StartProduct");
    client = new ClientCells(world, outgoing.main());
    product = outgoing.child("StartProduct");
    productCells = new ProductCells(world, product.sheet());
    begin = product.sheet().cell("Begindatum");
    status = product.sheet().cell("StatusAanlevering");
  }

  public Optional<Verdict> send(Moment now, Dossier dossier, List<Start> starts) {
    outgoing.begin(now, dossier.provider().code(), world.gemeente());
    client.fill(dossier.client());
    for (Start start : starts) {
      productCells.fill(start.assignment());
      begin.day(start.begin());
      status.text(start.status());
      outgoing.add(product);
    }
    return outgoing.send(now);
  }
}
