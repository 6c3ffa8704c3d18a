package nl.ketendata.server.odata;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import nl.ketendata.server.odata.edm.Metadata;
import nl.ketendata.server.odata.model.Model;
import nl.ketendata.server.query.Mounted;

/** The feeds by product and shape, each made once. Safe for many threads. */
final class Feeds {
  /** Shapes come and go with the columns that deliveries bring; more than these at once is rare. */
  private static final int KEPT = 64;

  private final Catalogue catalogue;
  private final Map<Key, Feed> feeds = new ConcurrentHashMap<>();

  private record Key(Product product, String shape) {}

  Feeds(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  Feed of(Mounted mounted) {
    if (feeds.size() > KEPT) {
      feeds.clear();
    }
    Key key = new Key(mounted.scope().product(), mounted.shape());
    return feeds.computeIfAbsent(key, absent -> make(mounted));
  }

  private Feed make(Mounted mounted) {
    Model model = new Model(mounted.scope().product(), mounted.tables(), mounted.joins());
    return new Feed(model, new Metadata(model, catalogue));
  }
}
