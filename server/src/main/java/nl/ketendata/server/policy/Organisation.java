package nl.ketendata.server.policy;

import java.util.List;

/**
 * What stands in the place of a gemeente in URLs and SQL: one gemeente, or a hoofdorganisatie with
 * several.
 *
 * @param id {@code GM9030}, or the hoofdorganisatie's own identifier
 * @param gemeenten whose data it shows, in a fixed order; never empty
 */
public record Organisation(String id, List<Gemeente> gemeenten) {
  public Organisation {
    gemeenten = List.copyOf(gemeenten);
  }

  /** The organisation that is one gemeente. */
  public static Organisation of(Gemeente gemeente) {
    return new Organisation(gemeente.id(), List.of(gemeente));
  }
}
