package nl.ketendata.server.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import nl.ketendata.schema.Table;

/**
 * A file to load, on disk and with its header understood.
 *
 * @param path where it lies: in the build's workshop
 * @param name its name in the delivery
 * @param table the table it belongs to
 * @param delimiter the character between fields
 * @param targets for each field of the file the column it goes to; a column that the table lacks is
 *     added to it; empty for a field to pass over
 * @param forms how its values are written
 */
public record CsvFile(
    Path path,
    String name,
    Table table,
    char delimiter,
    List<Optional<String>> targets,
    ValueForms forms) {
  public CsvFile {
    targets = List.copyOf(targets);
  }

  /** The same rows in another file. */
  public CsvFile at(Path other, char otherDelimiter) {
    return new CsvFile(other, name, table, otherDelimiter, targets, forms);
  }
}
