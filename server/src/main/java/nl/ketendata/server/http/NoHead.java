package nl.ketendata.server.http;

import java.io.IOException;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/** Stands where there is no head. */
final class NoHead implements Head {
  static final NoHead INSTANCE = new NoHead();

  private NoHead() {}

  @Override
  public String segment() {
    return "unknown";
  }

  @Override
  public void handle(Exchange exchange) {
    throw Failure.of(Code.UNKNOWN_RESOURCE, exchange.rawPath());
  }

  @Override
  public void refuse(Exchange exchange, Failure failure) throws IOException {
    PlainRefusal.write(exchange, failure);
  }
}
