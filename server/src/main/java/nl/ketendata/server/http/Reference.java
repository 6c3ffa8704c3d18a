package nl.ketendata.server.http;

import java.util.Locale;
import java.util.UUID;

/** A text that joins what a user saw to a line in the log, and tells the user nothing. */
final class Reference {
  private Reference() {}

  static String next() {
    return UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
  }
}
