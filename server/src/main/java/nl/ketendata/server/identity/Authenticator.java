package nl.ketendata.server.identity;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.policy.Role;

/**
 * Finds out who asks, for every request anew: there are no sessions.
 *
 * <p>Each way to sign in is an implementation of this that leaves what it does not know to another.
 */
@FunctionalInterface
public interface Authenticator {

  /**
   * @param authorization the header of that name, as sent
   * @param address where the request is from; failures are counted per address
   * @throws nl.ketendata.server.failure.Failure KD430 when too many passwords are being checked,
   *     KD609 when users or tokens cannot be read
   */
  SignIn signIn(Optional<String> authorization, String address);

  /**
   * The same, for a connection on which a client certificate may have been shown.
   *
   * @param shown the client's chain, its own first; the client has proven to have its key, and
   *     nothing else is known of it; empty when none was shown
   */
  default SignIn signIn(
      Optional<String> authorization, String address, List<X509Certificate> shown) {
    return signIn(authorization, address);
  }

  /** Why whoever shows this gets no answer at all, not even a way to sign in. */
  default Optional<SignIn> turnsAway(List<X509Certificate> shown) {
    return Optional.empty();
  }

  /** Whether client certificates are checked here; if not, TLS must. */
  default boolean checksCertificates() {
    return false;
  }

  /** What a client is told that it may sign in with: values of {@code WWW-Authenticate}. */
  default List<String> challenges() {
    return List.of("Basic realm=\"Ketendata\", charset=\"UTF-8\"");
  }

  /** Everyone is in, and sees all organisations: for a demo on one's own computer. */
  static Authenticator open(Supplier<List<Organisation>> organisations) {
    return (authorization, address) -> {
      Map<String, Organisation> all =
          organisations.get().stream()
              .collect(Collectors.toMap(Organisation::id, Function.identity()));
      return new SignIn.Accepted(new Caller("open", all, Role.ANALIST));
    };
  }
}
