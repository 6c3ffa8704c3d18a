package nl.ketendata.server.odata.batch;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of the requests in a batch.
 *
 * @param id as the client calls it; empty when it does not
 * @param method in capitals
 * @param url as written: relative to the service root, from the host's root, or whole
 * @param headers by name, in any case
 * @param dependsOn requests that must have gone well before this one
 * @param condition on which it is made instead, when that is not that those have gone well
 * @param group of requests that it belongs to
 * @param changes whether it is a set of changes, which nothing here can be
 */
record Part(
    Optional<String> id,
    String method,
    String url,
    Map<String, String> headers,
    List<String> dependsOn,
    Optional<String> condition,
    Optional<String> group,
    boolean changes) {
  Part {
    dependsOn = List.copyOf(dependsOn);
  }
}
