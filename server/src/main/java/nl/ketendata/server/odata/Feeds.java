package nl.ketendata.server.odata;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.schema.Product;
import nl.ketendata.schema.Table;
import nl.ketendata.server.odata.edm.Metadata;
import nl.ketendata.server.odata.model.Model;
import nl.ketendata.server.query.Mounted;
import nl.ketendata.server.question.Scope;

/** The feeds by product and shape, each made once. Safe for many threads. */
final class Feeds {
  /** Shapes come and go with the columns that deliveries bring; more than these at once is rare. */
  private static final int SHAPES = 64;

  /** Versions that are asked about at the same time. */
  private static final int VERSIONS = 1_024;

  private final Catalogue catalogue;
  private final Map<Shape, Feed> feeds = new ConcurrentHashMap<>();
  private final Map<Version, Known> known = new ConcurrentHashMap<>();

  private record Shape(Product product, String text) {}

  private record Version(Scope scope, String version) {}

  private record Known(List<Table> tables, Feed feed) {}

  Feeds(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The feed of what is mounted. */
  Feed of(Mounted mounted) {
    Version version = new Version(mounted.scope(), mounted.version());
    Known last = known.get(version);
    // To compare a hundred tables takes longer than many a question: the same list is enough.
    if (last != null && last.tables() == mounted.tables()) {
      return last.feed();
    }
    Feed feed = byShape(mounted);
    bound(known, VERSIONS);
    known.put(version, new Known(mounted.tables(), feed));
    return feed;
  }

  private Feed byShape(Mounted mounted) {
    bound(feeds, SHAPES);
    return feeds.computeIfAbsent(
        new Shape(mounted.scope().product(), mounted.shape()), absent -> make(mounted));
  }

  private static void bound(Map<?, ?> cache, int most) {
    if (cache.size() >= most) {
      cache.clear();
    }
  }

  private Feed make(Mounted mounted) {
    Model model = new Model(mounted.scope().product(), mounted.tables(), mounted.joins());
    return new Feed(model, new Metadata(model, catalogue));
  }
}
