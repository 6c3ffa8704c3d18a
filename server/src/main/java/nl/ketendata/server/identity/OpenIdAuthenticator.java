package nl.ketendata.server.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.policy.Role;

/**
 * Signs in with tokens of an identity provider, and leaves all else to another. The same way works
 * for every head, since each hands over the same header.
 */
public final class OpenIdAuthenticator implements Authenticator {
  private static final Duration REST = Duration.ofMinutes(5);

  /** Who has several roles gets one, the first of these, in the organisations where it holds. */
  private static final List<Role> PRECEDENCE =
      List.of(
          Role.FUNCTIONEEL_BEHEERDER,
          Role.BEHEERDER,
          Role.ANALIST,
          Role.ANALIST_BEPERKT,
          Role.LEVERANCIER);

  private final OpenIdSettings settings;
  private final OpenIdKeys keys;
  private final OpenIdTokens tokens;
  private final Function<String, Optional<Organisation>> organisations;
  private final Authenticator otherwise;

  /**
   * @param organisations the organisation with an identifier
   * @param otherwise for what is no token of a provider
   */
  public OpenIdAuthenticator(
      OpenIdSettings settings,
      Function<String, Optional<Organisation>> organisations,
      Authenticator otherwise,
      Clock clock) {
    this(settings, new OpenIdKeys(settings, REST), organisations, otherwise, clock);
  }

  OpenIdAuthenticator(
      OpenIdSettings settings,
      OpenIdKeys keys,
      Function<String, Optional<Organisation>> organisations,
      Authenticator otherwise,
      Clock clock) {
    this.settings = settings;
    this.keys = keys;
    this.tokens = new OpenIdTokens(settings, keys, clock);
    this.organisations = organisations;
    this.otherwise = otherwise;
  }

  @Override
  public SignIn signIn(Optional<String> authorization, String address) {
    Optional<String> token = authorization.flatMap(OpenIdAuthenticator::token);
    if (token.isEmpty()) {
      return otherwise.signIn(authorization, address);
    }
    OpenIdTokens.Checked checked = tokens.check(token.get(), settings.audiences());
    if (checked instanceof OpenIdTokens.Checked.Right right) {
      return isForLookingAt(right.claims()) ? new SignIn.Refused() : accepted(right.claims());
    }
    if (checked instanceof OpenIdTokens.Checked.Unknown unknown) {
      throw Failure.of(Code.PROVIDER, settings.issuer().getHost()).causedBy(unknown.cause());
    }
    return checked instanceof OpenIdTokens.Checked.Expired
        ? new SignIn.Expired()
        : new SignIn.Refused();
  }

  /** An ID token tells a client who signed in; it is not meant to be shown to anybody else. */
  private static boolean isForLookingAt(JWTClaimsSet claims) {
    return "ID".equals(claims.getClaim("typ")) || claims.getClaim("at_hash") != null;
  }

  /** Power BI looks for where to sign in with an organisational account. */
  @Override
  public List<String> challenges() {
    List<String> challenges = new ArrayList<>(otherwise.challenges());
    challenges.add("Bearer authorization_uri=\"" + authorization() + "\"");
    return challenges;
  }

  /** Entra ID's older address is the one that Power BI knows. */
  private String authorization() {
    String issuer = settings.issuer().toString().replaceAll("/+$", "");
    return settings.issuer().getHost().equals("login.microsoftonline.com")
        ? issuer.replaceAll("/v2\\.0$", "") + "/oauth2/authorize"
        : issuer;
  }

  /** A bearer token that is not one of ours. */
  private static Optional<String> token(String authorization) {
    String[] parts = authorization.strip().split("\\s+", 2);
    boolean bearer = parts.length == 2 && parts[0].toLowerCase(Locale.ROOT).equals("bearer");
    return bearer && !parts[1].startsWith(Token.PREFIX) ? Optional.of(parts[1]) : Optional.empty();
  }

  OpenIdKeys keys() {
    return keys;
  }

  OpenIdTokens.Checked check(String token, List<String> audiences) {
    return tokens.check(token, audiences);
  }

  /** Who it is that a checked token is about. */
  SignIn accepted(JWTClaimsSet claims) {
    String name = text(claims, settings.nameClaim()).orElseGet(claims::getSubject);
    List<OpenIdSettings.Membership> memberships =
        values(claim(claims, settings.membershipClaim()))
            .flatMap(value -> Optional.ofNullable(settings.memberships().get(value)).stream())
            .toList();
    Optional<Role> role =
        memberships.stream()
            .map(OpenIdSettings.Membership::role)
            .min(Comparator.comparingInt(PRECEDENCE::indexOf));
    if (name == null || role.isEmpty()) {
      return new SignIn.Unlinked();
    }
    Map<String, Organisation> seen = new TreeMap<>();
    memberships.stream()
        .filter(each -> each.role() == role.get())
        .flatMap(each -> organisations.apply(each.organisation()).stream())
        .forEach(organisation -> seen.put(organisation.id(), organisation));
    return new SignIn.Accepted(new Caller(name, seen, role.get()));
  }

  private static Stream<String> values(Object claim) {
    if (claim instanceof List<?> list) {
      return list.stream().map(String::valueOf);
    }
    return claim == null ? Stream.empty() : Stream.of(claim.toString());
  }

  private static Optional<String> text(JWTClaimsSet claims, String name) {
    return Optional.ofNullable(claim(claims, name)).map(Object::toString);
  }

  /** A claim inside another has a path: {@code realm_access.roles} is how Keycloak tells roles. */
  private static Object claim(JWTClaimsSet claims, String name) {
    Object whole = claims.getClaim(name);
    if (whole != null) {
      return whole;
    }
    Object found = claims.getClaims();
    for (String part : name.split("\\.")) {
      found = found instanceof Map<?, ?> inside ? inside.get(part) : null;
    }
    return found;
  }
}
