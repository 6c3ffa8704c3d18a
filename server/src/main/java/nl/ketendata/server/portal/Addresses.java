package nl.ketendata.server.portal;

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

  /** The address in single quotes: a shell would take {@code $top} for a variable. */
  String curl(Texts texts, String table) {
    return "curl --user " + texts.get("name") + " '" + odata() + table + "?$top=10'";
  }
}
