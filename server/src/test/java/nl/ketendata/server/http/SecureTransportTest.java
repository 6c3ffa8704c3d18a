package nl.ketendata.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.failure.Code;
import nl.ketendata.server.failure.Failure;
import nl.ketendata.server.identity.SignIn;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.settings.ConnectionSettings;
import nl.ketendata.server.settings.HttpSettings;
import nl.ketendata.server.settings.TransportSettings;
import nl.ketendata.server.settings.TransportSettings.Tls;
import nl.ketendata.server.testing.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS with certificates that the JDK's own tool made. */
class SecureTransportTest {
  private static final String PASSWORD = KeyPair.PASSWORD;

  @TempDir static Path made;
  @TempDir Path folder;

  /** A key with its certificate, both as PKCS#12 and as PEM. */
  private static Path pair(String name) throws Exception {
    Path file = made.resolve(name + ".p12");
    if (Files.exists(file)) {
      return file;
    }
    KeyPair.pkcs12(made, name);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    pem(name + ".pem", "CERTIFICATE", store.getCertificate(name).getEncoded());
    pem(name + ".key", "PRIVATE KEY", store.getKey(name, PASSWORD.toCharArray()).getEncoded());
    Files.writeString(made.resolve("wachtwoord"), PASSWORD + "\n");
    return file;
  }

  private static void pem(String file, String kind, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        made.resolve(file),
        "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }

  private static Tls pem(Path certificate, Path key) {
    return new Tls(certificate, Optional.of(key), Optional.empty(), Optional.empty());
  }

  private static WebServer server(Tls tls) {
    return new WebServer(
        HttpSettings.onFreePort(),
        List.of(new EchoHead()),
        (authorization, address) -> new SignIn.Accepted(new Caller("anna", Map.of(), Role.ANALIST)),
        Events.silent(),
        KeptAnswers.none(),
        List.of(),
        new Outside(
            new TransportSettings(
                Optional.of(tls), false, List.of(), Optional.empty(), ConnectionSettings.DEFAULT),
            thread -> {},
            Clock.systemUTC()));
  }

  private static SSLContext trusting(String name) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", certificate(name));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    TrustManager[] managers = trust.getTrustManagers();
    context.init(null, managers, null);
    return context;
  }

  private static Certificate certificate(String name) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(pair(name))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store.getCertificate(name);
  }

  private static HttpResponse<String> get(WebServer server, HttpClient.Version version)
      throws Exception {
    HttpClient client =
        HttpClient.newBuilder().sslContext(trusting("een")).version(version).build();
    URI uri = URI.create("https://localhost:" + server.port() + "/echo/base");
    return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void speaksBothVersionsOfHttpOverTls() throws Exception {
    pair("een");
    try (WebServer server = server(pem(made.resolve("een.pem"), made.resolve("een.key")))) {
      server.start();
      for (HttpClient.Version version : HttpClient.Version.values()) {
        HttpResponse<String> answer = get(server, version);
        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.body()).isEqualTo("https://localhost:" + server.port());
        assertThat(answer.headers().firstValue("Strict-Transport-Security"))
            .contains("max-age=31536000");
      }
    }
  }

  @Test
  void takesAPkcs12FileToo() throws Exception {
    Tls tls =
        new Tls(
            pair("een"),
            Optional.empty(),
            Optional.of(made.resolve("wachtwoord")),
            Optional.empty());
    try (WebServer server = server(tls)) {
      server.start();
      assertThat(get(server, HttpClient.Version.HTTP_1_1).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void letsOnlyCertifiedClientsInWhenThatIsAsked() throws Exception {
    pair("een");
    pair("twee");
    Tls tls =
        new Tls(
            made.resolve("een.pem"),
            Optional.of(made.resolve("een.key")),
            Optional.empty(),
            Optional.of(made.resolve("twee.pem")));
    try (WebServer server = server(tls)) {
      server.start();
      assertThatThrownBy(() -> get(server, HttpClient.Version.HTTP_1_1))
          .isInstanceOf(IOException.class);
      assertThat(get(server, as("een")).isPresent()).as("of another authority").isFalse();
      assertThat(get(server, as("twee"))).contains(200);
    }
  }

  /** A client that shows a certificate. */
  private static SSLContext as(String name) throws Exception {
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(pair(name))) {
      own.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, PASSWORD.toCharArray());
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", certificate("een"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  /** The status; nothing when the connection is refused. */
  private static Optional<Integer> get(WebServer server, SSLContext context) throws Exception {
    URI uri = URI.create("https://localhost:" + server.port() + "/echo/base");
    try {
      return Optional.of(
          HttpClient.newBuilder()
              .sslContext(context)
              .build()
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
              .statusCode());
    } catch (IOException refused) {
      return Optional.empty();
    }
  }

  @Test
  void refusesOldVersionsAndWeakCiphers() throws Exception {
    pair("een");
    try (WebServer server = server(pem(made.resolve("een.pem"), made.resolve("een.key")))) {
      server.start();
      assertThat(handshake(server, "TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"))
          .isEqualTo("TLSv1.2");
      assertThat(handshake(server, "TLSv1.3", "TLS_AES_128_GCM_SHA256")).isEqualTo("TLSv1.3");
      assertThatThrownBy(
              () -> handshake(server, "TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"))
          .isInstanceOf(SSLException.class);
    }
    assertThat(SecureTransport.PROTOCOLS).containsExactly("TLSv1.3", "TLSv1.2");
    assertThat(SecureTransport.SUITES)
        .noneMatch(suite -> suite.matches(".*(CBC|_RSA_WITH_AES.*_SHA$|RC4|3DES).*"));
  }

  private static String handshake(WebServer server, String protocol, String suite)
      throws Exception {
    try (SSLSocket socket =
        (SSLSocket) trusting("een").getSocketFactory().createSocket("localhost", server.port())) {
      socket.setEnabledProtocols(new String[] {protocol});
      socket.setEnabledCipherSuites(new String[] {suite});
      socket.startHandshake();
      return socket.getSession().getProtocol();
    }
  }

  @Test
  void takesNewCertificatesWithoutARestartAndKeepsTheOldWhenTheyAreBroken() throws Exception {
    pair("een");
    pair("twee");
    Path certificate = folder.resolve("keten.pem");
    Path key = folder.resolve("sleutel.pem");
    Files.copy(made.resolve("een.pem"), certificate);
    Files.copy(made.resolve("een.key"), key);
    SecureTransport tls = new SecureTransport(pem(certificate, key), Events.silent());
    tls.factory().start();
    X509Certificate first = served(tls);

    Files.writeString(certificate, "kapot");
    tls.refresh();
    assertThat(served(tls)).isEqualTo(first);

    Files.copy(made.resolve("twee.pem"), certificate, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(made.resolve("twee.key"), key, StandardCopyOption.REPLACE_EXISTING);
    tls.refresh();
    assertThat(served(tls)).isEqualTo(certificate("twee")).isNotEqualTo(first);
    tls.factory().stop();
  }

  private static X509Certificate served(SecureTransport tls) throws Exception {
    return (X509Certificate) tls.factory().getKeyStore().getCertificate("server");
  }

  @Test
  void saysWhichFileCannotBeUsed() throws Exception {
    pair("een");
    Path empty = Files.writeString(folder.resolve("leeg.pem"), "");
    refuses("leeg.pem", pem(empty, made.resolve("een.key")));
    refuses("leeg.pem", pem(made.resolve("een.pem"), empty));
    refuses("weg.pem", pem(folder.resolve("weg.pem"), made.resolve("een.key")));
    refuses(
        "een.p12", new Tls(pair("een"), Optional.empty(), Optional.of(empty), Optional.empty()));
  }

  private static void refuses(String file, Tls tls) {
    assertThatThrownBy(() -> new SecureTransport(tls, Events.silent()))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(Code.CERTIFICATE))
        .hasMessageContaining(file)
        .hasMessageNotContaining(PASSWORD);
  }
}
