package nl.ketendata.server.it;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program that uses nothing but JDBC; prints the rows of a query. */
public final class AvaticaClient {
  private AvaticaClient() {}

  /**
   * @param arguments URL, user, password, query
   */
  public static void main(String... arguments) throws Exception {
    Properties properties = new Properties();
    properties.put("avatica_user", arguments[1]);
    properties.put("avatica_password", arguments[2]);
    try (Connection connection = DriverManager.getConnection(arguments[0], properties);
        ResultSet rows = connection.createStatement().executeQuery(arguments[3])) {
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          values.add(rows.getString(i));
        }
        System.out.println(String.join("|", values.stream().map(String::valueOf).toList()));
      }
    }
  }

  /**
   * This class with the driver's one jar when it stands beside the tests' own, else with those.
   * That jar holds all but the interface for logging.
   */
  static String classPath() {
    Path core = place(org.apache.calcite.avatica.remote.Driver.class);
    String version = core.getParent().getFileName().toString();
    Path shaded =
        core.resolve("../../../avatica/" + version + "/avatica-" + version + ".jar").normalize();
    if (!Files.exists(shaded)) {
      return System.getProperty("java.class.path");
    }
    return Stream.of(place(AvaticaClient.class), shaded, place(org.slf4j.Logger.class))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
