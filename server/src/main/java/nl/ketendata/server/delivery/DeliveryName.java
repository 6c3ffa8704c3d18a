package nl.ketendata.server.delivery;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.ketendata.schema.Product;

/**
 * What the file name of a delivery tells: {@code Ketendata-IJW-Test-aan-Zee-20221101143644.zip}
 * (Handleiding Ketendata v1).
 *
 * @param product the product, when the name has it
 * @param timestamp the moment, in Dutch wall clock, when the name ends with it
 */
public record DeliveryName(Optional<Product> product, Optional<LocalDateTime> timestamp) {
  private static final Pattern PRODUCT =
      Pattern.compile("(?:^|[-_ .])(ijw|iwmo)(?:[-_ .]|$)", Pattern.CASE_INSENSITIVE);
  private static final Pattern MOMENT = Pattern.compile("(?<!\\d)(\\d{14})(?!\\d)");
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

  public static DeliveryName parse(String fileName) {
    Matcher product = PRODUCT.matcher(fileName);
    Matcher moment = MOMENT.matcher(fileName);
    String digits = null;
    while (moment.find()) {
      digits = moment.group(1);
    }
    return new DeliveryName(
        product.find() ? Product.of(product.group(1)) : Optional.empty(),
        Optional.ofNullable(digits).flatMap(DeliveryName::moment));
  }

  /** Reads {@code yyyyMMddHHmmss}; empty when that moment does not exist. */
  public static Optional<LocalDateTime> moment(String digits) {
    try {
      return Optional.of(LocalDateTime.parse(digits, FORMAT));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
