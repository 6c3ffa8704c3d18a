package nl.ketendata.server.portal;

import java.net.URI;
import java.util.Optional;
import nl.ketendata.schema.Product;

/**
 * What a user copies to connect to one product of one organisation.
 *
 * @param base scheme, host and port that clients use
 * @param organisation its identifier
 * @param product the product
 */
record Addresses(String base, String organisation, Product product) {

  String odata() {
    return base + "/odata/" + organisation + "/" + product.id() + "/";
  }

  String connectionFile() {
    return "/aansluiten/" + organisation + "-" + product.id() + ".pbids";
  }

  /**
   * @param choose whether the user has more than one organisation, so that the connection must say
   *     which one names without catalog belong to
   */
  String jdbc(Texts texts, boolean choose) {
    return "jdbc:avatica:remote:url="
        + base
        + "/jdbc;serialization=protobuf;authentication=BASIC;avatica_user="
        + texts.get("name")
        + ";avatica_password="
        + texts.get("password")
        + (choose ? ";gemeente=" + organisation : "");
  }

  /**
   * On the same host, at a port of its own.
   *
   * @param choose as for {@link #jdbc}
   */
  String flight(Texts texts, boolean choose, int port) {
    return "jdbc:arrow-flight-sql://"
        + host()
        + ":"
        + port
        + "?useEncryption="
        + base.startsWith("https:")
        + "&user="
        + texts.get("name")
        + "&password="
        + texts.get("password")
        + (choose ? "&gemeente=" + organisation : "");
  }

  private String host() {
    return Optional.ofNullable(URI.create(base).getHost()).orElse("localhost");
  }

  /** The address in single quotes: a shell would take {@code $top} for a variable. */
  String curl(Texts texts, String table) {
    return "curl --user " + texts.get("name") + " '" + odata() + table + "?$top=10'";
  }
}
