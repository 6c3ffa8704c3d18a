package nl.ketendata.server.settings;

import java.time.Duration;
import java.util.List;

/**
 * How answers are given.
 *
 * @param answerCache {@code http.answer-cache}: disk for answers that may be given again; {@code
 *     1GB}; {@code 0B} keeps none
 * @param corsOrigins {@code http.cors-origins}: web pages of other sites that may read the data in
 *     a user's browser, as {@code https://host}; none
 * @param versionsKept {@code versions-kept}: how long a version stays readable after a newer one,
 *     for walks over its pages and for links to what has changed since; {@code 1h}. Each takes as
 *     much disk as the data
 */
public record FeedSettings(DataSize answerCache, List<String> corsOrigins, Duration versionsKept) {
  public FeedSettings {
    corsOrigins = List.copyOf(corsOrigins);
  }
}
