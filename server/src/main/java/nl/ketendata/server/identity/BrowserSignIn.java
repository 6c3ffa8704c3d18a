package nl.ketendata.server.identity;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;

/**
 * Signs people in with their browser at the identity provider: authorisation code with PKCE (S256),
 * state and nonce. What the provider says is checked as any other token; the browser gets a key to
 * a session and nothing of the provider's.
 */
public final class BrowserSignIn {
  private static final int MOST = 10_000;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final OpenIdSettings openId;
  private final BrowserSettings settings;
  private final OpenIdAuthenticator authenticator;
  private final SecureRandom random;
  private final Kept<Begun> begun;
  private final Kept<JWTClaimsSet> sessions;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(ANSWER)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  public BrowserSignIn(
      OpenIdSettings openId,
      BrowserSettings settings,
      OpenIdAuthenticator authenticator,
      Clock clock,
      SecureRandom random) {
    this.openId = openId;
    this.settings = settings;
    this.authenticator = authenticator;
    this.random = random;
    this.begun = new Kept<>(MOST, PATIENCE, PATIENCE, clock, random);
    this.sessions = new Kept<>(MOST, settings.idle(), settings.longest(), clock, random);
  }

  private record Begun(String state, String nonce, String verifier) {}

  /**
   * A sign-in that has begun.
   *
   * @param key for the browser to keep until it comes back
   * @param address at the provider where the browser must go
   */
  public record Begin(String key, URI address) {}

  /**
   * @param back where the provider sends the browser afterwards
   * @throws Failure KD620 when the provider cannot be reached
   */
  public Begin begin(String back) {
    Begun made = new Begun(Kept.text(random), Kept.text(random), Kept.text(random));
    byte[] challenge = Kept.sha256(made.verifier);
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", settings.clientId());
    query.put("redirect_uri", back);
    query.put("scope", "openid profile");
    query.put("state", made.state);
    query.put("nonce", made.nonce);
    query.put("code_challenge", Base64.getUrlEncoder().withoutPadding().encodeToString(challenge));
    query.put("code_challenge_method", "S256");
    URI address = URI.create(endpoint("authorization_endpoint") + "?" + form(query));
    return new Begin(begun.add(made), address);
  }

  /**
   * Ends a sign-in.
   *
   * @param key that the browser kept; good once
   * @return key of a session
   * @throws Failure KD601 when anything does not fit, KD619 when the person has no role here, KD620
   *     when the provider cannot be reached
   */
  public String finish(String key, String state, String code, String back) {
    Begun made = begun.take(key).orElseThrow(() -> Failure.of(Code.NOT_SIGNED_IN));
    if (!made.state.equals(state)) {
      throw Failure.of(Code.NOT_SIGNED_IN);
    }
    OpenIdTokens.Checked checked =
        authenticator.check(token(made, code, back), List.of(settings.clientId()));
    if (!(checked instanceof OpenIdTokens.Checked.Right right)
        || !made.nonce.equals(right.claims().getClaim("nonce"))) {
      throw Failure.of(Code.NOT_SIGNED_IN);
    }
    SignIn result = authenticator.accepted(right.claims());
    if (!(result instanceof SignIn.Accepted)) {
      throw result.refusal();
    }
    return sessions.add(right.claims());
  }

  /** Who has a session with this key; what that one sees is looked up anew. */
  public Optional<SignIn> session(String key) {
    return sessions.find(key).map(authenticator::accepted);
  }

  /** Ends a session. */
  public void end(String key) {
    sessions.take(key);
  }

  /** Where a browser can end its session at the provider, if the provider says. */
  public Optional<URI> endAtProvider() {
    try {
      URI end = authenticator.keys().discovered("end_session_endpoint");
      return Optional.of(URI.create(end + "?" + form(Map.of("client_id", settings.clientId()))));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private String token(Begun made, String code, String back) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("grant_type", "authorization_code");
    body.put("code", code);
    body.put("redirect_uri", back);
    body.put("client_id", settings.clientId());
    body.put("code_verifier", made.verifier);
    try {
      if (settings.clientSecret().isPresent()) {
        body.put("client_secret", Files.readString(settings.clientSecret().get()).strip());
      }
      HttpRequest request =
          HttpRequest.newBuilder(endpoint("token_endpoint"))
              .timeout(ANSWER)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(form(body)))
              .build();
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw Failure.of(Code.NOT_SIGNED_IN);
      }
      return new ObjectMapper().readTree(answer.body()).path("id_token").asText();
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(e);
    }
  }

  private URI endpoint(String name) {
    try {
      return authenticator.keys().discovered(name);
    } catch (IOException | IllegalArgumentException e) {
      throw unreachable(e);
    }
  }

  private Failure unreachable(Exception cause) {
    return Failure.of(Code.PROVIDER, openId.issuer().getHost()).causedBy(cause);
  }

  private static String form(Map<String, String> values) {
    return values.entrySet().stream()
        .map(
            each ->
                each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
