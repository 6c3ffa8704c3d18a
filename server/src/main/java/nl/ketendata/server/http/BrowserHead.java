package nl.ketendata.server.http;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import nl.ketendata.server.audit.Act;
import nl.ketendata.server.audit.Auditor;
import nl.ketendata.server.audit.Entry;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.identity.BrowserSignIn;
import nl.ketendata.server.identity.SignIn;

/**
 * {@code /aanmelden}: sends a browser to the identity provider, {@code /aanmelden/terug} takes it
 * back, and a {@code POST} to {@code /aanmelden/uit} ends the session. The page that follows leads
 * nowhere by itself: the provider would sign the user in again at once.
 */
public final class BrowserHead implements Head {
  /**
   * The browser sends a cookie with this prefix over TLS only, and only to the host that set it.
   */
  private static final String HOST_ONLY = "__Host-";

  private static final String SESSION = "ketendata";
  private static final String BEGUN = "ketendata-aanmelden";
  private static final String BACK = "/aanmelden/terug";
  private static final String SIGNED_OUT = "/aanmelden/uit";

  private final BrowserSignIn signIn;
  private final Auditor auditor;

  /**
   * @param auditor told of sessions that begin and end
   */
  public BrowserHead(BrowserSignIn signIn, Auditor auditor) {
    this.signIn = signIn;
    this.auditor = auditor;
  }

  @Override
  public String segment() {
    return "aanmelden";
  }

  @Override
  public boolean needsSignIn(String rawPath) {
    return false;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    String back = exchange.baseUrl() + BACK;
    switch (exchange.method() + " " + exchange.rawPath()) {
      case "GET /aanmelden" -> {
        BrowserSignIn.Begin begin = signIn.begin(back);
        go(
            exchange,
            begin.address().toString(),
            cookie(exchange, BEGUN, begin.key(), "; Max-Age=600"));
      }
      case "GET /aanmelden/terug" -> {
        Map<String, String> query = query(exchange);
        String key =
            signIn.finish(
                cookie(exchange, BEGUN).orElse(""),
                query.getOrDefault("state", ""),
                query.getOrDefault("code", ""),
                back);
        audit(exchange, Act.AANGEMELD, key);
        go(exchange, exchange.baseUrl() + "/", cookie(exchange, SESSION, key, ""));
      }
      case "POST /aanmelden/uit" -> {
        if (!OwnPages.sent(exchange)) {
          throw Failure.of(Code.BAD_REQUEST, "Origin");
        }
        cookie(exchange, SESSION)
            .ifPresent(
                key -> {
                  audit(exchange, Act.AFGEMELD, key);
                  signIn.end(key);
                });
        go(exchange, exchange.baseUrl() + SIGNED_OUT, cookie(exchange, SESSION, "", "; Max-Age=0"));
      }
      case "GET " + SIGNED_OUT -> SignedOutPage.write(exchange, signIn.endAtProvider());
      default -> throw Failure.of(Code.UNKNOWN_RESOURCE, exchange.rawPath());
    }
  }

  private void audit(Exchange exchange, Act act, String key) {
    if (signIn.session(key).orElse(new SignIn.Missing()) instanceof SignIn.Accepted accepted) {
      auditor.record(
          new Entry(
              act,
              accepted.caller().name(),
              accepted.caller().payer(),
              exchange.address(),
              "browser",
              Entry.GOOD,
              0));
    }
  }

  /** The key of the session that a browser has with us. */
  static Optional<String> session(Exchange exchange) {
    return cookie(exchange, SESSION);
  }

  private static void go(Exchange exchange, String to, String cookie) throws IOException {
    exchange.respond(
        303,
        Map.of("Location", to, "Set-Cookie", cookie, "Cache-Control", "no-store"),
        new byte[0]);
  }

  private static String cookie(Exchange exchange, String name, String value, String more) {
    String flags = "; Path=/; HttpOnly; SameSite=Lax" + (isSecure(exchange) ? "; Secure" : "");
    return prefix(exchange) + name + "=" + value + flags + more;
  }

  private static Optional<String> cookie(Exchange exchange, String name) {
    String begin = prefix(exchange) + name + "=";
    for (String cookie : exchange.header("Cookie").orElse("").split("[;,]")) {
      if (cookie.strip().startsWith(begin)) {
        return Optional.of(unquoted(cookie.strip().substring(begin.length())));
      }
    }
    return Optional.empty();
  }

  /** A value may stand in quotes (RFC 6265). */
  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private static String prefix(Exchange exchange) {
    return isSecure(exchange) ? HOST_ONLY : "";
  }

  private static boolean isSecure(Exchange exchange) {
    return exchange.baseUrl().startsWith("https:");
  }

  private static Map<String, String> query(Exchange exchange) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : exchange.rawQuery().orElse("").split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        try {
          query.put(
              pair.substring(0, equals),
              URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
          throw Failure.of(Code.BAD_REQUEST, "?");
        }
      }
    }
    return query;
  }

  @Override
  public void refuse(Exchange exchange, Failure failure) throws IOException {
    PlainRefusal.write(exchange, failure);
  }
}
