package nl.ketendata.server.odata.json;

import java.nio.charset.StandardCharsets;

/** Addresses of entities. */
public final class Links {
  private Links() {}

  /** The address of an entity relative to the service root: {@code JW301('a')}. */
  public static String entity(String set, String key) {
    StringBuilder link = new StringBuilder(set).append("('");
    for (byte b : key.replace("'", "''").getBytes(StandardCharsets.UTF_8)) {
      if (plain(b)) {
        link.append((char) b);
      } else {
        link.append(String.format("%%%02X", b));
      }
    }
    return link.append("')").toString();
  }

  private static boolean plain(byte b) {
    return b >= 'a' && b <= 'z'
        || b >= 'A' && b <= 'Z'
        || b >= '0' && b <= '9'
        || "-._~'".indexOf(b) >= 0;
  }
}
