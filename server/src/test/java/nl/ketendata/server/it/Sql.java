package nl.ketendata.server.it;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import nl.ketendata.server.testing.JarServer;
import org.apache.calcite.avatica.remote.Driver;

/** The stock JDBC driver, signed in. */
final class Sql {
  private Sql() {}

  static Connection connect(JarServer server, String user, String password) throws SQLException {
    Properties properties = new Properties();
    properties.put("avatica_user", user);
    properties.put("avatica_password", password);
    return new Driver().connect(server.jdbcUrl(), properties);
  }
}
