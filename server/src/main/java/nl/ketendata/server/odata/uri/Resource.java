package nl.ketendata.server.odata.uri;

import java.util.Optional;
import nl.ketendata.schema.Column;

/**
 * What a path names.
 *
 * @param kind what of the place is wanted
 * @param place the row or rows
 * @param property the property of the row, for the kinds that have one
 */
public record Resource(Kind kind, Place place, Optional<Column> property) {

  /** What a path can name of a place. */
  public enum Kind {
    ROWS,
    ENTITY,
    PROPERTY,
    VALUE,
    COUNT,
    REFERENCES,
    REFERENCE
  }
}
