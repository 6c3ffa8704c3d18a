package nl.ketendata.server.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import nl.ketendata.schema.Catalogue;
import nl.ketendata.server.policy.Caller;
import nl.ketendata.server.policy.Gemeente;
import nl.ketendata.server.policy.Organisation;
import nl.ketendata.server.policy.Role;
import nl.ketendata.server.testing.FakeRows;
import nl.ketendata.server.testing.FakeSqlDoor;
import nl.ketendata.server.testing.SetClock;
import org.apache.calcite.avatica.remote.Driver;

/** A head with its door, behind a web server, and the stock driver in front. */
final class Fixture implements AutoCloseable {
  static final Catalogue CATALOGUE = Catalogue.read();
  static final Limits LIMITS = new Limits(Duration.ofMinutes(30), Duration.ofMinutes(5), 3, 5);

  final FakeSqlDoor door = new FakeSqlDoor(CATALOGUE);
  final SetClock clock = new SetClock();
  final JdbcHead head = new JdbcHead(door, CATALOGUE, "1.2.3", clock, LIMITS);
  final HeadServer server;

  Fixture() throws IOException {
    server =
        new HeadServer(
            head,
            Map.of(
                "anna", caller("anna", "9030"),
                "bert", caller("bert", "9030"),
                "beide", caller("beide", "9030", "9031")));
  }

  static Caller caller(String name, String... codes) {
    Map<String, Organisation> organisations = new java.util.HashMap<>();
    for (String code : codes) {
      Organisation organisation = Organisation.of(new Gemeente(code));
      organisations.put(organisation.id(), organisation);
    }
    return new Caller(name, organisations, Role.ANALIST);
  }

  /** Rows 0, 1, 2, … in a column {@code N}. */
  static FakeRows numbers(int count) {
    return FakeRows.numbers(count);
  }

  /**
   * @param settings names and values of connection properties, in turn
   */
  Connection connect(String user, String... settings) throws SQLException {
    Properties properties = new Properties();
    properties.put("serialization", "protobuf");
    properties.put("authentication", "BASIC");
    properties.put("avatica_user", user);
    properties.put("avatica_password", "geheim");
    for (String[] setting : pairs(settings)) {
      properties.put(setting[0], setting[1]);
    }
    return new Driver().connect("jdbc:avatica:remote:url=" + server.url(), properties);
  }

  private static List<String[]> pairs(String... settings) {
    List<String[]> pairs = new java.util.ArrayList<>();
    for (int i = 0; i < settings.length; i += 2) {
      pairs.add(new String[] {settings[i], settings[i + 1]});
    }
    return pairs;
  }

  @Override
  public void close() {
    server.close();
    head.close();
    door.close();
  }
}
