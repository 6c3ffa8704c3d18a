package nl.ketendata.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import nl.ketendata.server.audit.AuditLog;
import nl.ketendata.server.audit.Period;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Action;
import nl.ketendata.server.policy.Policy;
import nl.ketendata.server.policy.Reach;

/**
 * {@code GET /audit/{organisation}}: the audit lines about an organisation, oldest first, as lines
 * of JSON; {@code /audit/installatie} those about the installation. With {@code ?formaat=csv} as a
 * table, which Excel and Power BI open; with {@code van} and {@code tot} of those days only, the
 * last one not included.
 */
public final class AuditHead implements Head {
  private static final String INSTALLATION = "installatie";
  private static final List<String> OPTIONS = List.of("formaat", "tot", "van");

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
    Map<String, String> options = options(exchange);
    Period period = Period.days(day(options, "van"), day(options, "tot"));
    boolean table = isTable(options);
    String type = table ? "text/csv" : "application/x-ndjson";
    Map<String, String> headers =
        Map.of("Content-Type", type + "; charset=utf-8", "Cache-Control", "no-store");
    try (OutputStream out = exchange.respond(200, headers)) {
      if (table) {
        log.copyTable(organisation, period, out);
      } else {
        log.copy(organisation, period, out);
      }
    }
  }

  private static Map<String, String> options(Exchange exchange) {
    Map<String, String> options = new TreeMap<>();
    for (String pair : exchange.rawQuery().orElse("").split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      String[] parts = pair.split("=", 2);
      if (!OPTIONS.contains(parts[0]) || parts.length < 2 || options.containsKey(parts[0])) {
        throw Failure.of(Code.AUDIT_OPTION, parts[0], String.join(", ", OPTIONS));
      }
      options.put(parts[0], parts[1]);
    }
    return options;
  }

  private static boolean isTable(Map<String, String> options) {
    String form = options.getOrDefault("formaat", "json");
    if (!form.equals("csv") && !form.equals("json")) {
      throw Failure.of(Code.AUDIT_OPTION, "formaat=" + form, "csv, json");
    }
    return form.equals("csv");
  }

  private static Optional<LocalDate> day(Map<String, String> options, String name) {
    try {
      return Optional.ofNullable(options.get(name)).map(LocalDate::parse);
    } catch (DateTimeParseException e) {
      throw Failure.of(Code.AUDIT_OPTION, name + "=" + options.get(name), "2026-01-31");
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
