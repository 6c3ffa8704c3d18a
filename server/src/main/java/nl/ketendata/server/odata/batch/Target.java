package nl.ketendata.server.odata.batch;

import java.util.Optional;

/** Where the address of a part leads. */
final class Target {
  private Target() {}

  /**
   * The path from the host's root.
   *
   * @param base scheme and host of this server, without a slash at the end
   * @param root path of the service root, with one
   * @return nothing for another host
   */
  static Optional<String> path(String url, String base, String root) {
    String place = url.replaceFirst("[?#].*", "");
    if (place.matches("(?i)[a-z][a-z0-9+.-]*://.*")) {
      return place.startsWith(base + "/")
          ? Optional.of(place.substring(base.length()))
          : Optional.empty();
    }
    return Optional.of(place.startsWith("/") ? place : root + place);
  }

  static Optional<String> query(String url) {
    String whole = url.replaceFirst("#.*", "");
    int question = whole.indexOf('?');
    return question < 0 ? Optional.empty() : Optional.of(whole.substring(question + 1));
  }
}
