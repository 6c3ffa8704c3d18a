package nl.ketendata.server.flight;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.server.audit.Entry;
import nl.ketendata.server.event.Event;
import nl.ketendata.server.event.Events;
import nl.ketendata.server.identity.SignIn;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.query.Door;
import nl.ketendata.server.testing.SetClock;
import org.apache.arrow.driver.jdbc.ArrowFlightJdbcDriver;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** A head over a door, with the stock clients in front. */
final class FlightFixture implements AutoCloseable {
  static final Catalogue CATALOGUE = Catalogue.read();
  static final Limits LIMITS = limits(Duration.ofSeconds(60));

  /**
   * @param stalled how long a client may take nothing
   */
  static Limits limits(Duration stalled) {
    return new Limits(
        Duration.ofMinutes(30),
        Duration.ofSeconds(60),
        3,
        Duration.ofMinutes(10),
        5,
        stalled,
        40,
        16);
  }

  /** Who may sign in, with any password that is the name backwards; tests take people away. */
  final Map<String, Caller> callers =
      new ConcurrentHashMap<>(
          Map.of(
              "anna", caller("anna", "GM9030"),
              "bert", caller("bert", "GM9030"),
              "beide", caller("beide", "GM9030", "GM9031")));

  final List<Event> events = new java.util.concurrent.CopyOnWriteArrayList<>();
  final List<Entry> audited = new java.util.concurrent.CopyOnWriteArrayList<>();
  final SetClock clock = new SetClock();
  final FlightHead head;
  final BufferAllocator allocator = new RootAllocator();

  FlightFixture(Door door) {
    this(door, LIMITS);
  }

  FlightFixture(Door door, Limits limits) {
    this(door, limits, Optional.empty());
  }

  FlightFixture(Door door, Limits limits, Optional<SSLContext> tls) {
    head =
        new FlightHead(
            door,
            CATALOGUE,
            (authorization, address) -> signIn(authorization),
            "1.2.3",
            new Events(List.of(events::add)),
            audited::add,
            clock,
            limits);
    head.start("127.0.0.1", 0, tls);
  }

  private SignIn signIn(Optional<String> authorization) {
    if (authorization.isEmpty()) {
      return new SignIn.Missing();
    }
    String text = authorization.get();
    String name = "";
    if (text.startsWith("Bearer kdt_")) {
      name = text.substring("Bearer kdt_".length());
    } else if (text.startsWith("Basic ")) {
      String pair =
          new String(
              Base64.getDecoder().decode(text.substring("Basic ".length())),
              StandardCharsets.UTF_8);
      String[] parts = pair.split(":", 2);
      boolean right = new StringBuilder(parts[0]).reverse().toString().equals(parts[1]);
      name = right ? parts[0] : "";
    }
    return Optional.ofNullable(callers.get(name))
        .<SignIn>map(SignIn.Accepted::new)
        .orElseGet(SignIn.Refused::new);
  }

  static Caller caller(String name, String... gemeenten) {
    Map<String, Organisation> organisations = new TreeMap<>();
    for (String gemeente : gemeenten) {
      organisations.put(gemeente, Organisation.of(Gemeente.parse(gemeente)));
    }
    return new Caller(name, organisations, Role.ANALIST);
  }

  String url() {
    return "jdbc:arrow-flight-sql://127.0.0.1:" + head.port() + "?useEncryption=false";
  }

  /** The stock JDBC driver, signed in with name and password. */
  Connection connect(String user, String... settings) throws SQLException {
    Properties properties = new Properties();
    properties.put("user", user);
    properties.put("password", new StringBuilder(user).reverse().toString());
    for (int i = 0; i < settings.length; i += 2) {
      properties.put(settings[i], settings[i + 1]);
    }
    return new ArrowFlightJdbcDriver().connect(url(), properties);
  }

  Connection connectWith(String... settings) throws SQLException {
    Properties properties = new Properties();
    for (int i = 0; i < settings.length; i += 2) {
      properties.put(settings[i], settings[i + 1]);
    }
    return new ArrowFlightJdbcDriver().connect(url(), properties);
  }

  /** The plain client of Arrow. */
  FlightSqlClient client() {
    return new FlightSqlClient(
        FlightClient.builder(allocator, Location.forGrpcInsecure("127.0.0.1", head.port()))
            .build());
  }

  /** A personal token, sent with every call. */
  static CallOption token(String name, String... more) {
    return new org.apache.arrow.flight.HeaderCallOption(headers(name, more));
  }

  private static org.apache.arrow.flight.CallHeaders headers(String name, String... more) {
    var headers = new org.apache.arrow.flight.FlightCallHeaders();
    headers.insert("authorization", "Bearer kdt_" + name);
    for (int i = 0; i < more.length; i += 2) {
      headers.insert(more[i], more[i + 1]);
    }
    return headers;
  }

  @Override
  public void close() {
    allocator.close();
    head.close();
  }
}
