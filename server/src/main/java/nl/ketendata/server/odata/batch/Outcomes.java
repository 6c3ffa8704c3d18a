package nl.ketendata.server.odata.batch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What has become of the requests of a batch so far: later ones may refer to them by name. */
final class Outcomes {
  private static final Pattern REFERENCE = Pattern.compile("\\$([^/?$]+)(.*)");

  /** Names that mean something of their own behind a dollar sign (Protocol, 11.7.4). */
  private static final Set<String> SYSTEM =
      Set.of("batch", "crossjoin", "all", "entity", "root", "id", "metadata");

  private final Map<String, String> addresses = new HashMap<>();
  private final Map<String, String> tags = new HashMap<>();
  private final Set<String> done = new HashSet<>();
  private final Set<String> failed = new HashSet<>();

  /**
   * Notes how a request went.
   *
   * @param address its path, resolved
   * @param tag the ETag of its answer
   */
  void note(Part part, String address, Optional<String> tag, boolean good) {
    part.id()
        .ifPresent(
            id -> {
              addresses.put(id, address);
              tag.ifPresent(text -> tags.put(id, text));
              note(id, good);
            });
    part.group().ifPresent(group -> note(group, good));
  }

  private void note(String name, boolean good) {
    done.add(name);
    if (!good) {
      failed.add(name);
    }
  }

  /** Whether a request, or all requests of a group, went well. */
  boolean succeeded(String name) {
    return done.contains(name) && !failed.contains(name);
  }

  /** {@code $1/Naam} goes on where the request with that name went. */
  String resolved(String url) {
    Matcher reference = REFERENCE.matcher(url);
    if (!reference.matches()
        || SYSTEM.contains(reference.group(1))
        || !addresses.containsKey(reference.group(1))) {
      return url;
    }
    return addresses.get(reference.group(1)) + reference.group(2);
  }

  /** {@code $1} stands for the ETag that the request with that name was answered with. */
  String tag(String header) {
    String text = header.strip();
    return text.startsWith("$") ? tags.getOrDefault(text.substring(1), text) : text;
  }
}
