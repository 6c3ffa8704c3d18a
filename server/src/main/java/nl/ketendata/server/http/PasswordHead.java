package nl.ketendata.server.http;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.ketendata.server.audit.Act;
import nl.ketendata.server.audit.Auditor;
import nl.ketendata.server.audit.Entry;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.identity.Users;

/**
 * {@code /wachtwoord}: a page where somebody replaces the own password, such as a one-time one. A
 * program sends a {@code POST} with {@code nieuw=…} as a form.
 */
public final class PasswordHead implements Head {
  private static final int LONGEST = 8 * 1024;
  private static final Set<Code> UNFIT =
      Set.of(Code.WEAK_PASSWORD, Code.LONG_PASSWORD, Code.COMMON_PASSWORD, Code.SAME_PASSWORD);
  private static final String METHODS = "GET, HEAD, POST";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Users users;
  private final Auditor auditor;

  public PasswordHead(Users users, Auditor auditor) {
    this.users = users;
    this.auditor = auditor;
  }

  @Override
  public String segment() {
    return "wachtwoord";
  }

  @Override
  public boolean servesOneTime(String rawPath) {
    return true;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    switch (exchange.method() + " " + exchange.rawPath()) {
      case "GET /wachtwoord", "HEAD /wachtwoord" -> PasswordPage.form(exchange, Optional.empty());
      case "POST /wachtwoord" -> {
        change(exchange);
        PasswordPage.done(exchange);
      }
      default -> throw Failure.of(Code.METHOD, exchange.method(), METHODS);
    }
  }

  private void change(Exchange exchange) throws IOException {
    OwnPages.require(exchange);
    if (!exchange.header("Content-Type").orElse("").toLowerCase(Locale.ROOT).startsWith(FORM)) {
      throw Failure.of(Code.BODY_TYPE, exchange.header("Content-Type").orElse("-"), FORM);
    }
    String password = field(exchange);
    users.chooseOwn(exchange.header("Authorization"), exchange.caller(), password);
    auditor.record(
        new Entry(
            Act.WACHTWOORD_GEWIJZIGD,
            exchange.caller().name(),
            exchange.caller().payer(),
            exchange.address(),
            exchange.caller().name(),
            Entry.GOOD,
            0));
  }

  private static String field(Exchange exchange) throws IOException {
    byte[] body = exchange.body().readNBytes(LONGEST + 1);
    if (body.length > LONGEST) {
      throw Failure.of(Code.BAD_REQUEST, "> " + LONGEST);
    }
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&")) {
      if (pair.startsWith("nieuw=")) {
        try {
          return URLDecoder.decode(pair.substring("nieuw=".length()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
          throw Failure.of(Code.BAD_REQUEST, "nieuw");
        }
      }
    }
    throw Failure.of(Code.BAD_REQUEST, "nieuw");
  }

  /** Whoever chose a password that will not do gets the form once more, with the reason. */
  @Override
  public void refuse(Exchange exchange, Failure failure) throws IOException {
    boolean reader = exchange.header("Accept").orElse("").contains("text/html");
    if (reader && UNFIT.contains(failure.code())) {
      PasswordPage.form(exchange, Optional.of(failure));
      return;
    }
    PlainRefusal.write(
        exchange, failure, failure.code() == Code.METHOD ? Map.of("Allow", METHODS) : Map.of());
  }
}
