package nl.ketendata.server.ingest;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Optional;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.failure.Words;
import nl.ketendata.server.policy.Gemeente;

/**
 * What to take in.
 *
 * @param file the ZIP
 * @param gemeente whose data it is
 * @param product the product, when the file's name does not tell it
 * @param timestamp the moment, when the file's name does not tell it
 * @param replaces whether it makes all earlier deliveries void
 * @param by who hands it in
 * @param own whether the file is ours and nobody else changes it: then it need not be copied
 */
public record IngestOrder(
    Path file,
    Gemeente gemeente,
    Optional<Product> product,
    Optional<LocalDateTime> timestamp,
    boolean replaces,
    String by,
    boolean own) {

  /** A file that is somebody else's. */
  public IngestOrder(
      Path file,
      Gemeente gemeente,
      Optional<Product> product,
      Optional<LocalDateTime> timestamp,
      boolean replaces,
      String by) {
    this(file, gemeente, product, timestamp, replaces, by, false);
  }

  /** What a name may leave open. */
  enum Lack {
    PRODUCT(
        new Words("welk product het is", "which product it is"),
        new Words("--product ijw of iwmo", "--product ijw or iwmo")),
    MOMENT(
        new Words("van wanneer de levering is", "of when the delivery is"),
        new Words(
            "--tijdstip jjjjMMddUUmmss (over HTTP: ?tijdstip=jjjjMMddUUmmss)",
            "--tijdstip yyyyMMddHHmmss (over HTTP: ?tijdstip=yyyyMMddHHmmss)"));

    private final Words what;
    private final Words instead;

    Lack(Words what, Words instead) {
      this.what = what;
      this.instead = instead;
    }
  }

  /** What to say of a name that leaves something open. */
  static Failure unnamed(String name, Lack lack) {
    return Failure.of(Code.DELIVERY_NAME, name, lack.what, lack.instead);
  }
}
