package nl.ketendata.schema;

import java.util.List;

/** The catalogue's resource files are not sound; holds every fault that was found. */
public final class SchemaException extends RuntimeException {
  private final List<String> faults;

  SchemaException(List<String> faults) {
    super(String.join(System.lineSeparator(), faults));
    this.faults = List.copyOf(faults);
  }

  /** One line per fault: file, line, what was found and what is allowed. */
  public List<String> faults() {
    return faults;
  }
}
