package nl.ketendata.server.settings;

import java.nio.file.Path;
import java.util.Optional;
import nl.ketendata.server.settings.TransportSettings.Clients;
import nl.ketendata.server.settings.TransportSettings.Tls;

/** Reads how the transport is protected, and whether it is enough. */
final class TransportReader {
  /** What can identify a client's certificate. */
  private static final String IDENTITY =
      "(?i)oin:\\S{1,64}|sha256:(?:[0-9a-f]{2}:?){31}[0-9a-f]{2}|dn:[^=]+=.+";

  private TransportReader() {}

  static TransportSettings read(Values values) {
    Optional<Path> certificate = values.file("tls.certificate");
    Optional<Path> key = values.file("tls.key");
    Optional<Path> password = values.file("tls.password-file");
    Optional<Path> authorities = values.file("tls.client-ca");
    Clients clients =
        new Clients(
            values.file("tls.client-crl"),
            values.claim("tls.client-required", true),
            values.table("tls.map"));
    Memberships.check(values, "tls.map", clients.memberships());
    clients.memberships().keySet().stream()
        .filter(each -> !each.matches(IDENTITY))
        .forEach(
            each -> values.fault("tls.map." + each + " (oin:0000…, sha256:ab12… 64 hex, dn:CN=…)"));
    if (authorities.isEmpty() && values.mentions("tls.client-", "tls.map.")) {
      values.fault("tls.client-ca ontbreekt/is missing");
    }
    if (certificate.isEmpty()
        && (key.isPresent() || password.isPresent() || authorities.isPresent())) {
      values.fault("tls.certificate ontbreekt/is missing");
    }
    TransportSettings read =
        new TransportSettings(
            certificate.map(file -> new Tls(file, key, password, authorities, clients)),
            values.claim("plain-http", false),
            values.subnets("trusted-proxies"),
            values.contact("security-contact"),
            new ConnectionSettings(
                values.number("http.connections", ConnectionSettings.DEFAULT.total(), 10, 60_000),
                values.number(
                    "http.connections-per-address",
                    ConnectionSettings.DEFAULT.perAddress(),
                    1,
                    60_000)));
    String host = values.text("host", "127.0.0.1");
    boolean plain = read.tls().isEmpty() && !read.plainHttp();
    if (plain && !values.claim("open", false) && !SettingsReader.isLoopback(host)) {
      values.fault(
          "host = \""
              + host
              + "\": zonder/without [tls] is plain-http = true nodig/needed, met/with TLS in een"
              + " proxy");
    }
    return read;
  }
}
