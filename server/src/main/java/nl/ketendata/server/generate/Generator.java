package nl.ketendata.server.generate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.server.generate.sheet.Sheets;
import nl.ketendata.server.generate.world.World;
import nl.ketendata.server.policy.Gemeente;

/**
 * Makes deliveries of an invented gemeente.
 *
 * <p>
 *
 * {@snippet :
 * List<Path> archives = new Generator(catalogue).generate(order, Progress.NONE);
 * }
 */
public final class Generator {
  private final Catalogue catalogue;

  public Generator(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The invented name of a gemeente, as it stands in the archives' names: letters and hyphens. */
  public static String nameOf(Gemeente gemeente) {
    return GemeenteNames.of(gemeente);
  }

  /**
   * Writes the total delivery and the deltas. What stands under the same name is replaced.
   *
   * @return the archives: the total, then the deltas, oldest first
   * @throws UncheckedIOException when the folder cannot be written
   */
  public List<Path> generate(GenerateOrder order, Progress progress) {
    try {
      Files.createDirectories(order.out());
      Sheets sheets = new Sheets(catalogue.standard(order.product()));
      World world =
          new World(
              catalogue,
              order.product(),
              order.gemeente().code(),
              nameOf(order.gemeente()),
              order.messages(),
              order.seed());
      try (Deliveries deliveries = new Deliveries(order, sheets, world.rhythm().last())) {
        new Simulation(world, sheets).run(deliveries, progress);
        return deliveries.finish();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
