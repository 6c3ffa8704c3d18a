package nl.ketendata.server.ingest.csv;

import java.util.Optional;
import nl.ketendata.server.store.DateForm;

/** What an administrator has laid down about the form of a file; the rest is found. */
public record Choices(
    Optional<Character> delimiter,
    Optional<Boolean> quoted,
    Optional<Encoding> encoding,
    Optional<DateForm> dates,
    Optional<Character> decimal) {
  /** Of those who leave all to the server. */
  public static final Choices NONE =
      new Choices(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
