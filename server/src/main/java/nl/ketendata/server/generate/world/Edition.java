package nl.ketendata.server.generate.world;

import nl.ketendata.schema.Release;

/**
 * A release of the standard as it stands in a header.
 *
 * @param firstDay first day in force
 * @param version main number
 * @param subversion number behind the point
 * @param baseSchema version of the base schema
 * @param messageSchema version of the message's schema
 */
public record Edition(
    int firstDay, int version, int subversion, String baseSchema, String messageSchema) {

  public static Edition of(Release release) {
    int point = release.name().indexOf('.');
    int version = Integer.parseInt(release.name().substring(0, point));
    int subversion = Integer.parseInt(release.name().substring(point + 1));
    return new Edition(
        (int) release.from().toEpochDay(),
        version,
        subversion,
        "1." + Math.max(0, 2 - subversion) + ".0",
        "1.0." + Math.max(0, 2 - subversion));
  }

  /** Whether this release has the reasons that came with 3.1, such as 13 for a deletion. */
  public boolean hasDeletionReason() {
    return version > 3 || version == 3 && subversion >= 1;
  }
}
