package nl.ketendata.schema;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** One of the two products in which Ketendata is delivered. */
public enum Product {
  IJW("ijw", "iJw", "JW"),
  IWMO("iwmo", "iWmo", "WMO");

  private final String id;
  private final String domain;
  private final String prefix;

  Product(String id, String domain, String prefix) {
    this.id = id;
    this.domain = domain;
    this.prefix = prefix;
  }

  /** The name in URLs, folders and on the command line: {@code ijw}. */
  public String id() {
    return id;
  }

  /** The name as the standard writes it: {@code iJw}. */
  public String domain() {
    return domain;
  }

  /** What every file name of this product begins with: {@code JW}. */
  public String prefix() {
    return prefix;
  }

  /** The schema's name in SQL: {@code IJW}. */
  public String schemaName() {
    return name();
  }

  /** The product with this id or schema name, in any case. */
  public static Optional<Product> of(String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(product -> product.id.equals(wanted)).findFirst();
  }
}
