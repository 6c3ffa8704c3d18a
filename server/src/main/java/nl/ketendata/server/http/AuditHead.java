package nl.ketendata.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import nl.ketendata.server.audit.AuditLog;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Action;
import nl.ketendata.server.policy.Policy;
import nl.ketendata.server.policy.Reach;

/**
 * {@code GET /audit/{organisation}}: the audit lines about an organisation, oldest first, as lines
 * of JSON; {@code /audit/installatie} those about the installation.
 */
public final class AuditHead implements Head {
  private static final String INSTALLATION = "installatie";

  private final AuditLog log;

  public AuditHead(AuditLog log) {
    this.log = log;
  }

  @Override
  public String segment() {
    return "audit";
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    if (!exchange.method().equals("GET")) {
      throw Failure.of(Code.METHOD, exchange.method());
    }
    String[] parts = exchange.rawPath().split("/");
    if (parts.length != 3) {
      throw Failure.of(Code.UNKNOWN_RESOURCE, exchange.rawPath());
    }
    String organisation = asked(exchange, parts[2]);
    Map<String, String> headers =
        Map.of("Content-Type", "application/x-ndjson; charset=utf-8", "Cache-Control", "no-store");
    try (OutputStream out = exchange.respond(200, headers)) {
      log.copy(organisation, out);
    }
  }

  private static String asked(Exchange exchange, String name) {
    if (!name.toLowerCase(Locale.ROOT).equals(INSTALLATION)) {
      return exchange.caller().require(Action.SEE_AUDIT, name).id();
    }
    if (!Policy.allows(exchange.caller().role(), Action.SEE_AUDIT, Reach.INSTALLATION)) {
      throw Failure.of(Code.NOT_ALLOWED, exchange.caller().role().id());
    }
    return "";
  }

  @Override
  public void refuse(Exchange exchange, Failure failure) throws IOException {
    PlainRefusal.write(exchange, failure);
  }
}
