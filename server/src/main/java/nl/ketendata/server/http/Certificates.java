package nl.ketendata.server.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.settings.TransportSettings.Tls;

/** The server's certificate and key, from the files that the administrator named. */
final class Certificates {
  /** The key store never leaves this process; its format wants a password. */
  static final String PASSWORD = "ketendata";

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private final Tls settings;

  Certificates(Tls settings) {
    this.settings = settings;
  }

  /**
   * @throws Failure KD705 when a file cannot be read, or what is in it cannot be used
   */
  KeyStore keyStore() {
    String name = settings.certificate().getFileName().toString().toLowerCase(Locale.ROOT);
    try {
      return name.endsWith(".p12") || name.endsWith(".pfx") ? pkcs12() : pem();
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw unusable(settings.certificate(), e);
    }
  }

  /** Those whose client certificates are accepted. */
  Optional<KeyStore> authorities() {
    return settings.clientAuthorities().map(Certificates::authorities);
  }

  private static KeyStore authorities(Path file) {
    try {
      KeyStore store = empty();
      int number = 0;
      for (Certificate certificate : chain(file)) {
        store.setCertificateEntry("ca" + ++number, certificate);
      }
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(file, e);
    }
  }

  /** Changes when a file does. */
  String stamp() {
    StringBuilder stamp = new StringBuilder();
    Stream.of(
            Optional.of(settings.certificate()),
            settings.key(),
            settings.passwordFile(),
            settings.clientAuthorities())
        .flatMap(Optional::stream)
        .forEach(file -> stamp.append(modified(file)).append(' '));
    return stamp.toString();
  }

  private static String modified(Path file) {
    try {
      FileTime time = Files.getLastModifiedTime(file);
      return time + "/" + Files.size(file);
    } catch (IOException e) {
      return "-";
    }
  }

  private KeyStore pkcs12() throws IOException, GeneralSecurityException {
    char[] password = new char[0];
    if (settings.passwordFile().isPresent()) {
      password = Files.readString(settings.passwordFile().get()).strip().toCharArray();
    }
    KeyStore given = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(settings.certificate())) {
      given.load(in, password);
    }
    for (String alias : java.util.Collections.list(given.aliases())) {
      if (given.isKeyEntry(alias)) {
        KeyStore store = empty();
        PrivateKey key = (PrivateKey) given.getKey(alias, password);
        store.setKeyEntry("server", key, PASSWORD.toCharArray(), given.getCertificateChain(alias));
        return store;
      }
    }
    throw new GeneralSecurityException("no private key");
  }

  private KeyStore pem() throws IOException, GeneralSecurityException {
    Path keyFile =
        settings.key().orElseThrow(() -> new GeneralSecurityException("tls.key ontbreekt"));
    KeyStore store = empty();
    store.setKeyEntry(
        "server",
        key(keyFile),
        PASSWORD.toCharArray(),
        chain(settings.certificate()).toArray(Certificate[]::new));
    return store;
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD.toCharArray());
    return store;
  }

  private static List<Certificate> chain(Path file) throws IOException, GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<Certificate> chain =
        new ArrayList<>(
            factory.generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file))));
    if (chain.isEmpty()) {
      throw new GeneralSecurityException("no certificate");
    }
    return chain;
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    Matcher matcher = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
    if (!matcher.find()) {
      throw unusable(file, new GeneralSecurityException("no BEGIN PRIVATE KEY (PKCS#8)"));
    }
    PKCS8EncodedKeySpec spec =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1)));
    for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException another) {
        continue;
      }
    }
    throw unusable(file, new GeneralSecurityException("not RSA, EC or Ed25519"));
  }

  private static Failure unusable(Path file, Exception cause) {
    return Failure.of(Code.CERTIFICATE, file.getFileName(), String.valueOf(cause.getMessage()))
        .causedBy(cause);
  }
}
