package nl.ketendata.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.http.ServerCertificate;
import nl.ketendata.server.identity.Authenticator;
import nl.ketendata.server.identity.CertificateAuthenticator;
import nl.ketendata.server.identity.CertificateSettings;
import nl.ketendata.server.identity.Users;
import nl.ketendata.server.settings.Settings;
import nl.ketendata.server.settings.TransportSettings.Tls;
import nl.ketendata.server.store.StoreCheck;

/** Whether certificates, secrets and users are as they should be. */
final class AccessCheck {
  private static final Duration SOON = Duration.ofDays(30);
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_WRITE);

  private final Settings settings;
  private final Clock clock;
  private final List<StoreCheck.Line> lines = new ArrayList<>();

  AccessCheck(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  List<StoreCheck.Line> run() throws IOException {
    Optional<Tls> tls = settings.transport().tls();
    if (tls.isPresent()) {
      certificate(tls.get());
      clients(tls.get());
    }
    secrets();
    users();
    contact();
    return List.copyOf(lines);
  }

  private void certificate(Tls tls) {
    try {
      Instant until = ServerCertificate.validUntil(tls);
      boolean over = until.isBefore(clock.instant());
      boolean soon = until.isBefore(clock.instant().plus(SOON));
      say(over ? "fout" : soon ? "let op" : "goed", "certificaat", "geldig tot " + until);
    } catch (Failure failure) {
      say("fout", "certificaat", failure.message(KetendataCommand.language()));
    }
  }

  private void clients(Tls tls) {
    if (tls.clientAuthorities().isEmpty()) {
      return;
    }
    try {
      new CertificateAuthenticator(
          new CertificateSettings(
              tls.clientAuthorities().get(), tls.clients().revocations(), Map.of()),
          id -> Optional.empty(),
          Authenticator.open(List::of),
          clock,
          e -> {});
      int known = tls.clients().memberships().size();
      say("goed", "clients", known + " certificaten met een rol");
    } catch (Failure failure) {
      say("fout", "clients", failure.message(KetendataCommand.language()));
    }
  }

  /** What only the account of the server needs to read, nobody else should be able to. */
  private void secrets() throws IOException {
    Path data = settings.data();
    Optional<Tls> tls = settings.transport().tls();
    List<Path> open = new ArrayList<>();
    List<Path> secret =
        Stream.of(
                Optional.of(data.resolve("gebruikers.json")),
                Optional.of(data.resolve("tokens.json")),
                tls.flatMap(Tls::key),
                tls.flatMap(Tls::passwordFile),
                settings.oidc().flatMap(oidc -> oidc.clientSecret()))
            .flatMap(Optional::stream)
            .filter(Files::exists)
            .toList();
    for (Path file : secret) {
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
          && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
        open.add(file);
      }
    }
    say(
        open.isEmpty() ? "goed" : "let op",
        "geheimen",
        open.isEmpty() ? secret.size() + " bestanden" : "ook leesbaar voor anderen: " + open);
  }

  private void users() {
    try {
      List<Users.Account> all = new Users(settings.data(), new SecureRandom(), clock).all();
      long oneTime = all.stream().filter(user -> user.oneTimeUntil().isPresent()).count();
      say(
          oneTime == 0 ? "goed" : "let op",
          "gebruikers",
          all.size() + ", waarvan " + oneTime + " met een eenmalig wachtwoord");
    } catch (Failure failure) {
      say("fout", "gebruikers", failure.message(KetendataCommand.language()));
    }
  }

  /** Its end is counted from the moment that it is asked for, so it is never over. */
  private void contact() {
    boolean local = settings.http().host().equals("127.0.0.1");
    settings
        .transport()
        .securityContact()
        .ifPresentOrElse(
            address -> say("goed", "security.txt", address.toString()),
            () ->
                say(
                    local ? "goed" : "let op",
                    "security.txt",
                    "geen; stel security-contact in (RFC 9116)"));
  }

  private void say(String verdict, String thing, String what) {
    lines.add(new StoreCheck.Line(verdict, thing, what));
  }
}
