package nl.ketendata.server.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.http.KeptAnswers;
import nl.ketendata.server.http.Outside;
import nl.ketendata.server.http.WebServer;
import nl.ketendata.server.identity.SignIn;
import nl.ketendata.server.settings.ConnectionSettings;
import nl.ketendata.server.settings.HttpSettings;
import nl.ketendata.server.settings.TransportSettings;
import nl.ketendata.server.settings.TransportSettings.Tls;
import nl.ketendata.server.testing.FakeSqlDoor;
import nl.ketendata.server.testing.KeyPair;
import nl.ketendata.server.testing.Until;
import org.apache.arrow.driver.jdbc.ArrowFlightJdbcDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flight SQL inside the web server's own TLS. */
class EncryptedTest {
  @TempDir private Path folder;
  private Path certificate;
  private FakeSqlDoor door;
  private WebServer web;
  private FlightFixture fixture;

  @BeforeEach
  void start() throws Exception {
    certificate = folder.resolve("server.p12");
    Files.copy(KeyPair.pkcs12(folder, "een"), certificate);
    Path password = Files.writeString(folder.resolve("wachtwoord"), KeyPair.PASSWORD);
    Tls tls = new Tls(certificate, Optional.empty(), Optional.of(password), Optional.empty());
    web =
        new WebServer(
            HttpSettings.onFreePort(),
            List.of(),
            (authorization, address) -> new SignIn.Missing(),
            Events.silent(),
            KeptAnswers.none(),
            List.of(),
            new Outside(
                new TransportSettings(
                    Optional.of(tls),
                    false,
                    List.of(),
                    Optional.empty(),
                    ConnectionSettings.DEFAULT),
                thread -> {},
                Clock.systemUTC()));
    web.start();
    door = new FakeSqlDoor(FlightFixture.CATALOGUE);
    door.answers("one", DriverTest.numbers(1));
    fixture = new FlightFixture(door, FlightFixture.LIMITS, web.tls());
  }

  @AfterEach
  void stop() {
    fixture.close();
    door.close();
    web.close();
  }

  private Connection connect(String encryption) throws SQLException {
    Properties properties = new Properties();
    properties.put("user", "anna");
    properties.put("password", new StringBuilder("anna").reverse().toString());
    String url = "jdbc:arrow-flight-sql://localhost:" + fixture.head.port() + encryption;
    return new ArrowFlightJdbcDriver().connect(url, properties);
  }

  @Test
  void answersTheStockDriverWhenItEncrypts() throws SQLException {
    try (Connection connection = connect("?disableCertificateVerification=true");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("one")) {
      assertThat(rows.next()).isTrue();
    }
  }

  @Test
  void answersNobodyWhoDoesNotEncrypt() {
    assertThatThrownBy(() -> connect("?useEncryption=false")).isInstanceOf(SQLException.class);
  }

  @Test
  void answersNobodyWhoDoesNotTrustTheCertificate() {
    assertThatThrownBy(() -> connect("?useEncryption=true")).isInstanceOf(SQLException.class);
  }

  @Test
  void showsANewCertificateWithoutARestart() throws Exception {
    assertThat(subject()).isEqualTo("CN=een");
    Files.delete(certificate);
    Files.copy(KeyPair.pkcs12(folder, "twee"), certificate);
    Until.holds("the new one", () -> subject().equals("CN=twee"));
  }

  private String subject() throws Exception {
    SSLContext any = SSLContext.getInstance("TLS");
    any.init(null, new TrustManager[] {new Anyone()}, null);
    try (SSLSocket socket =
        (SSLSocket) any.getSocketFactory().createSocket("127.0.0.1", fixture.head.port())) {
      socket.startHandshake();
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return shown.getSubjectX500Principal().getName();
    }
  }

  private static final class Anyone implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
