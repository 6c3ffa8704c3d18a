package nl.ketendata.server.intake;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import nl.ketendata.schema.Product;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * What a path below {@code /leveringen} names.
 *
 * @param organisation as the client writes it
 * @param product of the deliveries
 * @param delivery file name of one of them; empty for all
 * @param part of it: {@code verslag}, or for all {@code voortgang}; empty for itself
 */
record IntakeAddress(String organisation, Product product, String delivery, String part) {
  static final String SEGMENT = "leveringen";
  static final String REPORT = "verslag";
  static final String PROGRESS = "voortgang";

  /** Becomes the name of a file of ours, in a folder of its own. */
  private static final Pattern NAME =
      Pattern.compile("(?i)[\\p{L}\\p{N}][\\p{L}\\p{N} ._()&+-]{0,150}\\.zip");

  /**
   * @throws Failure KD502 when there is nothing of that shape, KD344 when a delivery cannot be
   *     named so
   */
  static IntakeAddress parse(String rawPath) {
    List<String> parts = List.of(rawPath.split("/", -1));
    int size = parts.size();
    boolean shape = size >= 5 && size <= 6 && parts.get(1).equals(SEGMENT);
    Optional<Product> product = shape ? Product.of(parts.get(3)) : Optional.empty();
    if (product.isEmpty()) {
      throw Failure.of(Code.UNKNOWN_RESOURCE, rawPath);
    }
    String delivery = decoded(parts.get(4), rawPath);
    String part = size == 6 ? parts.get(5) : "";
    if (delivery.equals(PROGRESS) && size == 5) {
      return new IntakeAddress(parts.get(2), product.get(), "", PROGRESS);
    }
    if (size == 6 && (delivery.isEmpty() || !part.equals(REPORT))) {
      throw Failure.of(Code.UNKNOWN_RESOURCE, rawPath);
    }
    if (!delivery.isEmpty() && !NAME.matcher(delivery).matches()) {
      throw Failure.of(Code.DELIVERY_FILE_NAME, delivery.replaceAll("[^\\p{Print}]", "?"));
    }
    return new IntakeAddress(parts.get(2), product.get(), delivery, part);
  }

  private static String decoded(String part, String rawPath) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Failure.of(Code.UNKNOWN_RESOURCE, rawPath).causedBy(e);
    }
  }
}
