package nl.ketendata.server.flight;

import java.util.TimeZone;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The stock JDBC driver moves times, and date-times read by {@code getTimestamp}, by the offset of
 * the zone that the program runs in, whatever a server sends. A program in UTC reads them right.
 */
final class Utc implements BeforeAllCallback, AfterAllCallback {
  private TimeZone before;

  @Override
  public void beforeAll(ExtensionContext context) {
    before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    TimeZone.setDefault(before);
  }
}
