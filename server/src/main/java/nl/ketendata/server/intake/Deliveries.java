package nl.ketendata.server.intake;

import java.util.List;
import java.util.Optional;
import nl.ketendata.schema.Product;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.store.LedgerEntry;

/** The deliveries that were published, by number. */
@FunctionalInterface
public interface Deliveries {
  List<LedgerEntry> all(Gemeente gemeente, Product product);

  /** The one of this name. */
  default Optional<LedgerEntry> find(Gemeente gemeente, Product product, String name) {
    return all(gemeente, product).stream().filter(entry -> entry.name().equals(name)).findFirst();
  }
}
