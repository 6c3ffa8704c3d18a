package nl.ketendata.server.settings;

import java.util.List;

/**
 * How answers are given.
 *
 * @param answerCache {@code http.answer-cache}: disk for answers that may be given again; {@code
 *     1GB}; {@code 0B} keeps none
 * @param corsOrigins {@code http.cors-origins}: web pages of other sites that may read the data in
 *     a user's browser, as {@code https://host}; none
 */
public record FeedSettings(DataSize answerCache, List<String> corsOrigins) {
  public FeedSettings {
    corsOrigins = List.copyOf(corsOrigins);
  }
}
