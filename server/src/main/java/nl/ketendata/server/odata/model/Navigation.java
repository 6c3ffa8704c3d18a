package nl.ketendata.server.odata.model;

import java.util.Optional;
import nl.ketendata.schema.Join;

/**
 * A way from a row to related rows.
 *
 * @param name its name in URLs and answers
 * @param collection whether it leads to children; otherwise to at most one parent
 * @param target name of the table that it leads to
 * @param join the declared link that it follows
 */
public record Navigation(String name, boolean collection, String target, Join join) {

  /** The name of the way back; from a code list there is none. */
  public Optional<String> partner() {
    return join.isToCodes()
        ? Optional.empty()
        : Optional.of(collection ? join.toParent() : join.toChildren());
  }

  static Navigation toChildren(Join join) {
    return new Navigation(join.toChildren(), true, join.child(), join);
  }

  static Navigation toParent(Join join) {
    return new Navigation(join.toParent(), false, join.parent(), join);
  }
}
