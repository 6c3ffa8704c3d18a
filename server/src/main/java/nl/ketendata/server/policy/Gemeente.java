package nl.ketendata.server.policy;

import java.util.Locale;
import java.util.regex.Pattern;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * A gemeente, by its code in the CBS list.
 *
 * @param code four digits, such as {@code 9030}
 */
public record Gemeente(String code) implements Comparable<Gemeente> {
  private static final Pattern ID = Pattern.compile("GM[0-9]{4}");

  /**
   * Reads {@code GM9030}, in any case.
   *
   * @throws Failure KD604 when it is anything else
   */
  public static Gemeente parse(String text) {
    String id = text.toUpperCase(Locale.ROOT);
    if (!ID.matcher(id).matches()) {
      throw Failure.of(Code.GEMEENTE_CODE, text);
    }
    return new Gemeente(id.substring(2));
  }

  /** The name in URLs, folders and SQL: {@code GM9030}. */
  public String id() {
    return "GM" + code;
  }

  @Override
  public int compareTo(Gemeente other) {
    return code.compareTo(other.code);
  }
}
