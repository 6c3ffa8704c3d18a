package nl.ketendata.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Checks tokens of an identity provider (OpenID Connect): signed by a key of the configured issuer
 * with an algorithm that is allowed, made by that issuer for this server, and valid now. Keys that
 * a token names itself are never looked at.
 */
final class OpenIdTokens {
  /** Longer than any token that is honest. */
  private static final int LONGEST = 12 * 1024;

  /** Clocks of others may differ by so much. */
  private static final Duration SKEW = Duration.ofSeconds(60);

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

  private final OpenIdSettings settings;
  private final Clock clock;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  OpenIdTokens(OpenIdSettings settings, JWKSource<SecurityContext> keys, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
  }

  /** What came of checking a token. */
  sealed interface Checked {
    /** It is right. */
    record Right(JWTClaimsSet claims) implements Checked {}

    /** It was right, and is no longer. */
    record Expired() implements Checked {}

    /**
     * It is not right.
     *
     * @param why for the audit; holds nothing of the token
     */
    record Wrong(String why) implements Checked {}

    /** The issuer's keys cannot be had. */
    record Unknown(Exception cause) implements Checked {}
  }

  /**
   * @param audiences for whom it must have been made; one is enough
   */
  Checked check(String token, List<String> audiences) {
    if (token.length() > LONGEST) {
      return new Checked.Wrong("length");
    }
    try {
      if (!(JWTParser.parse(token) instanceof SignedJWT signed)) {
        return new Checked.Wrong("unsigned");
      }
      return check(processor.process(signed, null), audiences);
    } catch (ParseException e) {
      return new Checked.Wrong("form");
    } catch (BadJOSEException e) {
      return new Checked.Wrong("signature");
    } catch (RateLimitReachedException e) {
      // So many tokens with an unknown key, so soon after each other, are not honest.
      return new Checked.Wrong("signature");
    } catch (KeySourceException e) {
      return new Checked.Unknown(e);
    } catch (JOSEException e) {
      return new Checked.Wrong("signature");
    }
  }

  private Checked check(JWTClaimsSet claims, List<String> audiences) {
    Instant now = clock.instant();
    if (!settings.issuer().toString().equals(claims.getIssuer())) {
      return new Checked.Wrong("issuer");
    }
    if (claims.getAudience().stream().noneMatch(audiences::contains)) {
      return new Checked.Wrong("audience");
    }
    if (settings.tenant().isPresent()
        && !Objects.equals(settings.tenant().get(), claims.getClaim("tid"))) {
      return new Checked.Wrong("tenant");
    }
    Date begin = claims.getNotBeforeTime();
    if (begin != null && begin.toInstant().minus(SKEW).isAfter(now)) {
      return new Checked.Wrong("not yet");
    }
    Date end = claims.getExpirationTime();
    if (end == null) {
      return new Checked.Wrong("without end");
    }
    return end.toInstant().plus(SKEW).isAfter(now)
        ? new Checked.Right(claims)
        : new Checked.Expired();
  }
}
