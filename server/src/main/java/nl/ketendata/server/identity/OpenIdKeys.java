package nl.ketendata.server.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The keys of an issuer, over HTTPS. Kept for a while; a token with an unknown key makes them be
 * fetched again, but not more often than now and then, or strangers' tokens would make us bother
 * the issuer. Found at the first token, so that the server starts without the issuer.
 */
final class OpenIdKeys implements JWKSource<SecurityContext> {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 3_000;
  private static final int LARGEST = 512 * 1024;
  private static final Duration KEPT = Duration.ofHours(1);

  private final OpenIdSettings settings;
  private final Duration rest;
  private final DefaultResourceRetriever http =
      new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, LARGEST);
  private Optional<JWKSource<SecurityContext>> source = Optional.empty();

  /**
   * @param rest between two times that the keys are fetched
   */
  OpenIdKeys(OpenIdSettings settings, Duration rest) {
    this.settings = settings;
    this.rest = rest;
  }

  @Override
  public List<JWK> get(JWKSelector selector, SecurityContext context) throws KeySourceException {
    return source().get(selector, context);
  }

  private synchronized JWKSource<SecurityContext> source() throws KeySourceException {
    if (source.isEmpty()) {
      source = Optional.of(found());
    }
    return source.get();
  }

  private JWKSource<SecurityContext> found() throws KeySourceException {
    try {
      URI keys = settings.keys().isPresent() ? settings.keys().get() : discovered("jwks_uri");
      return JWKSourceBuilder.<SecurityContext>create(keys.toURL(), http)
          .cache(KEPT.toMillis(), READ_MILLIS + (long) CONNECT_MILLIS)
          .rateLimited(rest.toMillis())
          .retrying(true)
          .build();
    } catch (IOException | IllegalArgumentException e) {
      throw new RemoteKeySourceException("The issuer cannot be reached", e);
    }
  }

  /**
   * A part of the issuer's own description.
   *
   * @throws IOException also when it is the description of another issuer
   */
  URI discovered(String part) throws IOException {
    String base = settings.issuer().toString().replaceAll("/+$", "");
    URI place = URI.create(base + "/.well-known/openid-configuration");
    JsonNode description =
        new ObjectMapper().readTree(http.retrieveResource(place.toURL()).getContent());
    if (!description.path("issuer").asText().equals(settings.issuer().toString())) {
      throw new IOException("Another issuer's description at " + place);
    }
    return URI.create(description.required(part).asText());
  }
}
