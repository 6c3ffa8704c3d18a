package nl.ketendata.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A small identity provider: its description, its keys, and tokens that it signs. */
public final class Issuer implements AutoCloseable {
  private final HttpServer server;
  private final List<RSAKey> keys = new ArrayList<>();

  /** What a code is exchanged for; nothing for a refusal. */
  public java.util.function.UnaryOperator<String> exchanged = body -> "";

  /** Of the browser that was let in last. */
  public volatile String nonce = "";

  final AtomicInteger keysFetched = new AtomicInteger();

  public Issuer() throws IOException, JOSEException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    rotate();
    answer(
        "/.well-known/openid-configuration",
        () ->
            ("{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/keys\","
                    + "\"authorization_endpoint\":\"%1$s/in\",\"end_session_endpoint\":\"%1$s/out\",\"token_endpoint\":\"%1$s/token\"}")
                .formatted(uri()));
    server.createContext(
        "/token",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          byte[] bytes = exchanged.apply(body).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(bytes.length == 0 ? 400 : 200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.createContext("/in", this::letIn);
    answer(
        "/keys",
        () -> {
          keysFetched.incrementAndGet();
          return new JWKSet(List.<com.nimbusds.jose.jwk.JWK>copyOf(keys)).toString(true);
        });
    server.start();
  }

  /** Sends a browser back at once, as if somebody had signed in. */
  private void letIn(HttpExchange exchange) throws IOException {
    Map<String, String> asked = new HashMap<>();
    for (String pair : exchange.getRequestURI().getRawQuery().split("&")) {
      String[] parts = pair.split("=", 2);
      asked.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    nonce = asked.get("nonce");
    exchange
        .getResponseHeaders()
        .set("Location", asked.get("redirect_uri") + "?code=c&state=" + asked.get("state"));
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private void answer(String path, java.util.function.Supplier<String> text) {
    server.createContext(
        path,
        exchange -> {
          byte[] bytes = text.get().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Takes another key into use; the one before is gone. */
  public void rotate() throws JOSEException {
    keys.clear();
    keys.add(key());
  }

  public static RSAKey key() throws JOSEException {
    return new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
  }

  public RSAKey current() {
    return keys.get(0);
  }

  public String token(JWTClaimsSet claims) throws JOSEException {
    return signed(claims, current(), current().getKeyID());
  }

  public static String signed(JWTClaimsSet claims, RSAKey key, String id) throws JOSEException {
    SignedJWT token =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(id).build(), claims);
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
